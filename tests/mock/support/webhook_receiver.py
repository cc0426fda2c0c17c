"""A receiver of webhooks on loopback: what it got, and what it answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Takes webhooks over a real socket; answers with the statuses in turn, then with 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.url = ""
        self.came = threading.Condition()
        self.answering = threading.Event()
        self.answering.set()

    @property
    def events(self) -> list[str]:
        return [body["eventName"] for _, _, body in self.got]

    def wait_for(self, count: int) -> None:
        """Wait until so many have come."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.got) >= count, timeout=10), self.events


def _handler(seen: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen.answering.wait(10)
            with seen.came:
                seen.got.append((self.path, headers, json.loads(body)))
                status = seen.statuses.pop(0) if seen.statuses else 200
                seen.came.notify_all()
            self.send_response(status)
            self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Say nothing."""

    return Handler


@contextmanager
def receiving() -> Generator[Receiver]:
    """Give a receiver that listens."""
    seen = Receiver()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(seen)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        seen.url = f"http://127.0.0.1:{server.server_port}/hook"
        yield seen
        seen.answering.set()
        server.shutdown()
        thread.join()
