"""A load that costs less than the server: prepared requests over raw sockets, from a process of its own."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections import deque
from pathlib import Path
from typing import cast

try:
    from uvloop import new_event_loop
except ModuleNotFoundError:
    from asyncio import new_event_loop

END_OF_HEAD = b"\r\n\r\n"
END_OF_CHUNKS = b"\r\n0\r\n\r\n"
SUCCESSES = (b'"statusCode":200', b'"statusCode": 200')


class Connection(asyncio.Protocol):
    """Sends one request after the other, as soon as each is answered; anew where the server closes after each."""

    def __init__(self, port: int, requests: deque[bytes], results: Results) -> None:
        self._port = port
        self._requests = requests
        self._results = results
        self._received = b""
        self._sent_at = 0.0
        self._is_answered = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by name
        self._send()

    def data_received(self, data: bytes) -> None:
        """Count a whole answer, and go on."""
        received = self._received = self._received + data
        head = received.find(END_OF_HEAD)
        if head < 0 or not _is_whole(received, head):
            return
        self._results.count(time.perf_counter() - self._sent_at, received)
        self._received, self._is_answered = b"", True
        if received.startswith(b"HTTP/1.0") or received.find(b"onnection: close", 0, head) > 0:
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Come back where requests are left, else end."""
        if self._requests and self._is_answered and exc is None:
            loop = asyncio.get_running_loop()
            again = loop.create_connection(lambda: self, "127.0.0.1", self._port)
            self._coming_back = loop.create_task(again)
        else:
            self._results.end()

    def _send(self) -> None:
        if not self._requests:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._is_answered = False
        self._transport.write(self._requests.popleft())


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


class Results:
    """What came back."""

    def __init__(self, connections: int) -> None:
        self._latencies: list[float] = []
        self._succeeded = 0
        self._open = connections
        self.ended = asyncio.Event()

    def count(self, seconds: float, answer: bytes) -> None:
        """Count an answer."""
        self._latencies.append(seconds)
        self._succeeded += answer.startswith(b"HTTP/1.1 200") and any(
            success in answer for success in SUCCESSES
        )

    def end(self) -> None:
        """Count a connection that ended."""
        self._open -= 1
        if self._open == 0:
            self.ended.set()

    def report(self, seconds: float) -> dict[str, float]:
        """Sum up."""
        centiles = statistics.quantiles(self._latencies, n=100)
        return {
            "requests_per_second": len(self._latencies) / seconds,
            "answered": len(self._latencies),
            "succeeded": self._succeeded,
            "p50_ms": centiles[49] * 1000,
            "p99_ms": centiles[98] * 1000,
        }


async def load(port: int, connections: int, requests: deque[bytes]) -> dict[str, float]:
    """Send every request once, as fast as it is answered."""
    results = Results(connections)
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    for _ in range(connections):
        await loop.create_connection(lambda: Connection(port, requests, results), "127.0.0.1", port)
    await results.ended.wait()
    return results.report(time.perf_counter() - began)


def main() -> None:
    """Load the port given with the requests of a file: their lengths on the first line, then they themselves."""
    port, connections, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    lengths, _, content = file.read_bytes().partition(b"\n")
    requests: deque[bytes] = deque()
    at = 0
    for length in json.loads(lengths):
        requests.append(content[at : at + length])
        at += length
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        print(json.dumps(runner.run(load(port, connections, requests))))


if __name__ == "__main__":
    main()
