"""Answers most requests as soon as they have arrived: the server's own task for each takes as long as the answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aiohttp.http import HttpVersion11

from genauth_mock.api.endpoints import CALLS
from genauth_mock.api.routing import is_issuing
from genauth_mock.http.body import arrived_body
from genauth_mock.http.messages import BODY_LIMIT, NO_FAULT, HttpReply, HttpRequest

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from aiohttp import StreamReader, web
    from aiohttp.http import RawRequestMessage

    from genauth_mock.http.connections import Connections
    from genauth_mock.http.writer import UsualReplies
    from genauth_mock.runtime.dispatcher import Dispatcher

NO_QUERY: Final[Mapping[str, str]] = MappingProxyType({})

CALLED: Final = {call.path: is_issuing(call.path) for call in CALLS}
"""The paths that most requests ask for, as they stand in a request, and whether their calls name the issuer."""


class AtOnce:
    """Answers requests that have arrived whole and have to wait for nothing.

    Args:
        dispatcher: Answers.
        usual: Writes usual replies.
        connections: Keeps what is left to the server: the body that was read, the reply that is to be carried in
            another way, or what went wrong.
    """

    def __init__(
        self, dispatcher: Dispatcher, usual: UsualReplies, connections: Connections
    ) -> None:
        self._dispatcher = dispatcher
        self._usual = usual
        self._left = connections.left

    def answer(
        self, handler: web.RequestHandler, message: RawRequestMessage, payload: StreamReader
    ) -> bool:
        """Answer a request and write the answer; return whether that is done."""
        transport = handler.transport
        if transport is None or not _is_usual(message) or transport.get_write_buffer_size():
            return False
        body = arrived_body(payload, BODY_LIMIT)
        if body is None:
            return False
        request = HttpRequest(message.method, message.path, NO_QUERY, message.headers, body)
        try:
            reply = self._dispatcher.answer_at_once(request)
        except Exception as error:  # noqa: BLE001 - the server raises it again, where it is logged and answered
            self._left[handler] = error
            return False
        return self._is_written(handler, transport, reply, body)

    def _is_written(
        self,
        handler: web.RequestHandler,
        transport: asyncio.Transport,
        reply: HttpReply | None,
        body: bytes,
    ) -> bool:
        if reply is None:
            self._left[handler] = body
            return False
        if reply.connection_fault is not NO_FAULT or not self._usual.is_usual(reply):
            self._left[handler] = reply
            return False
        self._usual.write(reply, transport)
        return True


def _is_usual(message: RawRequestMessage) -> bool:
    """Return whether a request asks for nothing that the server has to do around the answer."""
    headers = message.headers
    return (
        CALLED.get(message.path) is False
        and message.method != "HEAD"
        and message.version == HttpVersion11
        and not (message.should_close or message.upgrade)
        and "Content-Encoding" not in headers
        and "Expect" not in headers
        and "Origin" not in headers
    )
