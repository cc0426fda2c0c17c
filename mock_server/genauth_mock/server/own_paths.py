"""Answers GenAuth's own paths: most requests at once, the others as the server asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.api.envelope import envelope
from genauth_mock.api.routing import is_issuing
from genauth_mock.engine.context import Caller
from genauth_mock.engine.settings import Settings
from genauth_mock.faults.connection import apply_connection_fault
from genauth_mock.http.body import arrived_body, body_of, unpacked
from genauth_mock.http.cors import PATHS, allowing, is_preflight, names_an_app, preflight_reply
from genauth_mock.http.messages import BODY_LIMIT, NO_FAULT, HttpReply, HttpRequest
from genauth_mock.http.writer import UsualReplies, response_of
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.server.at_once import CALLED, NO_QUERY, AtOnce
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from aiohttp import web

    from genauth_mock.runtime.deployment import Deployment


class OwnPaths:
    """Answers requests for GenAuth's own paths."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment, self._connections = deployment, deployment.connections
        self._dispatcher = Dispatcher(deployment)
        self._usual, self._pages = UsualReplies(), _Pages(deployment, self._dispatcher)
        at_once = AtOnce(self._dispatcher, self._usual, self._connections)
        self._connections.answer_at_once = at_once.answer

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request, of which something may be done already."""
        left = self._connections.left
        begun = left.pop(request.protocol, None) if left else None
        if isinstance(begun, Exception):
            raise begun
        reply = begun if isinstance(begun, HttpReply) else await self._answer(request, begun)
        if reply.connection_fault is not NO_FAULT:
            with self._connections.wait_of(request):  # it has taken effect
                return await apply_connection_fault(self._deployment.pauses, request, reply)
        return self._usual.written(reply, request) or response_of(reply)

    async def _answer(self, request: web.BaseRequest, body: object) -> HttpReply:
        """Answer a request, the body of which may have been read."""
        if not isinstance(body, bytes):
            arrived = arrived_body(request.content, BODY_LIMIT)
            if arrived is None:
                body = await body_of(request, BODY_LIMIT)
            else:
                body = unpacked(request.headers, arrived, BODY_LIMIT)
        asked = _asked(request, body)
        try:
            if "Origin" in request.headers and asked.path.startswith(PATHS):
                return await self._pages.answer(asked)
            return await self._dispatcher.answer(asked)
        except StoreUnreachable as error:
            self._deployment.say_unreachable(error)
            return envelope(503, 503, None, str(error))


def _asked(request: web.BaseRequest, body: bytes) -> HttpRequest:
    path, query = request.raw_path, NO_QUERY
    issues = CALLED.get(path)
    if issues is None:
        path, query = request.rel_url.path_safe, request.query
        issues = is_issuing(path)
    base_url = f"{request.scheme}://{request.host}" if issues else ""
    return HttpRequest(request.method, path, query, request.headers, body, base_url)


class _Pages:
    """Answers web pages of other origins."""

    def __init__(self, deployment: Deployment, dispatcher: Dispatcher) -> None:
        self._deployment = deployment
        self._dispatcher = dispatcher

    async def answer(self, asked: HttpRequest) -> HttpReply:
        """Answer a preflight, or the call itself in a way that its page may read."""
        if is_preflight(asked.method, asked.path, asked.headers):
            is_allowed = names_an_app(asked.headers) or await self._may_read(asked)
            return preflight_reply(asked.headers, is_allowed=is_allowed)
        reply = await self._dispatcher.answer(asked)
        if await self._may_read(asked):
            reply.headers = {**reply.headers, **allowing(asked.headers["origin"])}
        return reply

    async def _may_read(self, asked: HttpRequest) -> bool:
        """Return whether a page of the request's origin may read the answer, by the settings of the app."""
        app_id = self._dispatcher.caller(asked).app_id
        settings = await self._deployment.run(Caller(app_id), lambda context: context.settings)
        return not isinstance(settings, Settings) or settings.allows(asked.headers["origin"])
