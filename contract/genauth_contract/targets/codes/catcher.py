"""The source that catches, by HTTP, what an SMS provider of one's own is asked to send."""

from __future__ import annotations

import urllib.parse
from collections.abc import Generator
from contextlib import contextmanager
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread
from typing import Final

import attrs

from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.targets.codes.source import (
    FIRST_TOLD_SECONDS,
    NoPassCode,
    SourceContext,
    must_have_code,
)

_LONGEST_BODY: Final = 65536

_LONGEST_WAIT_SECONDS: Final = 10
"""For the rest of a text that a provider began to send."""


@attrs.frozen
class Catcher:
    """Catches what an SMS provider of one's own is asked to send."""

    bodies: Queue[str] = attrs.field(repr=False)
    context: SourceContext
    port: int

    def forget(self) -> None:
        """Drop what was caught before."""
        while not self.bodies.empty():
            self.bodies.get()

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Wait for a text to this phone."""
        others = 0
        for left in self.context.seconds_left(phone):
            try:
                body = self.bodies.get(timeout=min(left, FIRST_TOLD_SECONDS))
            except Empty:
                continue
            if phone.number in body:
                return must_have_code(body.replace(phone.number, " "), "the text that was caught")
            others += 1
        msg = f"no text to {phone} for {channel} was caught; {others} came that do not name this number"
        raise NoPassCode(msg)


@contextmanager
def catching(port: int, context: SourceContext) -> Generator[Catcher, None, None]:
    """Listen on this machine alone.

    Raises:
        ValueError: The port cannot be listened on.
    """
    bodies: Queue[str] = Queue()
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _catcher(bodies))
    except OSError as error:
        msg = f"--pass-code-from catch:{port}: the port cannot be listened on: {error.strerror}"
        raise ValueError(msg) from error
    context.say(f"catching texts on http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Catcher(bodies, context, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _catcher(bodies: Queue[str]) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        """Keeps what it is sent, in JSON or as a form, and says nothing about it anywhere."""

        timeout = _LONGEST_WAIT_SECONDS

        def do_POST(self) -> None:
            status, length = _judged(self.headers)
            if status is HTTPStatus.OK:
                body = self.rfile.read(length).decode(errors="replace")
                bodies.put(urllib.parse.unquote_plus(body))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Write no log: it would hold a code."""

    return Door


def _judged(headers: Message) -> tuple[HTTPStatus, int]:
    """Return what to answer, and how long the body is; no web page may slip in a code."""
    if "origin" in headers or "sec-fetch-site" in headers:
        return HTTPStatus.FORBIDDEN, 0
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return HTTPStatus.LENGTH_REQUIRED, 0
    if len(length) > len(str(_LONGEST_BODY)) or int(length) > _LONGEST_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, 0
    return HTTPStatus.OK, int(length)
