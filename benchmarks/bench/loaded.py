"""Servers under load: started on one core and loaded from another where there are two, measured in turns."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define

from benchmarks.keeping import PROJECT
from benchmarks.processes import processor_seconds

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

HERE = Path(__file__).parent
CONNECTIONS = 32
WARM_UP = 1_000
"""How many requests come first and are not counted: with them every server imports what it needs, and grows warm."""
TURNS = 15
SLICE = 1_000
"""How many requests a server is sent in its turn: less than a tenth of a second, so that both meet the same machine."""
REQUESTS = WARM_UP + TURNS * SLICE

# The `fast` extra is put out of sight where the plain stack is measured; the product itself has no such switch.
PLAIN = "import sys, runpy; sys.modules['orjson'] = sys.modules['uvloop'] = None; "
FAST = "import sys, runpy; "


@define
class Loaded:
    """A server that answers, and the load that it is sent.

    Attributes:
        process: The server; what it started counts with it.
        load: What sends the requests.
        requests: What it is sent next.
        succeeded, answered: How many answers said that they are a success, and how many there were.
    """

    process: subprocess.Popen[str]
    load: subprocess.Popen[bytes]
    requests: Iterable[bytes]
    succeeded: int = 0
    answered: int = 0

    def sent(self, how_many: int) -> dict[str, float]:
        """Send the next requests on 32 connections; give what came back, and the server's processor time.

        Raises:
            ConnectionError: Not all of them were answered.
        """
        wanted = list(islice(self.requests, how_many))
        lengths = json.dumps([len(one) for one in wanted]).encode()
        to_load, from_load = self.load.stdin, self.load.stdout
        assert to_load is not None  # noqa: S101 - both are pipes
        assert from_load is not None  # noqa: S101
        before = processor_seconds(self.process.pid)
        to_load.write(lengths + b"\n" + b"".join(wanted))
        to_load.flush()
        line = from_load.readline()
        if not line:
            message = "the load ended before its time; what it said stands above"
            raise ConnectionError(message)
        measured: dict[str, float] = json.loads(line)
        self.succeeded += round(measured["succeeded"])
        self.answered += round(measured["answered"])
        spent = processor_seconds(self.process.pid) - before
        return measured | {"processor_us": spent / len(wanted) * 1e6}


@contextmanager
def under_load(
    port: int, server: subprocess.Popen[str], requests: Iterable[bytes]
) -> Generator[Loaded]:
    """Open connections to a server that answers, from the second core."""
    command = [
        *pinned(1),
        sys.executable,
        "-m",
        "benchmarks.bench.load",
        str(port),
        str(CONNECTIONS),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT
    ) as load:
        yield Loaded(server, load, requests)


@contextmanager
def bare_handler() -> Generator[Loaded]:
    """Serve the bare handler, on the plain stack."""
    port = free_port()
    with serving([*python(PLAIN, "bare_handler.py"), str(port)]) as server:
        wait_for_answer(port, "/")
        with under_load(port, server, cycle(sends(WARM_UP))) as loaded:
            yield loaded


@contextmanager
def serving(
    command: list[str], cwd: Path | None = None, **environment: str
) -> Generator[subprocess.Popen[str]]:
    """Run a server on the first core, and end it with everything that it started."""
    with subprocess.Popen(
        [*pinned(0), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=cwd,
        env={**os.environ, **environment},
        start_new_session=True,
    ) as server:
        try:
            yield server
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def pinned(core: int) -> list[str]:
    """Say how a command is kept on one core, where that can be done."""
    taskset = shutil.which("taskset")
    return [] if taskset is None or (os.cpu_count() or 1) < 2 else [taskset, "-c", str(core)]  # noqa: PLR2004 - one for each side


def python(stack: str, script: str) -> list[str]:
    """Run one of our scripts on a stack."""
    path = str(HERE / script)
    code = f"sys.argv[0] = {path!r}; runpy.run_path({path!r}, run_name='__main__')"
    return [sys.executable, "-c", stack + code]


def installed(name: str) -> str:
    """Find a command beside this Python."""
    return str(Path(sys.executable).with_name(name))


def wait_for_answer(port: int, path: str, seconds: float = 20) -> None:
    """Ask until something answers."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode())
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.002)
    message = f"nothing answers on port {port}"
    raise TimeoutError(message)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def loaded_mock(scratch: Path, stack: str, call: str, outstanding: int = 0) -> Generator[Loaded]:
    """Serve a fresh mock, with the requests that all of them succeed."""
    port = free_port()
    binds = scratch / "binds"
    prepared = outstanding or (REQUESTS if call == "bind-phone" else 0)
    command = [*python(stack, "prepared_mock.py"), str(port), str(prepared), str(binds)]
    with serving(command) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        server.stdout.readline()
        lines = [json.loads(line) for line in binds.read_text(encoding="utf-8").splitlines()]
        requests: dict[str, Iterable[bytes]] = {
            "send-sms": sends(REQUESTS),
            "bind-phone": (bind(*line) for line in lines),
            "messages": (look_up(number) for _, number, _ in cycle(lines)),
        }
        with under_load(port, server, requests[call]) as loaded:
            yield loaded


def sends(how_many: int) -> Iterable[bytes]:
    """Ask for codes for that many numbers."""
    for number in range(how_many):
        phone = {"phoneNumber": str(15_000_000_000 + number), "phoneCountryCode": "+86"}
        yield request("POST", "/api/v3/send-sms", {"channel": "CHANNEL_BIND_PHONE", **phone})


def request(method: str, path: str, body: object, headers: dict[str, str] | None = None) -> bytes:
    """Write a request as a client does."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = {
        "host": "127.0.0.1",
        "x-genauth-app-id": "bench",
        "content-type": "application/json",
        "content-length": len(content),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def bind(token: str, number: str, digits: str) -> bytes:
    """Bind one prepared number for its prepared user: every one succeeds."""
    phone = {"phoneNumber": number, "phoneCountryCode": "+86", "passCode": digits}
    return request("POST", "/api/v3/bind-phone", phone, {"authorization": token})


def look_up(number: str) -> bytes:
    """Look one number's messages up."""
    return request("GET", f"/_mock/messages?phoneNumber={number}", None)
