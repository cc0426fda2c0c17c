"""The aiohttp application of a deployment: GenAuth's own paths, the control plane and the inbox page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from genauth_mock.api.envelope import envelope
from genauth_mock.api.routing import BODY_LIMIT, is_issuing
from genauth_mock.control.guard import guarded, guarded_link, guarded_page
from genauth_mock.control.routes import control_routes
from genauth_mock.engine.context import Caller
from genauth_mock.engine.settings import Settings
from genauth_mock.faults.connection import apply_connection_fault
from genauth_mock.http.body import arrived_body, body_of
from genauth_mock.http.connections import IDLE_SECONDS
from genauth_mock.http.cors import PATHS, allowing, is_preflight, names_an_app, preflight_reply
from genauth_mock.http.messages import NO_FAULT, HttpReply, HttpRequest
from genauth_mock.http.writer import UsualReplies, response_of
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.server import event_socket
from genauth_mock.server.at_once import CALLED, NO_QUERY, AtOnce
from genauth_mock.server.page import page_routes
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from genauth_mock.runtime.deployment import Deployment

log = logging.getLogger("genauth_mock")

Answers = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def application(deployment: Deployment) -> web.Application:
    """Make the aiohttp application of a deployment."""
    return _routed(deployment, _Api(deployment).handle)


async def prepared_runner(deployment: Deployment) -> web.AppRunner:
    """Make a deployment's application ready to serve; the caller cleans the runner up."""
    api_handler = _Api(deployment).handle
    runner = web.AppRunner(
        _routed(deployment, api_handler),
        access_log=None,
        logger=_quiet_log(),
        shutdown_timeout=0.1,
        keepalive_timeout=IDLE_SECONDS,
    )
    await runner.setup()
    server = runner.server
    if server is None:
        message = "the runner was not set up"
        raise RuntimeError(message)
    deployment.connections.watch(server)
    _answer_calls_first(server, api_handler)
    _answer_below(server, urlsplit(deployment.options.public_url or "").path)
    return runner


def _routed(deployment: Deployment, api_handler: Answers) -> web.Application:
    app = web.Application()
    page, parts = page_routes()
    app.add_routes(guarded_link(deployment, [page]))
    app.add_routes(guarded_page(deployment, [parts]))
    app.add_routes(guarded(deployment, control_routes(deployment)))
    app.router.add_get(event_socket.PATH, event_socket.event_socket(deployment))
    app.router.add_route("*", "/{path:(?s:.*)}", api_handler)

    async def send_readers_away(_: web.Application) -> None:
        deployment.events.close()

    app.on_shutdown.append(send_readers_away)
    return app


def _answer_calls_first(server: web.Server, api_handler: Answers) -> None:
    """Answer calls of the API without looking for their route: finding it costs as much as answering them."""
    routed = server.request_handler

    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        if request.raw_path in CALLED and "Expect" not in request.headers:
            return api_handler(request)
        return routed(request)

    server.request_handler = handle


def _answer_below(server: web.Server, prefix: str) -> None:
    """Answer below a path, too: a proxy may forward it, or take it away."""
    if not prefix:
        return
    bare = server.request_handler

    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        if request.raw_path == prefix:
            return _sent_on(f"{prefix}/")  # the addresses in the page are relative to it
        if request.raw_path.startswith(f"{prefix}/"):
            request = request.clone(rel_url=request.raw_path.removeprefix(prefix))
        return bare(request)

    server.request_handler = handle


async def _sent_on(path: str) -> web.StreamResponse:
    return web.Response(status=308, headers={"Location": path})


class _Api:
    """Answers GenAuth's own paths: most requests at once, the others as the server asks for it."""

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
            body = arrived_body(request.content, BODY_LIMIT)
        if body is None:
            body = await body_of(request, BODY_LIMIT)
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
        path, query = request.path, request.query
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


def _quiet_log() -> logging.Logger:
    log = logging.getLogger("genauth_mock.http")
    log.addFilter(_in_one_line)
    return log


def _in_one_line(record: logging.LogRecord) -> bool:
    """Log in one line that a caller sent something other than HTTP; stack traces are for our own failures."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError | web.RequestPayloadError):
        record.exc_info = None
        record.msg, record.args = "a caller sent what is not HTTP: %s", (type(error).__name__,)
    return True
