"""Waits in real time: in any event loop, and while a test has stopped time.

freezegun stops the clock of the caller's event loop, so that `asyncio.timeout` never ends there; and an `asyncio.Event`
serves the one loop that first waited for it.
"""

from __future__ import annotations

import asyncio
import heapq
import os
import threading
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.value import define

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable


class Signal:
    """As `asyncio.Event`, for readers in several event loops and threads."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._is_set = False

    def set(self) -> None:
        """Wake all that wait, and whoever waits later."""
        self._is_set = True
        for future in tuple(self._waiting):
            _call_in(future.get_loop(), partial(_resolve, future))

    def clear(self) -> None:
        """Make readers wait again."""
        self._is_set = False

    async def wait(self) -> None:
        """Wait until it is set."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)  # before the look: another thread may set it meanwhile
        try:
            if not self._is_set:
                await future
        finally:
            self._waiting.discard(future)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _call_in(loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> None:
    """Call back in the thread of a loop; at once where this is it."""
    if asyncio._get_running_loop() is loop:  # noqa: SLF001 - documented, as what returns None where none runs
        callback()
        return
    with suppress(RuntimeError):  # the loop is closed, and nobody waits there any more
        loop.call_soon_threadsafe(callback)


_AT_ONCE: Final = float("-inf")


@asynccontextmanager
async def time_limit(seconds: float | None) -> AsyncGenerator[None]:
    """As `asyncio.timeout`, in seconds that no test can stop.

    Raises:
        TimeoutError: The time is over.
    """
    async with asyncio.timeout(None) as limit:
        if seconds is None:
            yield
            return
        loop = asyncio.get_running_loop()

        def end() -> None:
            if not alarm.is_off:
                limit.reschedule(_AT_ONCE)

        alarm = Alarm(stopwatch() + seconds, lambda: _call_in(loop, end))
        alarms = _alarms[-1]
        alarms.set(alarm)
        try:
            yield
        finally:
            alarms.take_off(alarm)


@define(eq=False)
class Alarm:
    """What is called at a moment of `stopwatch`, in a thread of its own."""

    at: float
    ring: Callable[[], None]
    is_off: bool = False
    has_rung: bool = False

    def __lt__(self, other: Alarm) -> bool:
        return self.at < other.at


MOST_OFF: Final = 64
"""How many alarms that are off may be kept until their time."""


class Alarms:
    """Rings alarms from one thread, which lives as long as there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._alarms: list[Alarm] = []
        self._off = 0
        self._thread: threading.Thread | None = None

    def set(self, alarm: Alarm) -> None:
        """Have an alarm ring."""
        with self._changed:
            heapq.heappush(self._alarms, alarm)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="genauth-mock-alarms", daemon=True
                )
                self._thread.start()
            elif self._alarms[0] is alarm:
                self._changed.notify()

    def take_off(self, alarm: Alarm) -> None:
        """Have an alarm not ring."""
        with self._changed:
            alarm.is_off = True
            if alarm.has_rung:
                return
            self._off += 1
            if self._off > MOST_OFF or self._off >= len(self._alarms):
                self._alarms = [each for each in self._alarms if not each.is_off]
                heapq.heapify(self._alarms)
                self._off = 0
                self._changed.notify()

    def _run(self) -> None:
        # `threading` waits on the kernel's clock, which nothing in Python can stop.
        with self._changed:
            while self._alarms:
                left = self._alarms[0].at - stopwatch()
                if left > 0:
                    self._changed.wait(min(left, threading.TIMEOUT_MAX))
                    continue
                alarm = heapq.heappop(self._alarms)
                if alarm.is_off:
                    self._off -= 1
                    continue
                alarm.has_rung = True
                alarm.ring()
            self._thread = None


_alarms: Final = [Alarms()]
"""Those of this process: a fork has no threads, and begins anew."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: _alarms.append(Alarms()))
