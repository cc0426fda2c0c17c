"""What pages show besides Python is true too: files can be read, options exist, shell blocks can be parsed."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import click
import pytest
import yaml

from genauth_contract.records.known import read_known
from genauth_mock.cli.exit_codes import EXIT_CODES
from genauth_mock.cli.main import main as mock
from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.messages import FILTERS
from genauth_mock.faults.fault_file import read_faults
from genauth_mock.seeds.seed_file import read_seed
from tests.release.installed import PROJECT, run
from tests.release.pages import BASH, PAGES, blocks, with_blocks

SHELL = ("sh", "console")

READERS: dict[str, Callable[[Path], object]] = {
    "docs/mock.md": partial(read_seed, default_app_id="my-app"),
    "docs/faults.md": read_faults,
    "docs/contract.md": read_known,
}
"""Who reads the TOML of a page."""


def options_of(command: str) -> set[str]:
    """Give the long options of a command of the mock."""
    parameters = mock.commands[command].params
    return {name for each in parameters if isinstance(each, click.Option) for name in each.opts}


@pytest.mark.parametrize("page", with_blocks("toml"))
def test_a_toml_file_of_a_page_is_read_by_what_it_is_for(tmp_path: Path, page: str) -> None:
    for block in blocks(PROJECT / page, "toml"):
        (tmp_path / "file.toml").write_text(block, encoding="utf-8")
        assert tomllib.loads(block)
        assert READERS[page](tmp_path / "file.toml")


@pytest.mark.parametrize("page", with_blocks("yaml"))
def test_a_yaml_file_of_a_page_is_yaml(page: str) -> None:
    assert all(yaml.safe_load(block) for block in blocks(PROJECT / page, "yaml"))


def test_the_compose_file_sets_options_that_exist() -> None:
    compose, pod, service = map(yaml.safe_load, blocks(PROJECT / "docs/howto/container.md", "yaml"))
    services = cast("dict[str, dict[str, dict[str, str]]]", compose["services"])
    known = {f"GENAUTH_MOCK_{name[2:].replace('-', '_').upper()}" for name in options_of("serve")}
    assert set(services["genauth"]["environment"]) <= known
    app = services["genauth"]["environment"]["GENAUTH_MOCK_APP_ID"]
    assert services["tests"]["environment"]["GENAUTH_APP_ID"] == app
    [container] = pod["spec"]["containers"]
    assert {each["name"] for each in container["env"]} <= known
    assert service["spec"]["selector"] == pod["metadata"]["labels"]
    assert service["spec"]["ports"][0]["port"] == container["ports"][0]["containerPort"]


def test_the_page_of_the_mock_names_every_call_and_every_filter_of_messages() -> None:
    page = (PROJECT / "docs/mock.md").read_text(encoding="utf-8")
    [table] = re.findall(r"^\| call \| does \|$.*?^$", page, re.DOTALL | re.MULTILINE)
    paths = {call.path for call in CONTROL_CALLS} - {"/_mock/faults/{faultId}"}
    assert not {path for path in paths if not re.search(rf"{re.escape(path)}(?![/\w])", table)}
    [messages] = [row for row in table.splitlines() if "/_mock/messages" in row]
    assert not {name for name in FILTERS if name not in messages}


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


def test_the_readme_names_the_pythons_that_are_tested() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    page = (PROJECT / "README.md").read_text(encoding="utf-8")
    [told] = re.findall(r"tested on ([\d., and]+)\. ", page)
    assert re.findall(r"3\.\d+", told) == declared
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in page


def test_the_readme_installs_only_extras_that_exist() -> None:
    """Its table of commands is no block that is checked otherwise."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (PROJECT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"aiogenauth\[(\w+)\]", page))
    assert named
    assert named <= set(project["optional-dependencies"])


@pytest.mark.parametrize("page", with_blocks(*SHELL))
def test_a_shell_block_can_be_parsed(page: str) -> None:
    for block in blocks(PROJECT / page, *SHELL):
        script = re.sub(r"^\$ ", "", block, flags=re.MULTILINE)
        done = subprocess.run(
            [BASH, "-n"], input=script, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


CLAIMS = sorted(
    {
        claim
        for page in PAGES
        for claim in re.findall(r"`pytest (tests/[^`]+)`", page.read_text(encoding="utf-8"))
    }
)
"""What pages say that a test shows: the files of pytest's command, and perhaps `-k` with a few words."""


def test_every_test_that_a_page_names_is_there() -> None:
    """Pytest itself looks, once for all: it starts too slowly to be asked again and again."""
    commands = [shlex.split(claim) for claim in CLAIMS]
    files = sorted({word for command in commands for word in command if word.endswith(".py")})
    collected = run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", *files], PROJECT
    ).splitlines()
    assert [claim for claim in CLAIMS if not _shown_by(shlex.split(claim), collected)] == []


def _shown_by(command: list[str], collected: list[str]) -> bool:
    """Whether each file of a command has a test with every word that it asks for."""
    words = command[command.index("-k") + 1].split(" and ") if "-k" in command else []
    files = [word for word in command if word.endswith(".py")]
    return all(
        any(line.startswith(file) and all(word in line for word in words) for line in collected)
        for file in files
    )
