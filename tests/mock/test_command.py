"""The command ``genauth-mock``: what scripts and people meet. Few tests start processes: each start costs 0.4 s."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from genauth_mock.cli import main
from genauth_mock.server import running_in_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = [sys.executable, "-m", "genauth_mock"]
PATIENCE = 20
"""Seconds after which a process that should have ended is given up."""


@pytest.fixture(autouse=True)
def no_options_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the person who runs the tests has set is not what is tested."""
    for name in [*os.environ]:
        if name.startswith("GENAUTH_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that runs elsewhere."""
    with running_in_thread() as server:
        yield server.url


def said(*arguments: str, exit_code: int, **environment: str) -> str:
    result = CliRunner().invoke(main, arguments, env=environment)
    assert result.exit_code == exit_code, result.output
    return result.output


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return _Process(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


class _Process(subprocess.Popen[str]):
    """A process that a failing test does not wait for."""

    def __exit__(self, *exc_info: object) -> None:
        if exc_info[0] is not None:
            self.kill()
        super().__exit__(*exc_info)  # type: ignore[arg-type]


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def get(url: str) -> dict[str, object]:
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - loopback
        return json.load(answer)  # type: ignore[no-any-return]


def post(url: str, body: object) -> dict[str, object]:
    with urlopen(Request(url, json.dumps(body).encode()), timeout=PATIENCE) as answer:  # noqa: S310 - loopback
        return json.load(answer)  # type: ignore[no-any-return]


def test_serve_says_where_it_listens_and_ends_cleanly_on_sigterm(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    seed = tmp_path / "seed.toml"
    seed.write_text('[[users]]\nusername = "ada"')
    with started(
        "serve", "--port", "0", "--ready-file", str(ready), "--seed", str(seed)
    ) as process:
        line = first_line(process)
        url = line.removeprefix("genauth-mock listening on ").rstrip("\n")
        assert line == f"genauth-mock listening on {url}\n"
        assert url.startswith("http://127.0.0.1:")
        assert ready.read_text() == url
        assert get(f"{url}/_mock/users")["users"]
        wait_open = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
        wait_open.sendall(b"GET /_mock/messages?wait=300 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=PATIENCE)
        wait_open.close()
    assert (process.returncode, output, errors) == (0, "", "")
    assert not ready.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
@pytest.mark.parametrize("workers", [1, 2])
def test_serve_ends_at_once_whoever_still_listens_or_waits(
    number: signal.Signals, workers: int, request: pytest.FixtureRequest
) -> None:
    shared = ["--workers", "2", "--store", request.getfixturevalue("redis_url")]
    with (
        started("serve", "--port", "0", *(shared if workers > 1 else [])) as process,
        ExitStack() as stack,
    ):
        url = first_line(process).split()[-1]
        post(f"{url}/_mock/reset", {})
        post(f"{url}/_mock/faults", {"route": "send-sms", "delaySeconds": 300})
        post(f"{url}/_mock/faults", {"route": "get-profile", "kind": "trickle", "overSeconds": 300})
        events = stack.enter_context(urlopen(f"{url}/_mock/events?events=faults.changed"))  # noqa: S310 - loopback
        assert events.readline() == b": connected\n"
        address = ("127.0.0.1", int(url.rpartition(":")[2]))
        for path in (
            "/_mock/messages?wait=300",
            "/_mock/requests?route=bind-phone&wait=300",
            "/api/v3/get-profile",
            "/api/v3/send-sms",
        ):
            waiting = stack.enter_context(socket.create_connection(address))
            waiting.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        while events.readline().count(b'"applied":1') < len(("send-sms", "get-profile")):
            pass
        begun = time.monotonic()
        process.send_signal(number)
        output, errors = process.communicate(timeout=PATIENCE)
        seconds = time.monotonic() - begun
    assert (process.returncode, output, errors) == (0, "", "")
    assert seconds < 3  # 0.3 on a machine with nothing else to do


def test_serve_ends_cleanly_on_control_c_and_takes_options_from_the_environment() -> None:
    environment = {
        "GENAUTH_MOCK_PORT": "0",
        "GENAUTH_MOCK_APP_ID": "first second",
        "GENAUTH_MOCK_STRICT_APPS": "1",
        "GENAUTH_MOCK_LOG_FORMAT": "json",
        "GENAUTH_MOCK_HOST": "0.0.0.0",  # noqa: S104 - what it opens is what is tested
    }
    with started("serve", **environment) as process:
        url = first_line(process).split()[-1].replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        health = get(f"{url}/_mock/health")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert (health["appId"], health["strictApps"]) == ("first", True)
    line = json.loads(errors)
    assert line["level"] == "warning"
    assert "--allowed-host" in line["message"]


def test_exec_gives_the_command_a_server_and_a_user_who_can_bind_and_unbind() -> None:
    script = """
import json, os
from urllib.request import Request, urlopen
def call(path, body):
    headers = {"x-genauth-app-id": os.environ["GENAUTH_APP_ID"], "authorization": os.environ["GENAUTH_ACCESS_TOKEN"]}
    return json.load(urlopen(Request(os.environ["GENAUTH_APP_HOST"] + path, json.dumps(body).encode(), headers)))
def code(channel):
    call("/api/v3/send-sms", {"channel": channel, "phoneNumber": "18812348888"})
    url = os.environ["GENAUTH_APP_HOST"] + "/_mock/messages?phoneNumber=18812348888&channel=" + channel
    return json.load(urlopen(url))["messages"][0]["passCode"]
bound = call("/api/v3/bind-phone", {"phoneNumber": "18812348888", "passCode": code("CHANNEL_BIND_PHONE")})
free = call("/api/v3/unbind-phone", {"passCode": code("CHANNEL_UNBIND_PHONE")})
assert (bound["statusCode"], free["statusCode"]) == (200, 200), (bound, free)
assert os.environ["GENAUTH_APP_SECRET"]
print("done")
raise SystemExit(7)
"""
    with started("exec", "--", sys.executable, "-c", script) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output, errors) == (7, "done\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_exec_forwards_signals_to_the_command(number: signal.Signals) -> None:
    script = f"""
import signal, sys
def stop(*_):
    print("told")
    sys.exit(5)
signal.signal({int(number)}, stop)
print("runs", flush=True)
signal.pause()
"""
    with started("exec", "--", sys.executable, "-c", script) as process:
        assert first_line(process) == "runs\n"
        process.send_signal(number)
        output, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (5, "told\n")


def test_exec_of_a_command_that_a_signal_ended_says_so_as_a_shell_does() -> None:
    script = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with started("exec", "--", sys.executable, "-c", script) as process:
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGKILL


def test_exec_of_what_does_not_exist_ends_with_127() -> None:
    with started("exec", "--", "no-such-command") as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (127, "")
    assert "there is no command 'no-such-command'" in errors


def test_a_taken_port_names_itself_and_the_way_out(url: str) -> None:
    port = url.rpartition(":")[2]
    with started("serve", "--port", port) as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert f"port {port} on 127.0.0.1 is taken" in errors
    assert "--port 0" in errors


def test_without_the_extra_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['click'] = None; import genauth_mock.cli"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr == "genauth-mock needs its extra: pip install 'aiogenauth[mock]'\n"


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


def test_a_seed_with_mistakes_is_named(tmp_path: Path) -> None:
    seed = tmp_path / "seed.toml"
    seed.write_text("[[users]]\nphone = 1")
    output = said("serve", "--seed", str(seed), exit_code=2)
    assert "[[users]] 1: phone is unknown" in output


def test_workers_need_a_shared_store() -> None:
    assert "--store" in said("serve", "--workers", "2", exit_code=2)


@pytest.mark.parametrize("command", ["serve", "exec", "healthcheck", "dump", "load"])
def test_help_names_the_exit_codes(command: str) -> None:
    assert "Exit codes:" in said(command, "--help", exit_code=0)


def test_help_names_the_environment_variables() -> None:
    assert "GENAUTH_MOCK_STRICT_APPS" in said("serve", "--help", exit_code=0)
