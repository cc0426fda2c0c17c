"""The WebSocket by which a user's events are listened for: ``/events/v1/authentication/sub``.

Source: official SDKs, sub_event: code and access token come in the query. That a listener hears what concerns the user
of the token, and nothing else, is assumed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import web

from genauth_mock.activity.events import USER_EVENT, Reader
from genauth_mock.api.oidc_clients import audience_of
from genauth_mock.engine.context import Caller
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.user_events import UserEvent
from genauth_mock.http.writer import response_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from genauth_mock.runtime.deployment import Deployment

PATH: Final = "/events/v1/authentication/sub"

HEARTBEAT_SECONDS: Final = 30.0
"""How often a listener is pinged, so that one that is gone is noticed. Source: ours."""

_STATUSES: Final = {Outcome.INVALID_ARGUMENT: 400, Outcome.USER_SUSPENDED: 403}
"""The HTTP status of a refusal, which a client of WebSockets sees alone; of all others 401. Source: assumed."""


def event_socket(deployment: Deployment) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return what answers those who want to listen."""

    async def handle(request: web.Request) -> web.StreamResponse:
        code, token = request.query.get("code", ""), request.query.get("token", "")
        app_id = audience_of(token) or request.query.get("appId") or deployment.options.app_id
        user_id = await _listener(deployment, Caller(app_id, token), code)
        if isinstance(user_id, Refusal):
            return _refused(deployment, user_id)
        reader = Reader(app_id, frozenset({USER_EVENT}))
        await deployment.events.listen(reader)  # before the handshake: nothing after it is missed
        try:
            return await _play(request, reader, code, user_id)
        finally:
            deployment.events.leave(reader)

    return handle


async def _listener(deployment: Deployment, caller: Caller, code: str) -> str | Refusal:
    if not code:
        return Refusal(Outcome.INVALID_ARGUMENT, "code should not be empty")
    return await deployment.run(caller, lambda context: context.signed_in_user().user_id)


def _refused(deployment: Deployment, refusal: Refusal) -> web.StreamResponse:
    profile = deployment.apps.settings.profile
    envelopes, language = deployment.answers.under(profile), deployment.options.language
    reply = envelopes.of(refusal.outcome, language, detail=refusal.detail)
    reply.status = _STATUSES.get(refusal.outcome, 401)
    return response_of(reply)


async def _play(
    request: web.Request, reader: Reader, code: str, user_id: str
) -> web.WebSocketResponse:
    """Send a listener what it wants, until it leaves or the server stops."""
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, compress=False)
    await socket.prepare(request)
    leaving = asyncio.create_task(_wait_until_gone(socket, reader))
    try:
        while not reader.closed:
            for event in await reader.next_events(HEARTBEAT_SECONDS):
                told = event.what
                if isinstance(told, UserEvent) and (told.code, told.user_id) == (code, user_id):
                    await socket.send_str(told.text)
    except ConnectionResetError:
        pass  # the listener left, which is how it ends
    finally:
        leaving.cancel()
        await socket.close()
    return socket


async def _wait_until_gone(socket: web.WebSocketResponse, reader: Reader) -> None:
    async for _ in socket:
        pass  # what a listener sends has no meaning
    reader.close()
