"""The aiohttp application of a deployment: GenAuth's own paths, the control plane and the inbox page.

Before its first answer a server needs no call: the command is sooner there without. What answers them is imported with
the first request for one, control calls and GenAuth's own apart.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from genauth_mock.control.guard import guarded, guarded_link, guarded_page
from genauth_mock.control.routes import control_routes
from genauth_mock.http.connections import IDLE_SECONDS
from genauth_mock.server import event_socket
from genauth_mock.server.page import page_routes

if TYPE_CHECKING:
    from collections.abc import Container

    from genauth_mock.runtime.deployment import Deployment

log = logging.getLogger("genauth_mock")

Answers = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def application(deployment: Deployment) -> web.Application:
    """Make the aiohttp application of a deployment, for a test's own server."""
    own_paths = _OwnPaths(deployment)
    _import_all_calls(own_paths)
    return _routed(deployment, own_paths.handle)


async def prepared_runner(deployment: Deployment, *, is_late: bool = False) -> web.AppRunner:
    """Make a deployment's application ready to serve; the caller cleans the runner up.

    Args:
        deployment: What answers.
        is_late: Whether the calls are imported when one is asked for first: a start is sooner. In a user's process they
            are imported now, as a test may stop the time, or take the files away, before it asks.
    """
    own_paths = _OwnPaths(deployment)
    if not is_late:
        _import_all_calls(own_paths)
    runner = web.AppRunner(
        _routed(deployment, own_paths.handle),
        access_log=None,
        logger=_quiet_log(),
        shutdown_timeout=0.1,
        keepalive_timeout=IDLE_SECONDS,
        auto_decompress=False,
    )
    await runner.setup()
    server = runner.server
    if server is None:
        message = "the runner was not set up"
        raise RuntimeError(message)
    deployment.connections.watch(server)
    _answer_calls_first(server, own_paths)
    _answer_below(server, urlsplit(deployment.options.public_url or "").path)
    return runner


def _import_all_calls(own_paths: _OwnPaths) -> None:
    """Import now what is imported with a first request else."""
    import_module("genauth_mock.control.router")
    own_paths.make()


class _OwnPaths:
    """Answers GenAuth's own paths, once their calls are imported: with the first request for one, if not before."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._made: Answers | None = None
        self._called: Container[str] = ()

    def make(self) -> Answers:
        """Import every call, and make what answers them."""
        from genauth_mock.server.at_once import CALLED  # noqa: PLC0415 - a start is sooner without
        from genauth_mock.server.own_paths import OwnPaths  # noqa: PLC0415 - as above

        self._made, self._called = OwnPaths(self._deployment).handle, CALLED
        return self._made

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        return await (self._made or self.make())(request)

    def is_called(self, request: web.BaseRequest) -> bool:
        """Return whether a request is known to be for a call, and asks for nothing that aiohttp does before it."""
        return request.raw_path in self._called and "Expect" not in request.headers


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


def _answer_calls_first(server: web.Server, own_paths: _OwnPaths) -> None:
    """Answer calls of the API without looking for their route: finding it costs as much as answering them."""
    routed = server.request_handler

    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        if own_paths.is_called(request):
            return own_paths.handle(request)
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
