"""An event loop whose time is driven: it stands still while there is work, and jumps where all wait for a timer.

Deadlines are tested at once, however long they are, and no test fails because the machine is busy.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, Final, TypeVar, TypeVarTuple

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

IDLE_SECONDS: Final = 0.02
"""Real seconds without any event after which nothing but a timer is waited for: both ends are in this process."""
TICK_SECONDS: Final = 0.0001
"""How far time moves with each event."""


class _DrivenSelector(selectors.DefaultSelector):
    """Wait for files in real time, and for timers in driven time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = time.monotonic()
        self.threads_at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; where nothing is, move time to the timer that is due next."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if self.threads_at_work:  # what they do takes real time
            began = time.monotonic()
            ready = super().select(timeout)
            self.now += min(time.monotonic() - began, timeout)
            return ready
        ready = super().select(min(timeout, IDLE_SECONDS))
        self.now += TICK_SECONDS if ready else timeout
        return ready


class DrivenLoop(asyncio.SelectorEventLoop):
    """The event loop of a test whose server, client and everything else run in this loop alone."""

    def __init__(self) -> None:
        self._driven = _DrivenSelector()
        super().__init__(self._driven)

    def time(self) -> float:
        """Return driven time."""
        return self._driven.now

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Given], Result], *args: *Given
    ) -> asyncio.Future[Result]:
        """Run a function in a thread; time is real until it has ended."""
        self._driven.threads_at_work += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._thread_has_ended)
        return future

    async def shutdown_default_executor(self, *seconds: float | None) -> None:
        """Wait for the threads in real time: one whose result nobody waits for any longer still has to end."""
        self._driven.threads_at_work += 1
        try:
            await super().shutdown_default_executor(*seconds)
        finally:
            self._driven.threads_at_work -= 1

    def _thread_has_ended(self, _: object) -> None:
        self._driven.threads_at_work -= 1


def monotonic() -> float:
    """Return the time of the driven loop that runs, else the machine's."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return time.monotonic()
    return loop.time() if isinstance(loop, DrivenLoop) else time.monotonic()


def modules_with_a_clock(package: str) -> list[Any]:
    """Return the loaded modules of a package that have the machine's clock under the name `monotonic`."""
    loaded = [module for name, module in sys.modules.items() if name.startswith(package)]
    return [module for module in loaded if vars(module).get("monotonic") is time.monotonic]
