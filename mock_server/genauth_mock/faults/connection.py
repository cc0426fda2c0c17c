"""Replies on a socket: what a fault does to the connection is done here."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from aiohttp import web

from genauth_mock.http.messages import Ending
from genauth_mock.http.writer import headers_of, response_of

if TYPE_CHECKING:
    from genauth_mock.faults.pauses import Pauses
    from genauth_mock.http.messages import HttpReply

PIECES: Final = 20
"""In how many pieces a trickle comes at most."""

NO_LINGERING: Final = struct.pack("ii", 1, 0)
"""For SO_LINGER: closing the socket resets the connection."""


async def apply_connection_fault(
    pauses: Pauses, request: web.BaseRequest, reply: HttpReply
) -> web.StreamResponse:
    """Send a response with the fault of its connection.

    Args:
        pauses: Waits that a reset ends.
        request: Whose connection it is.
        reply: The response.
    """
    connection_fault = reply.connection_fault
    if connection_fault.delay_seconds:
        await pauses.wait(connection_fault.app_id, connection_fault.delay_seconds)
    match connection_fault.ending:
        case Ending.RESET:
            _reset(request)
        case Ending.DROP:
            _close(request)
        case Ending.CUT:
            return await _cut(request, reply)
        case Ending.TRICKLE:
            return await _trickle(pauses, request, reply)
        case Ending.WHOLE:
            pass
    return response_of(reply)


def _reset(request: web.BaseRequest) -> None:
    transport = request.transport
    if transport is None:
        return
    peer: socket.socket = transport.get_extra_info("socket")
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGERING)
    transport.abort()


def _close(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.close()


async def _cut(request: web.BaseRequest, reply: HttpReply) -> web.StreamResponse:
    response = await _begun(request, reply)
    with suppress(ConnectionResetError):  # the client left first
        await response.write(reply.body[: reply.connection_fault.cut_after_bytes])
    _close(request)
    return response


async def _trickle(
    pauses: Pauses, request: web.BaseRequest, reply: HttpReply
) -> web.StreamResponse:
    """Send the body in pieces; after a reset the rest comes at once."""
    response = await _begun(request, reply)
    body, connection_fault = reply.body, reply.connection_fault
    size = max(1, -(-len(body) // PIECES))
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    interval = connection_fault.over_seconds / max(1, len(pieces) - 1)
    with suppress(ConnectionResetError):  # the client did not wait for the end
        for number, piece in enumerate(pieces):
            if number and await pauses.wait(connection_fault.app_id, interval):
                await response.write(b"".join(pieces[number:]))
                break
            await response.write(piece)
    return response


async def _begun(request: web.BaseRequest, reply: HttpReply) -> web.StreamResponse:
    """Send the head, which promises the whole body."""
    response = web.StreamResponse(status=reply.status, headers=headers_of(reply))
    response.content_length = len(reply.body)
    await response.prepare(request)
    return response
