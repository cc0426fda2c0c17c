"""The connections of a server: what waits for an answer ends with them, and half a request does not stay for ever."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

    from aiohttp import web

HEAD_SECONDS: Final = 10.0
"""How long a new connection may be silent, or the head of its first request take to arrive."""

IDLE_SECONDS: Final = 75.0
"""How long a connection is kept after an answer. Source: nginx, keepalive_timeout."""


class Connections:
    """Knows which requests only wait for something to happen, and which connections have not asked anything yet.

    aiohttp tells a handler nothing of a client that has left; here the wait of such a client is cancelled. A call of
    GenAuth's own is not: it takes effect whether or not somebody waits for its answer.
    """

    def __init__(self, head_seconds: float = HEAD_SECONDS) -> None:
        self._head_seconds = head_seconds
        self._waits: dict[object, asyncio.Task[object]] = {}
        self._silent: dict[object, asyncio.TimerHandle] = {}

    def watch(self, server: web.Server) -> None:
        """Follow the connections of a server from now on."""
        made, lost = server.connection_made, server.connection_lost

        def connection_made(handler: web.RequestHandler, transport: asyncio.Transport) -> None:
            made(handler, transport)
            loop = asyncio.get_running_loop()
            self._silent[handler] = loop.call_later(self._head_seconds, transport.abort)

        def connection_lost(handler: web.RequestHandler, exc: BaseException | None = None) -> None:
            lost(handler, exc)
            self.has_asked(handler)
            waiting = self._waits.get(handler)
            if waiting is not None:
                waiting.cancel()

        server.connection_made = connection_made  # type: ignore[method-assign]
        server.connection_lost = connection_lost  # type: ignore[method-assign]

    def has_asked(self, handler: object) -> None:
        """Note that the head of a request has arrived on a connection."""
        if self._silent:
            timer = self._silent.pop(handler, None)
            if timer is not None:
                timer.cancel()

    @contextmanager
    def wait_of(self, request: web.BaseRequest) -> Generator[None]:
        """Cancel the running task if the connection of its request is lost meanwhile.

        Raises:
            asyncio.CancelledError: It is lost already.
        """
        handler, task = request.protocol, asyncio.current_task()
        if task is None or request.transport is None:
            raise asyncio.CancelledError
        self._waits[handler] = task
        try:
            yield
        finally:
            del self._waits[handler]


def end_if_cancelled() -> None:
    """End a wait that was cancelled where the cancellation was swallowed, as redis-py does at times.

    Raises:
        asyncio.CancelledError: The running task was cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
