"""The offline GenAuth behind HTTP: wiring, and ways to run it."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from attrs import frozen

from genauth_mock.bodies import arrived_body, body_of
from genauth_mock.calls.table import CALLS, ISSUING
from genauth_mock.carried import PROMPT, HttpRequest
from genauth_mock.control.guarding import guarded, guarded_page
from genauth_mock.control.routes import control_routes
from genauth_mock.deployment import Deployment, Options
from genauth_mock.envelope import envelope
from genauth_mock.faults.striking import struck
from genauth_mock.front import BODY_LIMIT, FrontDoor
from genauth_mock.page import page_routes
from genauth_mock.replying import UsualReplies, response_of
from genauth_mock.store import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Mapping

log = logging.getLogger("genauth_mock")

_NO_QUERY: Final[Mapping[str, str]] = MappingProxyType({})

_CALLED: Final = frozenset(call.path for call in CALLS)
"""The paths that most requests ask for, as they stand in a request."""

Answers = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

BACKLOG: Final = 1024
"""How many connections may wait to be accepted."""


@frozen
class Running:
    """A server that answers.

    Attributes:
        url: Where it answers, without a trailing slash.
    """

    url: str
    deployment: Deployment


def application(deployment: Deployment) -> web.Application:
    """Make the aiohttp application of a deployment."""
    return _routed(deployment, _front_door(deployment))


def _routed(deployment: Deployment, front_door: Answers) -> web.Application:
    app = web.Application()
    app.add_routes(guarded_page(deployment, page_routes()))
    app.add_routes(guarded(deployment, control_routes(deployment)))
    app.router.add_route("*", "/{path:.*}", front_door)

    async def send_readers_away(_: web.Application) -> None:
        deployment.events.close()

    app.on_shutdown.append(send_readers_away)
    return app


@asynccontextmanager
async def running(
    options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncGenerator[Running]:
    """Serve in the running event loop.

    Args:
        options: How the deployment is set up.
        host: The address to listen on.
        port: The port to listen on; 0 picks a free one.

    Raises:
        OSError: The port is taken.
    """
    deployment = Deployment(options)
    with listening(host, port) as listener:
        async with serving_on(deployment, listener) as server:
            yield server


def listening(host: str, port: int) -> socket.socket:
    """Make a socket that listens; where a name has several addresses, on the IPv4 one.

    Raises:
        OSError: The address cannot be listened on.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    return socket.create_server(
        (address[0], port),
        family=family,
        backlog=BACKLOG,
        dualstack_ipv6=host == "::" and socket.has_dualstack_ipv6(),
    )


@asynccontextmanager
async def serving_on(deployment: Deployment, listener: socket.socket) -> AsyncGenerator[Running]:
    """Serve a deployment in the running event loop, and close it afterwards.

    Args:
        deployment: What answers.
        listener: A socket that listens already.
    """
    front_door = _front_door(deployment)
    runner = web.AppRunner(
        _routed(deployment, front_door), access_log=None, logger=_quiet_log(), shutdown_timeout=0.1
    )
    await runner.setup()
    _answer_calls_first(runner, front_door)
    try:
        await web.SockSite(runner, listener).start()
        host, port = listener.getsockname()[:2]
        yield Running(f"http://{_bracketed(host)}:{port}", deployment)
    finally:
        await runner.cleanup()
        await deployment.close()


@contextmanager
def running_in_thread(
    options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> Generator[Running]:
    """Serve in a thread of its own, for callers without an event loop.

    Raises:
        OSError: The port is taken.
        ValueError: ``options.store`` names nothing, or what is not installed.
    """
    deployment = Deployment(options)
    with listening(host, port) as listener:
        thread = _ServerThread(deployment, listener)
        thread.start()
        try:
            yield thread.wait_until_running()
        finally:
            thread.stop()


class _ServerThread(threading.Thread):
    def __init__(self, deployment: Deployment, listener: socket.socket) -> None:
        super().__init__(name="genauth-mock", daemon=True)
        self._deployment = deployment
        self._listener = listener
        self._running: Running | None = None
        self._started_or_failed = threading.Event()

    def run(self) -> None:
        """Serve until stopped."""
        asyncio.run(self._serve())

    def wait_until_running(self) -> Running:
        """Wait until the server answers."""
        self._started_or_failed.wait()
        if self._running is None:
            message = "the server ended before it answered"
            raise RuntimeError(message)
        return self._running

    def stop(self) -> None:
        """Stop serving and wait until it has."""
        if self._running is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)
        self.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        try:
            async with serving_on(self._deployment, self._listener) as server:
                self._running = server
                self._started_or_failed.set()
                await self._stopped.wait()
        finally:
            self._started_or_failed.set()


def _answer_calls_first(runner: web.AppRunner, front_door: Answers) -> None:
    """Answer calls of the API without looking for their route: finding it costs as much as answering them."""
    server = runner.server
    if server is None:
        message = "the runner was not set up"
        raise RuntimeError(message)
    routed = server.request_handler

    def handle(request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        if request.raw_path in _CALLED and "Expect" not in request.headers:
            return front_door(request)
        return routed(request)

    server.request_handler = handle


def _front_door(deployment: Deployment) -> Answers:
    front = FrontDoor(deployment)
    usual = UsualReplies()

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        body = arrived_body(request, BODY_LIMIT)
        if body is None:
            body = await body_of(request, BODY_LIMIT)
        path, query = request.raw_path, _NO_QUERY
        if path not in _CALLED:
            path, query = request.path, request.query
        base_url = f"{request.scheme}://{request.host}" if path in ISSUING else ""
        asked = HttpRequest(request.method, path, query, request.headers, body, base_url)
        try:
            reply = await front.answer(asked)
        except StoreUnreachable as error:
            log.error("%s", error)  # noqa: TRY400 - Redis is gone, which no stack trace explains
            reply = envelope(503, 503, None, str(error))
        if reply.conduct is not PROMPT:
            return await struck(deployment.pauses, request, reply)
        return usual.written(reply, request) or response_of(reply)

    return handle


def _quiet_log() -> logging.Logger:
    log = logging.getLogger("genauth_mock.http")
    log.addFilter(_in_one_line)
    return log


def _in_one_line(record: logging.LogRecord) -> bool:
    """Say in one line that a caller sent no HTTP; a stack trace is for our own failures."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError | web.RequestPayloadError):
        record.exc_info = None
        record.msg, record.args = "a caller sent what is not HTTP: %s", (type(error).__name__,)
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
