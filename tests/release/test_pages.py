"""What pages show besides Python is true too: files can be read, options exist, shell blocks run as they stand."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from typing import cast

import click
import pytest
import yaml

from genauth_contract.known import read_known
from genauth_mock.cli import main as mock
from genauth_mock.command.exit_codes import EXIT_CODES
from genauth_mock.control.messages import FILTERS
from genauth_mock.control.routes import CONTROLS
from genauth_mock.deployment import Options
from genauth_mock.faults.file import read_faults
from genauth_mock.seeds.seed_file import read_seed
from genauth_mock.server import running_in_thread
from offline_inbox import newest_code
from release.installed import PROJECT, run

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
SHELL = ("sh", "console")
SECONDS = 60.0
BASH = shutil.which("bash") or "bash"

READERS: dict[str, Callable[[Path], object]] = {
    "docs/mock.md": partial(read_seed, default_app_id="my-app"),
    "docs/faults.md": read_faults,
    "docs/contract.md": read_known,
}
"""Who reads the TOML of a page."""


def blocks(page: Path, *languages: str) -> list[str]:
    """Give the blocks of a page in some languages, in order."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [block for language, block in found if language in languages]


def with_blocks(*languages: str) -> list[str]:
    """Give the names of the pages that have a block in one of some languages."""
    return [str(page.relative_to(PROJECT)) for page in PAGES if blocks(page, *languages)]


def options_of(command: str) -> set[str]:
    """Give the long options of a command of the mock."""
    parameters = mock.commands[command].params
    return {name for each in parameters if isinstance(each, click.Option) for name in each.opts}


@pytest.mark.parametrize("page", with_blocks("toml"))
def test_a_toml_file_of_a_page_is_read_by_what_it_is_for(tmp_path: Path, page: str) -> None:
    [block] = blocks(PROJECT / page, "toml")
    (tmp_path / "file.toml").write_text(block, encoding="utf-8")
    assert tomllib.loads(block)
    assert READERS[page](tmp_path / "file.toml")


@pytest.mark.parametrize("page", with_blocks("yaml"))
def test_a_yaml_file_of_a_page_is_yaml(page: str) -> None:
    assert all(yaml.safe_load(block) for block in blocks(PROJECT / page, "yaml"))


def test_the_compose_file_sets_options_that_exist() -> None:
    [block] = blocks(PROJECT / "docs/howto/container.md", "yaml")
    services = cast("dict[str, dict[str, dict[str, str]]]", yaml.safe_load(block)["services"])
    known = {f"GENAUTH_MOCK_{name[2:].replace('-', '_').upper()}" for name in options_of("serve")}
    assert set(services["genauth"]["environment"]) <= known
    app = services["genauth"]["environment"]["GENAUTH_MOCK_APP_ID"]
    assert services["tests"]["environment"]["GENAUTH_APP_ID"] == app


def test_the_page_of_the_mock_names_every_call_and_every_filter_of_messages() -> None:
    page = (PROJECT / "docs/mock.md").read_text(encoding="utf-8")
    [table] = re.findall(r"^\| call \| does \|$.*?^$", page, re.DOTALL | re.MULTILINE)
    paths = {path for _, path in CONTROLS if path != "/_mock/faults/{faultId}"}
    paths.remove("/_mock/users/{userId}")  # written with brackets, as it may be left out
    assert not {path for path in paths if not re.search(rf"{path}(?![/\w])", table)}
    [messages] = [row for row in table.splitlines() if "/_mock/messages" in row]
    assert not {name for name in FILTERS if name not in messages} - {"appId"}


@pytest.mark.parametrize("command", ["serve", "exec"])
def test_the_page_of_the_mock_names_every_option(command: str) -> None:
    page = (PROJECT / "docs/mock.md").read_text(encoding="utf-8")
    assert not {name for name in options_of(command) if name not in page}


def test_the_page_of_the_mock_tells_every_exit_code() -> None:
    page = (PROJECT / "docs/mock.md").read_text(encoding="utf-8").partition("### Exit codes")[2]
    told = re.findall(r"^\| ([\d, ]+) \|", page, re.MULTILINE)
    assert sorted(", ".join(told).split(", ")) == sorted(
        re.findall(r"^ +(\d+)", EXIT_CODES, re.MULTILINE)
    )


def test_the_quick_start_names_every_extra() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (PROJECT / "docs/quick-start.md").read_text(encoding="utf-8")
    table = page[page.index("| extra |") :]
    named = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert named == set(project["optional-dependencies"])


