"""Listens on a WebSocket: connects with the user's token, yields texts, and says how it ended."""

from collections.abc import AsyncGenerator
from typing import Final

import aiohttp

from aiogenauth.errors import (
    GenAuthError,
    NotDelivered,
    NotSignedIn,
    PermissionDenied,
    ReadOutcomeUnknown,
    UnexpectedAnswer,
)
from aiogenauth.protocol import Call
from aiogenauth.redaction import Sealed, Secret
from aiogenauth.sending.executor import CallExecutor
from aiogenauth.sending.tokens import TokenSource, no_token
from aiogenauth.transports.aiohttp import AiohttpTransport

HEARTBEAT: Final = 30.0
"""Seconds between two pings, by which a dead connection is noticed. Source: ours."""

_REFUSALS: Final = {401: NotSignedIn, 403: PermissionDenied}


async def listen(executor: CallExecutor, call: Call[object]) -> AsyncGenerator[str]:
    """Yield what comes over a WebSocket, until the server closes it.

    The token travels in the URL, as the official SDK sends it; no error shows it.

    Args:
        executor: Whose user and connections.
        call: A GET, on the host for events.

    Raises:
        NotSignedIn: There is no access token, or the server refuses it.
        NotDelivered: There is no connection.
        ReadOutcomeUnknown: The connection broke.
    """
    query = Sealed[str]({**(call.query or {}), "token": await _token(executor, call)})
    url = executor.settings.websocket_host + call.endpoint.path
    own = None if isinstance(executor.transport, AiohttpTransport) else AiohttpTransport()
    transport = own or executor.transport
    assert isinstance(transport, AiohttpTransport)  # noqa: S101 - tells the checkers
    try:
        socket = await _connected(transport, url, query, executor.options.timeout)
        async with socket:
            async for message in socket:
                if message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
                    yield _text(message.data)
        if socket.close_code != aiohttp.WSCloseCode.OK:
            text = f"{call.endpoint.name}: the connection broke; events may have been missed"
            raise ReadOutcomeUnknown(text).with_facts(endpoint=call.endpoint.path, phase="body")
    finally:
        if own is not None:
            await own.aclose()


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode(errors="replace")


async def _token(executor: CallExecutor, call: Call[object]) -> Secret:
    source = executor.tokens
    if source is None:
        raise no_token(call)
    return await source.token() if isinstance(source, TokenSource) else source


async def _connected(
    transport: AiohttpTransport, url: str, query: Sealed[str], seconds: float
) -> aiohttp.ClientWebSocketResponse:
    """Connect; what aiohttp raises shows the URL with the token, so it is not chained."""
    try:
        return await transport.connect(url, query, seconds, HEARTBEAT)
    except aiohttp.WSServerHandshakeError as exc:
        status = exc.status
        error: type[GenAuthError] = _REFUSALS.get(status, UnexpectedAnswer)
        failure = error(f"{url} refused to be listened to: HTTP {status}")
        failure = failure.with_facts(http_status=status)
    except GenAuthError:  # a client that is closed, or a proxy that cannot be used
        raise
    except Exception as exc:  # noqa: BLE001 - nobody can list what may come out of here
        failure = NotDelivered(f"{url} cannot be reached: {type(exc).__name__}")
        failure = failure.with_facts(phase="connect")
    raise failure.with_facts(endpoint=url)
