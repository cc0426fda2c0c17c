"""The sessions of the default transport: one per event loop, made late, let go without waiting."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress

import aiohttp
from attrs import frozen

from aiogenauth.errors import ConfigurationError
from aiogenauth.transports.deadlines import Deadlines


@frozen(eq=False)
class LoopSession:
    """What belongs to one event loop of one process.

    Attributes:
        loop: The event loop.
        pid: The process.
        session: Its connections.
        deadlines: Of the requests on them.
    """

    loop: asyncio.AbstractEventLoop
    pid: int
    session: aiohttp.ClientSession
    deadlines: Deadlines


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
        """Give the place of the running event loop.

        Raises:
            ConfigurationError: The client is closed.
        """
        loop = asyncio.get_running_loop()
        last = self._last
        if last is not None and last.loop is loop and last.pid == os.getpid():
            return last
        return self._moved_to(loop)

    async def aclose(self) -> None:
        """Close what is ours, and wait for it where it belongs to the running event loop."""
        self._is_closed = True
        current = asyncio.get_running_loop()
        for place in self._taken(lambda _: True):
            is_ours = place.session is not self._given
            if is_ours and place.loop is current and place.pid == os.getpid():
                await place.session.close()
            else:
                self._let_go(place)

    def __del__(self) -> None:
        """Let go of the connections; nothing here waits or needs a loop."""
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
        self._last = place
        return place

    def _taken(self, fits: Callable[[LoopSession], bool]) -> Iterator[LoopSession]:
        """Take places out; each is taken once, whatever other threads do meanwhile."""
        for loop, place in tuple(self._places.items()):
            if fits(place) and self._places.pop(loop, None) is place:
                self._last = None
                yield place

    def _let_go(self, place: LoopSession) -> None:
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
    return place.loop.is_closed() or place.pid != os.getpid()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _close_at_once(session: aiohttp.ClientSession) -> None:
    connector = session.connector
    session.detach()
    if connector is not None:
        # The first step closes everything; what follows would only wait for it.
        closing = connector.close().__await__()
        next(closing, None)
        closing.close()