@pytest.mark.parametrize("page", with_blocks(*SHELL))
def test_a_shell_block_can_be_parsed(page: str) -> None:
    for block in blocks(PROJECT / page, *SHELL):
        script = re.sub(r"^\$ ", "", block, flags=re.MULTILINE)
        done = subprocess.run(
            [BASH, "-n"], input=script, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


TESTS = re.compile(r"`pytest (tests/[\w/]+\.py)(?: -k \"?([\w ]+)\"?)?`")
"""A claim that names the test that shows it."""


@pytest.mark.parametrize(
    ("file", "chosen"),
    sorted({claim for page in PAGES for claim in TESTS.findall(page.read_text(encoding="utf-8"))}),
)
def test_a_test_that_a_page_names_is_there(file: str, chosen: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", file]
    told = run([*command, "-k", chosen] if chosen else command, PROJECT)
    assert re.search(r"^\d+(/\d+)? tests collected", told, re.MULTILINE)


@contextmanager
def typed_once_it_is_sent(process: "subprocess.Popen[str]", url: str) -> Generator[None]:
    """Type the code into a script that asks for it, as a person who looks into the inbox."""

    def type_it() -> None:
        assert process.stdin is not None
        process.stdin.write(f"{newest_code(url, SECONDS)}\n")
        process.stdin.close()

    person = Thread(target=type_it)
    person.start()
    yield
    person.join()


def play(script: str, folder: Path, url: str) -> str:
    """Run a script of the quick start with a person who types the code."""
    path = Path(sys.executable).parent
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/activate").write_text(f"PATH={shlex.quote(str(path))}:$PATH\n")
    with (
        subprocess.Popen(
            [BASH, "-ec", f". .venv/bin/activate\n{script}"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        typed_once_it_is_sent(process, url),
    ):
        assert process.stdout is not None
        told = process.stdout.read()
    assert process.returncode == 0, told
    return told


TESTED = [
    name for name in with_blocks("python") if "def test_" in (PROJECT / name).read_text("utf-8")
]


@pytest.mark.parametrize("page", TESTED)
def test_the_tests_of_a_page_pass_as_pytest_finds_them(page: str, tmp_path: Path) -> None:
    """With nothing set up before; what asks a person is no test."""
    told = [block for block in blocks(PROJECT / page, "python") if "input(" not in block]
    (tmp_path / "test_page.py").write_text("\n\n".join(told), encoding="utf-8")
    options = ("-q", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto")
    assert "passed" in run([sys.executable, "-m", "pytest", *options], tmp_path)


def test_the_quick_start_binds_a_phone_as_it_stands(tmp_path: Path, free_port: int) -> None:
    page = PROJECT / "docs/quick-start.md"
    [script] = blocks(page, "python")
    (tmp_path / "bind.py").write_text(script, encoding="utf-8")
    _, command, _ = blocks(page, "console")
    here = command.removeprefix("$ ").replace("9480", str(free_port))
    assert "Bound. Verified: True" in play(here, tmp_path, f"http://127.0.0.1:{free_port}")


def test_the_quick_start_goes_on_with_a_server_of_its_own(tmp_path: Path) -> None:
    page = PROJECT / "docs/quick-start.md"
    [script] = blocks(page, "python")
    (tmp_path / "bind.py").write_text(script, encoding="utf-8")
    [commands] = blocks(page, "sh")
    with running_in_thread(Options(app_id="my-app")) as server:
        here = commands.replace("http://127.0.0.1:9480", server.url)
        assert "Bound. Verified: True" in play(here, tmp_path, server.url)


def test_the_tutorials_service_is_run_by_hand_as_it_stands(
    tmp_path: Path, free_port: int, another_free_port: int
) -> None:
    page = PROJECT / "docs/tutorial.md"
    service = (PROJECT / "examples/tutorial/service.py").read_text(encoding="utf-8")
    (tmp_path / "service.py").write_text(service, encoding="utf-8")

    def here(text: str) -> str:
        moved = text.replace("9480", str(free_port)).replace(":8000", f":{another_free_port}")
        return moved.replace(
            "uvicorn service:app", f"uvicorn --port {another_free_port} service:app"
        )

    send, bind = blocks(page, "sh")
    command = here(blocks(page, "console")[-1].removeprefix("$ ")).strip()
    read_code = f"read -r CODE\n{here(bind).replace('THE CODE', chr(39) + '$CODE' + chr(39))}"
    wait = f"curl -s --retry 50 --retry-connrefused --retry-delay 1 localhost:{another_free_port}"
    script = f"{command} & trap 'kill $!; wait' EXIT\n{wait} > wait\n{here(send)}\n{read_code}"
    told = play(script, tmp_path, f"http://127.0.0.1:{free_port}")
    assert "202 Accepted" in told
    assert "204 No Content" in told
