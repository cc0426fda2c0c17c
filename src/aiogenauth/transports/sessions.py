"""The sessions of the default transport: one per event loop, made late, let go without waiting."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import suppress

import aiohttp
from attrs import define

from aiogenauth.errors import ConfigurationError
from aiogenauth.transports.deadlines import Deadlines


@define(eq=False, repr=False)
class LoopSession:
    """What belongs to one event loop of one process.

    Attributes:
        loop: The event loop.
        pid: The process.
        session: Its connections.
        deadlines: Of the requests on them.
        is_over: Its session is closed, or let go.
        guard: Closes the session when the loop ends; None where it is the caller's.
    """

    loop: asyncio.AbstractEventLoop
    pid: int
    session: aiohttp.ClientSession
    deadlines: Deadlines
    is_over: bool = False
    guard: AsyncGenerator[None] | None = None

    def closed_with_loop(self) -> None:
        """Have the session closed when the event loop, which runs now, ends in the usual way.

        `asyncio.run` and its like close the asynchronous generators of a loop before the loop.
        """
        self.guard = _close_at_end(self)
        _step(self.guard.__anext__())

    def unguarded(self) -> None:
        """Take that back."""
        self.is_over = True
        if self.guard is not None:
            _step(self.guard.aclose())


async def _close_at_end(place: LoopSession) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        if not place.is_over:
            place.is_over = True
            await place.session.close()
            await asyncio.sleep(0)  # a transport says goodbye in the next round


def _step(awaitable: Awaitable[object]) -> None:
    """Run what awaits nothing."""
    with suppress(StopIteration, StopAsyncIteration):
        awaitable.__await__().send(None)


class Sessions:
    """Gives the session of the event loop that runs, so that loops and threads share a client.

    A session is made on first use, and another one where the loop or the process is another. What
    belongs to a loop that ended is dropped when the next one is made.

    Args:
        make: Makes a session in the running event loop.
        given: A session of the caller, used instead and never closed.
    """

    def __init__(
        self,
        make: Callable[[], aiohttp.ClientSession],
        given: aiohttp.ClientSession | None = None,
    ) -> None:
        self._make = make
        self._given = given
        self._places: dict[asyncio.AbstractEventLoop, LoopSession] = {}
        self._last: LoopSession | None = None
        self._is_closed = False
        self._left_to_parent: list[aiohttp.BaseConnector] = []

    def current(self) -> LoopSession:
        """Return the place of the running event loop.

        Raises:
            ConfigurationError: The client is closed.
        """
        loop = asyncio.get_running_loop()
        last = self._last
        if last is not None and last.loop is loop and last.pid == os.getpid() and not last.is_over:
            return last
        return self._moved_to(loop)

    async def aclose(self) -> None:
        """Close what is ours, and wait for it where it belongs to the running event loop."""
        self._is_closed = True
        current = asyncio.get_running_loop()
        for place in self._taken(lambda _: True):
            is_ours = place.session is not self._given
            place.unguarded()
            if is_ours and place.loop is current and place.pid == os.getpid():
                await place.session.close()
            else:
                self._let_go(place)

    def __del__(self) -> None:
        """Drop the connections without waiting for anything; no loop is needed."""
        for place in self._taken(lambda _: True):
            self._let_go(place)

    def _moved_to(self, loop: asyncio.AbstractEventLoop) -> LoopSession:
        if self._is_closed:
            raise closed()
        for gone in self._taken(_is_gone):
            self._let_go(gone)
        place = self._places.get(loop)
        if place is None:
            session = self._make() if self._given is None else self._given
            place = self._places[loop] = LoopSession(loop, os.getpid(), session, Deadlines(loop))
            if self._given is None and not getattr(loop, "_asyncgens_shutdown_called", False):
                place.closed_with_loop()
        self._last = place
        return place

    def _taken(self, fits: Callable[[LoopSession], bool]) -> Iterator[LoopSession]:
        """Take places out; each is taken once, whatever other threads do meanwhile."""
        for loop, place in tuple(self._places.items()):
            if fits(place) and self._places.pop(loop, None) is place:
                self._last = None
                yield place

    def _let_go(self, place: LoopSession) -> None:
        place.unguarded()
        if place.session is self._given:
            return
        if place.pid != os.getpid():
            self._leave_to_parent(place.session)
        elif place.loop.is_running() and place.loop is not _running_loop():
            with suppress(RuntimeError):  # it ended just now
                place.loop.call_soon_threadsafe(_close_at_once, place.session)
        else:
            _close_at_once(place.session)

    def _leave_to_parent(self, session: aiohttp.ClientSession) -> None:
        """Drop a session of the parent process without touching what it shares with us.

        After a fork both have the same sockets and the same epoll: closing a connection here would
        make the parent's event loop deaf to it, and one with TLS would say goodbye in its name.
        """
        connector = session.connector
        session.detach()
        if connector is not None:
            connector._closed = True  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way keeps its __del__ from closing
            self._left_to_parent.append(connector)


def closed() -> ConfigurationError:
    """Say that a client cannot be used any more."""
    text = "the session of this client is closed; make a new client"
    return ConfigurationError(text).with_facts(field="session")


def _is_gone(place: LoopSession) -> bool:
    return place.is_over or place.loop.is_closed() or place.pid != os.getpid()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _close_at_once(session: aiohttp.ClientSession) -> None:
    """Close all connections without waiting, whether their loop runs, stands or has ended."""
    connector = session.connector
    session.detach()
    if connector is None or connector.closed:
        return
    idle = [protocol for pool in connector._conns.values() for protocol, _ in pool]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - its own way needs a loop that runs
    for protocol in (*idle, *connector._acquired):  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        if not connector._loop.is_closed():  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            protocol.close()
        elif protocol.transport is not None:
            _drop(protocol.transport)
    connector._closed = True  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - or its __del__ complains


def _drop(transport: object) -> None:
    """Close the socket of a transport whose loop has ended; it can close nothing itself any more.

    asyncio has no public way to do so, and without it complains when the transport is collected.
    """
    over_tls = getattr(transport, "_ssl_protocol", None)
    if over_tls is not None:
        vars(transport)["_closed"] = True
        transport = over_tls._transport  # noqa: SLF001 - as said
    socket = getattr(transport, "_sock", None)
    if socket is not None:
        socket.close()
        vars(transport)["_sock"] = None
