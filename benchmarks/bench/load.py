"""A load that costs a third of the server: prepared requests over raw sockets, from a process of its own.

Its connections stay open from one run to the next, as those of a service's client do. Opening them anew would be
measured too: libuv accepts one in each turn of its loop.
"""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import sys
import time
from typing import TYPE_CHECKING, cast

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

END_OF_HEAD = b"\r\n\r\n"
END_OF_CHUNKS = b"\r\n0\r\n\r\n"
SUCCESSES = (b'"statusCode":200', b'"statusCode": 200')
PIECE = 65_536
PATIENCE = 60.0
"""Seconds without any answer after which a server counts as hanging."""


class Connection:
    """Sends one request after the other; opened anew where the server has closed it in good order."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._port = port
        self._selector = selector
        self._open()

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._received = b""
        self._sent_at = time.perf_counter()
        self._socket.sendall(request)

    def answer(self) -> tuple[float, bytes] | None:
        """Read what has come.

        Returns:
            How many seconds the answer took, and the answer; None where more is to come.

        Raises:
            ConnectionError: The server closed the connection in the midst of an answer.
        """
        received = self._socket.recv(PIECE)
        if not received:
            message = "the server closed a connection instead of answering"
            raise ConnectionError(message)
        received = self._received = self._received + received
        head = received.find(END_OF_HEAD)
        if head < 0 or not _is_whole(received, head):
            return None
        seconds = time.perf_counter() - self._sent_at
        if received.startswith(b"HTTP/1.0") or received.find(b"onnection: close", 0, head) > 0:
            self.reopen()
        return seconds, received

    def reopen(self) -> None:
        """Go on with a new connection."""
        self._selector.unregister(self._socket)
        self._socket.close()
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(self._socket, selectors.EVENT_READ, self)


def _is_whole(received: bytes, head: int) -> bool:
    """Tell whether a body has come to its end."""
    at = received.find(b"ontent-Length: ", 0, head)  # as most write it: looking is cheap
    if at < 0:
        at = received.lower().find(b"ontent-length: ", 0, head)
    if at < 0:
        return received.endswith(END_OF_CHUNKS)
    at += len(b"ontent-length: ")
    length = int(received[at : received.find(b"\r\n", at)])
    return len(received) >= head + len(END_OF_HEAD) + length


@define
class Results:
    """What came back.

    Attributes:
        latencies: How many seconds each answer took.
    """

    latencies: list[float] = field(factory=list[float])
    succeeded: int = 0

    def count(self, seconds: float, answer: bytes) -> None:
        """Count an answer."""
        self.latencies.append(seconds)
        if answer.startswith(b"HTTP/1.1 200") and any(said in answer for said in SUCCESSES):
            self.succeeded += 1

    def report(self, seconds: float) -> dict[str, float]:
        """Sum up."""
        centiles = statistics.quantiles(self.latencies, n=100)
        return {
            "requests_per_second": len(self.latencies) / seconds,
            "answered": len(self.latencies),
            "succeeded": self.succeeded,
            "p50_ms": centiles[49] * 1000,
            "p99_ms": centiles[98] * 1000,
        }


class Load:
    """Connections to one server."""

    def __init__(self, port: int, connections: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._connections = [Connection(port, self._selector) for _ in range(connections)]

    def report(self, requests: Iterable[bytes]) -> dict[str, float]:
        """Send every request once, as fast as it is answered, and sum up."""
        for closed in self._ready(0):
            closed.reopen()
        results, left = Results(), iter(requests)
        began = time.perf_counter()
        waiting = sum(_send_next(connection, left) for connection in self._connections)
        while waiting:
            for connection in self._ready(PATIENCE):
                answer = connection.answer()
                if answer is not None:
                    results.count(*answer)
                    waiting -= not _send_next(connection, left)
        return results.report(time.perf_counter() - began)

    def _ready(self, seconds: float) -> list[Connection]:
        ready = self._selector.select(seconds)
        if not ready and seconds:
            message = f"no answer within {seconds:g} seconds"
            raise TimeoutError(message)
        return [cast("Connection", key.data) for key, _ in ready]


def _send_next(connection: Connection, left: Iterator[bytes]) -> bool:
    """Send the next request; tell whether there was one."""
    request = next(left, None)
    if request is None:
        return False
    connection.send(request)
    return True


def main() -> None:
    """Load the port given, with so many connections.

    Each run is asked for on standard input, by the lengths of its requests as a JSON array on a line, then the
    requests themselves; what came of it is written as a line of JSON.
    """
    load = Load(int(sys.argv[1]), int(sys.argv[2]))
    for line in iter(sys.stdin.buffer.readline, b""):
        requests = [sys.stdin.buffer.read(length) for length in json.loads(line)]
        print(json.dumps(load.report(requests)), flush=True)


if __name__ == "__main__":
    main()
