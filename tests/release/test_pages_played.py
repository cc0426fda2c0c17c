"""What pages tell to type works as it stands: their tests pass, and their scripts bind a phone."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread
from tests.release.installed import PROJECT, run
from tests.release.offline_inbox import newest_code
from tests.release.pages import BASH, blocks, with_blocks

SECONDS = 240.0


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


CONFIGURED = {"docs/howto/log-users-in.md"}
"""Pages whose clients take the app of the test from the environment: the root's conftest.py plays them."""

TESTED = [
    name
    for name in with_blocks("python")
    if name not in CONFIGURED and "def test_" in (PROJECT / name).read_text("utf-8")
]


def test_the_tests_of_every_page_pass_as_pytest_finds_them(tmp_path: Path) -> None:
    """With nothing set up before, each page in a module of its own; what asks a person is no test."""
    modules = {page: f"test_{re.sub(r'[/.-]', '_', page)}.py" for page in TESTED}
    for page, module in modules.items():
        told = [block for block in blocks(PROJECT / page, "python") if "input(" not in block]
        (tmp_path / module).write_text("\n\n".join(told), encoding="utf-8")
    options = ("-q", "-rA", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto")
    said = run([sys.executable, "-m", "pytest", *options], tmp_path)
    passed = set(re.findall(r"^PASSED (.+?)::", said, re.MULTILINE))
    assert {page for page, module in modules.items() if module not in passed} == set()


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
    """A browser goes the whole way in `tests/page`; this is the command that the page tells to type."""
    page = PROJECT / "docs/tutorial.md"
    shutil.copy(PROJECT / "examples/tutorial/service.py", tmp_path)
    command = blocks(page, "console")[-1].removeprefix("$ ").replace("9480", str(free_port))
    command = command.replace("uvicorn", f"uvicorn --port {another_free_port}")
    ask = f"curl -s --retry 50 --retry-connrefused --retry-delay 1 localhost:{another_free_port}"
    script = f"{command.strip()} & trap 'kill $!; wait' EXIT\n{ask}/ && {ask}/login -o log -D -"
    told = run([BASH, "-ec", f"PATH={Path(sys.executable).parent}:$PATH\n{script}"], tmp_path)
    assert '<a href="/login">Sign in</a>' in told
    assert f"location: http://127.0.0.1:{free_port}/oidc/auth?" in told
