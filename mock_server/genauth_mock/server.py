"""The offline GenAuth behind HTTP: wiring, and ways to run it."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from contextlib import asynccontextmanager, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from attrs import frozen

from genauth_mock.bodies import body_of
from genauth_mock.calls.table import CALLS
from genauth_mock.carried import PROMPT, HttpRequest
from genauth_mock.control.guarding import guarded, guarded_page
from genauth_mock.control.routes import control_routes
from genauth_mock.deployment import Deployment, Options
from genauth_mock.envelope import envelope
from genauth_mock.faults.striking import response_of, struck
from genauth_mock.front import BODY_LIMIT, FrontDoor
from genauth_mock.page import page_routes
from genauth_mock.store import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping

log = logging.getLogger("genauth_mock")

_NO_QUERY: Final[Mapping[str, str]] = MappingProxyType({})

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
    app = web.Application()
    app.add_routes(guarded_page(deployment, page_routes()))
    app.add_routes(guarded(deployment, control_routes(deployment)))
    front_door = _front_door(deployment)
    for call in CALLS:  # found by their path at once; everything else is compared with patterns, one after the other
        app.router.add_route("*", call.path, front_door)
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
    runner = web.AppRunner(
        application(deployment), access_log=None, logger=_quiet_log(), shutdown_timeout=0.1
    )
    await runner.setup()
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
    """
    thread = _ServerThread(options, host, port)
    thread.start()
    try:
        yield thread.wait_until_running()
    finally:
        thread.stop()


class _ServerThread(threading.Thread):
    def __init__(self, options: Options | None, host: str, port: int) -> None:
        super().__init__(name="genauth-mock", daemon=True)
        self._options, self._host, self._port = options, host, port
        self._running: Running | None = None
        self._failure: OSError | None = None
        self._started_or_failed = threading.Event()

    def run(self) -> None:
        """Serve until stopped."""
        asyncio.run(self._serve())

    def wait_until_running(self) -> Running:
        """Wait until the server answers."""
        self._started_or_failed.wait()
        if self._running is None:
            raise self._failure or RuntimeError
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
            async with running(self._options, host=self._host, port=self._port) as server:
                self._running = server
                self._started_or_failed.set()
                await self._stopped.wait()
        except OSError as error:
            self._failure = error
        finally:
            self._started_or_failed.set()


def _front_door(
    deployment: Deployment,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    front = FrontDoor(deployment)

    async def handle(request: web.Request) -> web.StreamResponse:
        body = await body_of(request, BODY_LIMIT) if request.body_exists else b""
        asked = HttpRequest(
            request.method,
            request.path,
            request.query if "?" in request.raw_path else _NO_QUERY,
            request.headers,
            body,
            f"{request.scheme}://{request.host}",
        )
        try:
            reply = await front.answer(asked)
        except StoreUnreachable as error:
            log.error("%s", error)  # noqa: TRY400 - Redis is gone, which no stack trace explains
            reply = envelope(503, 503, None, str(error))
        if reply.conduct is not PROMPT:
            return await struck(deployment.pauses, request, reply)
        return response_of(reply)

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
