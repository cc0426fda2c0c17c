"""The offline GenAuth behind HTTP: wiring, and ways to run it."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from aiohttp import web

from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.value import frozen
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options  # noqa: TC001 - sphinx resolves the signature
from genauth_mock.server.application import prepared_runner
from genauth_mock.server.listening import Listener, listening, tls_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from contextlib import AbstractAsyncContextManager


@frozen
class Running:
    """A server that answers.

    Attributes:
        url: Where it answers, without a trailing slash.
    """

    url: str
    deployment: Deployment


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


@asynccontextmanager
async def serving_on(
    deployment: Deployment,
    listener: Listener,
    kept: AbstractAsyncContextManager[None] | None = None,
    *,
    is_late: bool = False,
) -> AsyncGenerator[Running]:
    """Serve a deployment in the running event loop, and close it afterwards.

    Args:
        deployment: What answers.
        listener: The sockets that listen already.
        kept: Entered before the first answer, and left after the last one; None for nothing.
        is_late: Whether calls are imported when one is asked for first; see `prepared_runner`.

    Raises:
        ValueError: The certificate or its key cannot be used.
    """
    tls = tls_of(deployment.options)
    try:
        async with kept or nullcontext():
            runner = await prepared_runner(deployment, is_late=is_late)
            try:
                for each in listener.sockets:
                    await web.SockSite(runner, each, ssl_context=tls).start()
                yield Running(f"{'https' if tls else 'http'}://{listener.place}", deployment)
            finally:
                await runner.cleanup()
    finally:
        await deployment.close()


@contextmanager
def running_in_thread(
    options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> Generator[Running]:
    """Serve in a thread of its own, for callers without an event loop.

    Raises:
        OSError: The port is taken.
        ValueError: ``options.store`` names nothing, or what is not installed; or the files for TLS cannot be used.
        RuntimeError: The server cannot start, such as without a file descriptor that is free; ``__cause__`` says why.
    """
    deployment = Deployment(options)
    tls_of(deployment.options)
    with listening(host, port) as listener:
        thread = _ServerThread(deployment, listener)
        thread.start()  # where no thread can be made, there is none to stop
        try:
            yield thread.wait_until_running()
        finally:
            thread.stop()


if sys.platform == "win32":
    from asyncio import ProactorEventLoop as _UsualLoop
else:
    from asyncio import SelectorEventLoop as _UsualLoop


class _RealTimeLoop(_UsualLoop):
    """An event loop whose time no test can stop: connections are kept and closed by it."""

    def time(self) -> float:
        """Return the loop's time, in seconds."""
        return stopwatch()


class _ServerThread(threading.Thread):
    def __init__(self, deployment: Deployment, listener: Listener) -> None:
        super().__init__(name="genauth-mock", daemon=True)
        self._deployment = deployment
        self._listener = listener
        self._running: Running | None = None
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        self._started_or_failed = threading.Event()

    def run(self) -> None:
        """Serve until stopped."""
        try:
            with asyncio.Runner(loop_factory=_RealTimeLoop) as runner:
                runner.run(self._serve())
        except BaseException as error:
            self._error = error
            if self._running is not None:
                raise
        finally:
            self._started_or_failed.set()

    def wait_until_running(self) -> Running:
        """Wait until the server answers."""
        self._started_or_failed.wait()
        if self._running is None:
            message = f"the server ended before it answered: {self._error!r}"
            raise RuntimeError(message) from self._error
        return self._running

    def stop(self) -> None:
        """Stop serving and wait until it has."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._stopped.set)
        if not sys.is_finalizing():  # else the process ends, and no other thread runs any more
            self.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with serving_on(self._deployment, self._listener) as server:
            self._running = server
            self._started_or_failed.set()
            await self._stopped.wait()
