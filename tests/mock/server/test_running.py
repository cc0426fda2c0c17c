"""A server in a thread says in the caller's own thread why it cannot run."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import NoReturn

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server import launch
from genauth_mock.server.launch import running_in_thread
from tests.mock.support.http import PATIENCE


def test_a_store_that_does_not_exist_is_said() -> None:
    with (
        pytest.raises(ValueError, match="--store must be memory"),
        running_in_thread(Options(store="bogus")),
    ):
        pass


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), running_in_thread(port=port):
            pass


def test_in_a_users_process_every_call_is_imported_before_the_first_request() -> None:
    code = """
import sys
from genauth_mock.server import running_in_thread
with running_in_thread(): print(*sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    calls = {"genauth_mock.api.groups.phone", "genauth_mock.control.calls"}
    assert calls <= {*found.stdout.split()}


def test_a_loop_that_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(24, "Too many open files")

    def refuse() -> NoReturn:
        raise error

    monkeypatch.setattr(launch, "_RealTimeLoop", refuse)
    with pytest.raises(RuntimeError, match="Too many open files") as raised, running_in_thread():
        pass
    assert raised.value.__cause__ is error


def test_a_server_that_cannot_begin_to_serve_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_: object, **_named: object) -> NoReturn:
        message = "no application"
        raise LookupError(message)

    monkeypatch.setattr(launch, "prepared_runner", refuse)
    with pytest.raises(RuntimeError, match="no application") as raised, running_in_thread():
        pass
    assert isinstance(raised.value.__cause__, LookupError)


def test_without_a_file_descriptor_it_is_said() -> None:
    code = """
import resource, socket
from genauth_mock.server.launch import running_in_thread
with running_in_thread(): pass
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
held = []
try:
    while True: held.append(socket.socket())
except OSError:
    for _ in range(FREE): held.pop().close()
try:
    with running_in_thread(): print("served")
except (OSError, RuntimeError) as error:
    print(type(error.__cause__ or error).__name__)
"""
    for free in ("1", "2", "3"):
        found = subprocess.run(
            [sys.executable, "-c", code.replace("FREE", free)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert found.stdout == "OSError\n", found.stderr


def test_a_server_that_nobody_stopped_ends_with_its_process_and_says_nothing() -> None:
    script = """
from genauth_mock.server.launch import running_in_thread
server = running_in_thread()
server.__enter__()
"""
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
