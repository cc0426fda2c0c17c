"""``genauth-mock serve``: how it begins and ends. Few tests start processes: each start costs 0.4 s."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.mock.support.command import (
    first_line,
    get,
    post,
    said,
    started,
)
from tests.mock.support.http import PATIENCE

AT_ONCE = 20.0
"""Seconds: 0.3 on a machine with nothing else to do; whoever waits for a listener waits a minute and more."""

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")


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
        _hold_up(url, stack)
        begun = time.monotonic()
        process.send_signal(number)
        output, errors = process.communicate(timeout=PATIENCE)
        seconds = time.monotonic() - begun
    assert (process.returncode, output, errors) == (0, "", "")
    assert seconds < AT_ONCE


async def test_a_server_that_is_told_to_stop_while_it_begins_stops(redis_url: str) -> None:
    command = ["-m", "genauth_mock", "serve", "--port", "0", "--workers", "3", "--store", redis_url]
    # The signal waits from before the first line on, and comes as soon as the first worker is there.
    blocked = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [15]); os.kill(os.getpid(), 15); "
    starting = f"{blocked}os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", starting, *command, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(PATIENCE):
            assert await parent.wait() == 0
    finally:
        if parent.returncode is None:
            parent.kill()


def test_serve_ends_cleanly_on_control_c_and_takes_options_from_the_environment() -> None:
    environment: dict[str, Any] = {
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


def test_a_taken_port_names_itself_and_the_way_out(url: str) -> None:
    port = url.rpartition(":")[2]
    with started("serve", "--port", port) as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert f"port {port} on 127.0.0.1 is taken" in errors
    assert "--port 0" in errors


def test_a_seed_with_mistakes_is_named(tmp_path: Path) -> None:
    seed = tmp_path / "seed.toml"
    seed.write_text("[[users]]\nphone = 1")
    output = said("serve", "--seed", str(seed), exit_code=2)
    assert "unknown field 'users[0].phone'" in output


def test_workers_need_a_shared_store() -> None:
    assert "--store" in said("serve", "--workers", "2", exit_code=2)


def _hold_up(url: str, stack: ExitStack) -> None:
    """Open connections of every sort that could keep a server from ending, and see that it is busy with them."""
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
