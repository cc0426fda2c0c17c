"""The connections of a server: what waits for an answer ends with them, and half a request does not stay for ever."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from aiohttp import web
from aiohttp.http import RawRequestMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from aiohttp import StreamReader

    AnswerAtOnce = Callable[["web.RequestHandler", RawRequestMessage, StreamReader], bool]
    """Answers a request and writes the answer, or leaves that to the server and returns false."""

HEAD_SECONDS: Final = 10.0
"""How long a new connection may be silent, or the head of a request take to arrive."""

IDLE_SECONDS: Final = 75.0
"""How long a connection is kept after an answer. Source: nginx, keepalive_timeout."""


class Connections:
    """Knows which requests only wait for something to happen, and which connections have half a head of one.

    aiohttp tells a handler nothing of a client that has left; here the wait of such a client is cancelled. A call of
    GenAuth's own is not: it takes effect whether or not somebody waits for its answer.

    Attributes:
        answer_at_once: Answers requests before the server sees them; None where the server answers all.
        left: What such a try leaves to the server, by connection.
    """

    answer_at_once: AnswerAtOnce | None = None

    def __init__(self, head_seconds: float = HEAD_SECONDS) -> None:
        self._head_seconds = head_seconds
        self._waits: dict[object, asyncio.Task[object]] = {}
        self._due: dict[object, asyncio.TimerHandle] = {}
        self.left: dict[object, object] = {}

    def watch(self, server: web.Server) -> None:
        """Follow the connections of a server from now on."""
        server.__class__ = _WatchedServer
        followed = cast("_WatchedServer", server)
        followed.followers = self
        followed.watched = type("Watched", (_Watched,), {"__slots__": (), "connections": self})

    def expect_head(self, handler: object, transport: asyncio.Transport | None) -> None:
        """Close a connection unless the head of a request arrives in time."""
        if transport is not None and handler not in self._due:
            loop = asyncio.get_running_loop()
            self._due[handler] = loop.call_later(self._head_seconds, transport.abort)

    def has_asked(self, handler: object) -> None:
        """Note that the head of a request has arrived on a connection."""
        if self._due:
            timer = self._due.pop(handler, None)
            if timer is not None:
                timer.cancel()

    def has_left(self, handler: object) -> None:
        """End what waits for a connection that is lost."""
        self.has_asked(handler)
        self.left.pop(handler, None)
        waiting = self._waits.get(handler)
        if waiting is not None:
            waiting.cancel()

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


class _Watched(web.RequestHandler):
    """A connection that is followed."""

    __slots__ = ()
    connections: Connections

    def data_received(self, data: bytes) -> None:
        """Read on; answer at once what has to wait for nothing, as most requests have not.

        aiohttp answers a request in a task of its own, which takes as long as the answer. What has arrived may also be
        only a part of a request's head: the rest has to come in time.
        """
        waiter = self._waiter
        if waiter is None or waiter.done():  # a request is under way
            super().data_received(data)
            return
        self._waiter = None  # aiohttp would wake its loop, which takes whatever has arrived
        try:
            super().data_received(data)
        finally:
            self._waiter = waiter
        if not self._messages:
            self.connections.expect_head(self, self.transport)
            return
        self.connections.has_asked(self)
        if len(self._messages) > 1 or not self._is_answered():
            waiter.set_result(None)

    def resume_reading(self, *given: bool, **named: bool) -> None:
        """Read on where reading was paused: each body is read to its end, and few are longer than a buffer."""
        if self._reading_paused:
            super().resume_reading(*given, **named)

    def _is_answered(self) -> bool:
        """Answer the one request that has arrived, if that can be done at once; do what aiohttp does after it."""
        message, payload = self._messages[0]
        answer = self.connections.answer_at_once
        if answer is None or not isinstance(message, RawRequestMessage):
            return False
        if self._force_close or self._close or not answer(self, message, payload):
            return False
        self._messages.popleft()
        consumed = getattr(self._parser, "message_consumed", None)  # of aiohttp 3.14.5 and later
        if consumed is not None:
            consumed()
        self._keepalive = True
        self._next_keepalive_close_time = self._loop.time() + self._keepalive_timeout
        if self._keepalive_handle is None:
            self._keepalive_handle = self._loop.call_at(
                self._next_keepalive_close_time, self._process_keepalive
            )
        return True


class _WatchedServer(web.Server):
    """A server whose connections are followed.

    Attributes:
        followers: Who follows them.
        watched: What serves one of them.
    """

    followers: Connections
    watched: type[_Watched]

    def __call__(self) -> web.RequestHandler:
        """Make what serves a connection."""
        handler = super().__call__()
        handler.__class__ = self.watched
        return handler

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Expect a request."""
        super().connection_made(handler, transport)
        self.followers.expect_head(handler, transport)

    def connection_lost(
        self, handler: web.RequestHandler, exc: BaseException | None = None
    ) -> None:
        """Expect nothing any more."""
        super().connection_lost(handler, exc)
        self.followers.has_left(handler)
