"""Replies that nothing befell, as aiohttp's responses; most are written at once."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Final

from aiohttp import web
from aiohttp.http import SERVER_SOFTWARE, HttpVersion11
from multidict import CIMultiDict

from genauth_mock.carried import JSON
from genauth_mock.clock import real_time

if TYPE_CHECKING:
    from genauth_mock.carried import HttpReply

_JSON_ALONE: Final = CIMultiDict({"Content-Type": JSON})

_OK: Final = 200


def response_of(reply: HttpReply) -> web.Response:
    """Make the response of a reply."""
    headers = _JSON_ALONE
    if reply.headers or reply.content_type is not JSON:
        headers = CIMultiDict({"Content-Type": reply.content_type, **reply.headers})
    return web.Response(status=reply.status, body=reply.body, headers=headers)


def written(reply: HttpReply, request: web.BaseRequest) -> web.StreamResponse | None:
    """Write a usual reply in one piece, the same bytes as `response_of` makes, for a fifth of the time.

    That is as much time as finding out what to reply takes.

    Returns:
        What tells aiohttp that nothing is left to write; None where the reply, the request or the connection is not
        usual: aiohttp knows what to do then.
    """
    transport = request.transport
    is_usual = (
        reply.status == _OK
        and not reply.headers
        and reply.content_type is JSON
        and request.method != "HEAD"
        and request.version == HttpVersion11
        and request.keep_alive
    )
    if not is_usual or transport is None or transport.get_write_buffer_size():
        return None
    transport.write(_heads.next_one(len(reply.body)) + reply.body)
    return _WRITTEN


class _Written(web.StreamResponse):
    """Stands for a reply that is written already; the connection stays open."""

    @property
    def keep_alive(self) -> bool:
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Write nothing."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Write nothing."""


_WRITTEN: Final = _Written()


class _Heads:
    """The head of a usual reply; its date is written anew each second."""

    def __init__(self) -> None:
        self._second = 0
        self._before = self._after = b""

    def next_one(self, length: int) -> bytes:
        """Give the head of a reply with a body of so many bytes."""
        second = int(real_time())
        if second != self._second:
            self._second = second
            self._before = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: ".encode()
            self._after = (
                f"\r\nDate: {formatdate(second, usegmt=True)}\r\nServer: {SERVER_SOFTWARE}\r\n\r\n"
            ).encode()
        return b"%b%d%b" % (self._before, length, self._after)


_heads: Final = _Heads()
