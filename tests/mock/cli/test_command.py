"""The command ``genauth-mock``: its help, and the commands that ask a server that runs elsewhere."""

from __future__ import annotations

import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from tests.mock.support.command import get, post, said

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")

MOST_MODULES = 110
"""How many modules of its own a server may have imported when it answers first; there are nearly two hundred."""


def test_without_the_extra_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['click'] = None; import genauth_mock.cli.main"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr == "genauth-mock needs its extra: pip install 'aiogenauth[mock]'\n"


def imported_by(code: str) -> set[str]:
    """Return what a new process that runs a program has imported when it prints that."""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {*found.stdout.split()}


def test_help_is_shown_without_importing_a_server() -> None:
    imported = imported_by("import sys, genauth_mock.cli.main; print(*sys.modules)")
    assert imported & {"aiohttp", "asyncio", "genauth_mock.runtime.deployment"} == set()


FIRST_ANSWER = """
import os, signal, sys, threading, urllib.request
before = {*sys.modules}  # by what measures coverage, for one
from genauth_mock.cli import main, serve
def ask(url):
    try:
        urllib.request.urlopen(url + "/_mock/health").read()
        print(*{*sys.modules} - before)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
serve.announce = lambda plan, url: threading.Thread(target=ask, args=[url]).start()
main.main(["serve", "--port", "0"])
"""

LATE = {
    "cattrs",
    "cryptography",
    "difflib",
    "genauth_mock.api.documented",
    "genauth_mock.api.endpoints",
    "genauth_mock.api.groups",
    "genauth_mock.control.calls",
    "genauth_mock.control.dump",
    "genauth_mock.control.schemas",
    "genauth_mock.faults.json_format",
    "genauth_mock.runtime.dispatcher",
    "genauth_mock.storage.redis",
    "genauth_mock.storage.serialization",
    "importlib.metadata",
    "importlib.resources",
    "joserfc",
    "phonenumbers",
    "tomllib",
    "webauthn",
    "yaml",
}
"""What a call needs, some file or few users, and a first answer does not."""


def test_until_its_first_answer_a_server_imports_no_more_than_that_needs() -> None:
    imported = imported_by(FIRST_ANSWER)
    assert "genauth_mock.control.health" in imported
    assert imported & LATE == set()
    assert len([name for name in imported if name.startswith("genauth_mock.")]) < MOST_MODULES


def test_healthcheck_is_content_when_the_server_answers(url: str) -> None:
    assert said("healthcheck", "--url", url, exit_code=0) == f"{url}: ok\n"
    assert said("healthcheck", exit_code=0, GENAUTH_APP_HOST=url) == f"{url}: ok\n"
    assert said("healthcheck", exit_code=0, GENAUTH_MOCK_PORT=url.rpartition(":")[2])


def test_healthcheck_says_that_nothing_answers() -> None:
    assert "nothing answers at http://127.0.0.1:9" in said(
        "healthcheck", "--url", "http://127.0.0.1:9", exit_code=1
    )


def test_healthcheck_is_not_content_with_another_server(url: str) -> None:
    output = said("healthcheck", "--url", f"{url}/api", exit_code=1)
    assert "is not genauth-mock" in output


def test_healthcheck_needs_a_url() -> None:
    assert "is not a URL such as" in said("healthcheck", "--url", "nowhere", exit_code=2)


class Starting(BaseHTTPRequestHandler):
    """A server that starts: nobody's answer first, then that its store is away, then that all is well."""

    answers: ClassVar[list[tuple[int, str]]] = []

    def do_GET(self) -> None:
        status, content = self.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Say nothing."""


def test_healthcheck_waits_until_the_server_is_well() -> None:
    Starting.answers = [(502, "<html>"), (503, '{"error": "away"}'), (200, '{"status": "ok"}')]
    with ThreadingHTTPServer(("127.0.0.1", 0), Starting) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        output = said("healthcheck", "--wait", "30", "--url", url, exit_code=0)
        server.shutdown()
        thread.join()
    assert output == f"{url}: ok\n"
    assert Starting.answers == []


def test_healthcheck_that_waited_in_vain_says_what_is_wrong() -> None:
    began = time.monotonic()
    output = said("healthcheck", "--wait", "0.25", "--url", "http://127.0.0.1:9", exit_code=1)
    assert "nothing answers at http://127.0.0.1:9" in output
    assert time.monotonic() - began >= 0.25


def test_dump_and_load_move_an_app(url: str, tmp_path: Path) -> None:
    post(f"{url}/_mock/users", {"username": "ada", "appId": "one"})
    state = said("dump", "--url", url, "--app-id", "one", exit_code=0)
    (tmp_path / "state.json").write_text(state)
    output = said(
        "load", "--url", url, "--app-id", "two", str(tmp_path / "state.json"), exit_code=0
    )
    assert "into app two" in output
    again = said("load", "--url", url, str(tmp_path / "state.json"), exit_code=0)
    assert "into app one" in again
    assert get(f"{url}/_mock/users?appId=two") == get(f"{url}/_mock/users?appId=one")


def test_load_says_what_is_wrong_with_a_file(url: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    assert "bad.json is not JSON" in said("load", "--url", url, str(bad), exit_code=2)
    bad.write_text("{}")
    assert "this is not a state" in said("load", "--url", url, str(bad), exit_code=1)


@pytest.mark.parametrize("command", ["serve", "exec", "healthcheck", "dump", "load"])
def test_help_names_the_exit_codes(command: str) -> None:
    assert "Exit codes:" in said(command, "--help", exit_code=0)


def test_help_names_the_environment_variables() -> None:
    assert "GENAUTH_MOCK_STRICT_APPS" in said("serve", "--help", exit_code=0)
