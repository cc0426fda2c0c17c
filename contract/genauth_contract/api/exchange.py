"""One exchange with a target, within bounds that the target cannot move: of size, and of time to its last byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from types import TracebackType
from typing import Final, Protocol, Self, cast
from weakref import WeakKeyDictionary, WeakSet

import attrs
import httpx

from genauth_contract.outcomes.hiding import printable

TIMEOUT_SECONDS: Final = 30.0
"""How long one reply may take."""

LONGEST_BODY: Final = 4 * 1024 * 1024
"""Bytes of a body that are read. Source: ours; no answer of the API comes near it."""

LEAST_SECONDS: Final = 0.1
"""How long a reply may take where no time is left: it is broken off then, and said so."""

_CONNECTED: Final = ("connect_tcp.complete", "start_tls.complete")


class TooMuch(Exception):
    """The answer is larger, or takes longer, than an answer may."""


@attrs.frozen
class Exchanged:
    """What came back.

    Attributes:
        status: The HTTP status.
        headers: By lower-case names.
        body: As it came.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    def content(self) -> object:
        """Return the body as the JSON that it is, else as text."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return self.body.decode("utf-8", "backslashreplace")


def exchanged(
    client: httpx.Client, request: httpx.Request, seconds: float = TIMEOUT_SECONDS
) -> Exchanged:
    """Send a request and read the whole answer.

    Raises:
        TooMuch: It is too large, takes too long, or is encoded though nobody asked for that.
        httpx.HTTPError: There is none.
    """
    request.headers["accept-encoding"] = "identity"
    with _Deadline(client, max(seconds, LEAST_SECONDS)) as deadline:
        request.extensions["trace"] = deadline.note
        response = client.send(request, stream=True)
        with closing(response):
            body = _read(response)
    return Exchanged(response.status_code, dict(response.headers), body)


def _read(response: httpx.Response) -> bytes:
    encoding = response.headers.get("content-encoding", "identity")
    if encoding != "identity":
        msg = f"the answer is encoded as {printable(encoding)[:40]!r}, which was not asked for"
        raise TooMuch(msg)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > LONGEST_BODY:
            msg = f"the answer is longer than {LONGEST_BODY} bytes"
            raise TooMuch(msg)
    return bytes(body)


class _Stream(Protocol):
    def get_extra_info(self, info: str) -> object: ...


_SOCKETS: Final = WeakKeyDictionary[httpx.Client, WeakSet[socket.socket]]()
"""The connections of each client, which keeps them for the next request."""


class _Deadline:
    """Ends an exchange that takes too long, wherever it is.

    httpx limits the time of each read only: a target that sends a byte now and then, or one answer of 100 after the
    other, holds it for ever. So the connections are shut down, from a thread of its own.
    """

    def __init__(self, client: httpx.Client, seconds: float) -> None:
        self._sockets = _SOCKETS.setdefault(client, WeakSet())
        self._seconds = seconds
        self._is_over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def note(self, event: str, facts: Mapping[str, object]) -> None:
        """Note a new connection; the client tells what it does."""
        if event.endswith(_CONNECTED):
            made = cast("_Stream", facts["return_value"]).get_extra_info("socket")
            if isinstance(made, socket.socket):
                self._sockets.add(made)
            if self._is_over:
                self._end()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say that the time is over where it is: what that looked like to the client does not matter.

        Raises:
            TooMuch: It is.
        """
        self._timer.cancel()
        if self._is_over and (error is None or isinstance(error, Exception)):
            msg = f"the answer took longer than {self._seconds:.0f} s"
            raise TooMuch(msg) from None

    def _end(self) -> None:
        self._is_over = True
        for each in list(self._sockets):
            with suppress(OSError):  # closed already
                socket.socket.shutdown(
                    each, socket.SHUT_RDWR
                )  # that of TLS would first break what reads
