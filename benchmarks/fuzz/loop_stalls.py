"""How long an event loop was kept from its work, so that a deadline is held against the SDK alone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Generator

EVERY_SECONDS: Final = 0.01
"""How long from one look to the next."""
CALM_SECONDS: Final = 0.02
"""How late a timer may be on a machine that has nothing else to do."""


class Stalls:
    """Adds up how late the timers of a loop are, because the machine or code on the loop is busy.

    A timer is due every few milliseconds. For as long as it is late, no code on the loop could have
    ended either. On a calm machine nothing is late, and a promise of seconds is tested as it stands.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._seconds = 0.0
        self._timer = loop.call_later(EVERY_SECONDS, self._tick)

    def so_far(self) -> float:
        """Seconds until now, a stall that has just ended included."""
        return self._seconds + self._late()

    def stop(self) -> None:
        """Look no more."""
        self._timer.cancel()

    def _late(self) -> float:
        late = self._loop.time() - self._timer.when()
        return late if late > CALM_SECONDS else 0.0

    def _tick(self) -> None:
        self._seconds += self._late()
        self._timer = self._loop.call_later(EVERY_SECONDS, self._tick)


@contextmanager
def stalls_of(loop: asyncio.AbstractEventLoop) -> Generator[Stalls]:
    """Watch a loop."""
    stalls = Stalls(loop)
    try:
        yield stalls
    finally:
        stalls.stop()
