"""The offline GenAuth among many: readers of its events, polls that were abandoned, bodies that are large."""

from __future__ import annotations

import selectors
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.bench.loaded import free_port, installed, pinned, request, serving, wait_for_answer
from benchmarks.keeping import PROJECT
from benchmarks.processes import processor_seconds

if TYPE_CHECKING:
    from collections.abc import Generator

READERS = 1_000
ABANDONED = 5_000
CALLS = 200
PAUSE_SECONDS = 0.01
"""Between two calls, as in a test: the server is not kept busy by the calls themselves."""
BODY = 32 * 1024 * 1024
"""The smaller one of two bodies, in bytes."""


def among_many() -> dict[str, float]:
    """Measure a call alone, and beside a thousand readers of events and five thousand abandoned polls."""
    port = free_port()
    with serving([installed("genauth-mock"), "serve", "--port", str(port)]):
        wait_for_answer(port, "/_mock/health")
        alone = _milliseconds(port, 0)
        with _readers(port):
            _abandon_polls(port)
            beside = _milliseconds(port, CALLS)
    return {
        "call alone, ms": alone,
        "call beside 1,000 readers and 5,000 abandoned polls, ms": beside,
    }


def large_bodies() -> dict[str, float]:
    """Measure what reading a body twice as large costs."""
    port = free_port()
    with serving([installed("genauth-mock"), "serve", "--port", str(port)]) as server:
        wait_for_answer(port, "/_mock/health")
        spent: list[float] = []
        for size in (BODY, BODY, 2 * BODY):  # the first one is for warming up
            before = processor_seconds(server.pid)
            _post_state(port, size)
            spent.append(processor_seconds(server.pid) - before)
    return {"reading a body, twice as large / half": spent[2] / max(spent[1], 0.01)}


def _milliseconds(port: int, first: int) -> float:
    """Call again and again on one connection; give the median of the answers' times."""
    seconds: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for number in range(first, first + CALLS):
            phone = {"phoneNumber": str(15_000_000_000 + number), "channel": "CHANNEL_LOGIN"}
            sent = request("POST", "/api/v3/send-sms", phone)
            began = time.perf_counter()
            connection.sendall(sent)
            connection.recv(65_536)
            seconds.append(time.perf_counter() - began)
            time.sleep(PAUSE_SECONDS)
    return statistics.median(seconds) * 1000


@contextmanager
def _readers(port: int) -> Generator[None]:
    """Read the events on many connections, in a process of its own."""
    command = [*pinned(1), sys.executable, "-m", "benchmarks.bench.crowd", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT) as readers:
        assert readers.stdout is not None  # noqa: S101 - it is a pipe
        readers.stdout.readline()
        try:
            yield
        finally:
            readers.kill()


def _abandon_polls(port: int) -> None:
    for number in range(ABANDONED):
        with socket.create_connection(("127.0.0.1", port)) as poll:
            poll.sendall(request("GET", f"/_mock/requests?wait=60&after={10**9 + number}", None))


def _post_state(port: int, size: int) -> None:
    """Send a body that is read whole, and then refused: it is no state."""
    sent = request("POST", "/_mock/state", {"format": "x" * size})
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        connection.recv(1)


def main() -> None:
    """Read the events of the server on the port given, on many connections, until killed."""
    selector = selectors.DefaultSelector()
    for _ in range(READERS):
        reader = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        reader.sendall(request("GET", "/_mock/events", None))
        selector.register(reader, selectors.EVENT_READ, reader)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            key.data.recv(65_536)


if __name__ == "__main__":
    main()
