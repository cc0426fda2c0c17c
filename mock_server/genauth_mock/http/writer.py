"""Writes replies without a fault as aiohttp's responses, most of them in one piece."""

from __future__ import annotations

import asyncio
from asyncio import sleep  # by name: a test may put something of its own in its place
from email.utils import formatdate
from typing import TYPE_CHECKING, Final

from aiohttp import hdrs, web
from aiohttp.http import SERVER_SOFTWARE, HttpVersion11
from multidict import CIMultiDict

from genauth_mock.engine.clock import real_time
from genauth_mock.http.messages import JSON

if TYPE_CHECKING:
    from genauth_mock.http.messages import HttpReply

_OK: Final = 200

MOST_WAITING: Final = 64
"""How many replies wait for others at most: the first of a long turn should not be kept waiting for its end."""


def response_of(reply: HttpReply) -> web.Response:
    """Make the response of a reply."""
    return web.Response(status=reply.status, body=reply.body, headers=headers_of(reply))


def headers_of(reply: HttpReply) -> CIMultiDict[str]:
    """Make the headers of a reply, dated: aiohttp would look at `time.time`, which a test may have replaced."""
    return CIMultiDict({hdrs.DATE: http_date(), **reply.every_header})


def http_date() -> str:
    """Write the time that this process sees as a header has it."""
    return formatdate(int(real_time()), usegmt=True)


class UsualReplies:
    """Writes usual replies in one piece: the same bytes as `response_of` makes, for a fifth of the time.

    Where several requests are answered in one pass of the event loop, the first reply is written at once and the others
    together, once all are answered: each visit to the kernel drives what answering needs out of the processor's caches.
    With 32 connections that is worth a tenth of the server's time. One of these serves one event loop.
    """

    def __init__(self) -> None:
        self._heads = _Heads()
        self._is_first = True
        self._waiting: list[tuple[asyncio.Transport, bytes]] = []

    def written(self, reply: HttpReply, request: web.BaseRequest) -> web.StreamResponse | None:
        """Write a reply, or queue it with the others of this pass of the event loop.

        Returns:
            What tells aiohttp when nothing is left to write; None where the reply, the request or the connection is not
            usual: aiohttp knows what to do then.
        """
        transport = request.transport
        is_usual = (
            self.is_usual(reply)
            and request.method != "HEAD"
            and request.version == HttpVersion11
            and request.keep_alive
        )
        if not is_usual or transport is None or transport.get_write_buffer_size():
            return None
        return _WRITTEN if self.write(reply, transport) else _WAITING

    def is_usual(self, reply: HttpReply) -> bool:
        """Return whether a reply has the usual head."""
        return (
            reply.status == _OK
            and not reply.headers
            and bool(reply.request_id)
            and reply.content_type is JSON
        )

    def write(self, reply: HttpReply, transport: asyncio.Transport) -> bool:
        """Write a usual reply to a transport that has nothing to write; return whether that is done already."""
        piece = self._heads.next_one(reply.request_id, len(reply.body)) + reply.body
        if self._is_first:
            self._is_first = False
            asyncio.get_running_loop().call_soon(self._end_turn)
            transport.write(piece)
            return True
        self._waiting.append((transport, piece))
        if len(self._waiting) >= MOST_WAITING:
            self._write()
        return False

    def _end_turn(self) -> None:
        self._is_first = True
        self._write()

    def _write(self) -> None:
        for transport, piece in self._waiting:
            if not transport.is_closing():
                transport.write(piece)
        self._waiting.clear()


class _Written(web.StreamResponse):
    """Stands for a reply that is written already; the connection stays open."""

    @property
    def keep_alive(self) -> bool:
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Write nothing."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Write nothing."""


class _Waiting(_Written):
    """Stands for a reply that waits. Its request is under way until it is written, to aiohttp and to a shutdown."""

    async def write_eof(self, data: bytes = b"") -> None:  # noqa: ARG002 - aiohttp's name for it
        """Return once the replies are written: callbacks of the loop run in order."""
        await sleep(0)


_WRITTEN: Final = _Written()
_WAITING: Final = _Waiting()


class _Heads:
    """The head of a usual reply; its date is written anew each second."""

    def __init__(self) -> None:
        self._second = 0
        self._before = self._after = b""

    def next_one(self, request_id: bytes, length: int) -> bytes:
        """Return the head of a reply with a body of ``length`` bytes."""
        second = int(real_time())
        if second != self._second:
            self._second = second
            self._before = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nX-Request-Id: ".encode()
            self._after = (
                f"\r\nDate: {formatdate(second, usegmt=True)}\r\nServer: {SERVER_SOFTWARE}\r\n\r\n"
            ).encode()
        return b"%b%b\r\nContent-Length: %d%b" % (
            self._before,
            request_id,
            length,
            self._after,
        )
