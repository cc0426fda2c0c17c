"""The time of an app: real time plus what was skipped. The only file that reads time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

if TYPE_CHECKING:
    from genauth_mock.engine.records import Records


def real_time() -> float:
    """Read the time, in seconds since 1970 (UTC)."""
    return time.time()


def stopwatch() -> float:
    """Read seconds that only go forward: two readings tell how long something took."""
    return time.perf_counter()


def real_now() -> datetime:
    """Read the time, as the clock of an app shows it that was never moved."""
    return datetime.now(UTC)


FIRST_SECOND: Final = datetime(1000, 1, 1, tzinfo=UTC).timestamp()
LAST_SECOND: Final = datetime(9900, 1, 1, tzinfo=UTC).timestamp()
"""The calendar of an app: years of four digits, and what lives for thirty years still ends before year 10,000."""


@frozen
class Clock:
    """How an app's time follows real time.

    Attributes:
        real: The real moment, in seconds, at which the app's time was ``shown``.
        shown: The app's time at that moment, in seconds.
        scale: Seconds of the app's time per real second.
        is_frozen: Whether the app's time stands still.
    """

    real: float = 0.0
    shown: float = 0.0
    scale: float = 1.0
    is_frozen: bool = False

    def seconds(self, real: float) -> float:
        """Return the app's time at a real moment, in seconds since 1970; it ends at the ends of the calendar."""
        return min(max(self._unbounded(real), FIRST_SECOND), LAST_SECOND)

    def is_within_calendar(self, real: float) -> bool:
        """Return whether it shows, at a real moment, a time from `FIRST_SECOND` to `LAST_SECOND`."""
        return FIRST_SECOND <= self._unbounded(real) <= LAST_SECOND

    def _unbounded(self, real: float) -> float:
        return self.shown if self.is_frozen else self.shown + (real - self.real) * self.scale

    def now(self, real: float) -> datetime:
        """Return the app's time at a real moment."""
        return datetime.fromtimestamp(self.seconds(real), UTC)

    def advanced(self, by: timedelta, real: float) -> Clock:
        """Skip ``by``; a frozen clock stays frozen, later."""
        return evolve(self, real=real, shown=self.seconds(real) + by.total_seconds())

    def set_to(self, moment: datetime, real: float) -> Clock:
        """Return a clock that goes on from ``moment``."""
        return evolve(self, real=real, shown=moment.timestamp())

    def frozen(self, frozen: bool, real: float) -> Clock:  # noqa: FBT001 - it is the value to set
        """Stop, or go on from where it stopped."""
        return evolve(self, real=real, shown=self.seconds(real), is_frozen=frozen)

    def scaled(self, scale: float, real: float) -> Clock:
        """Return a clock that goes on at ``scale`` seconds per real second."""
        return evolve(self, real=real, shown=self.seconds(real), scale=scale)


_REAL: Final = Clock()
"""The clock of an app whose clock was never moved."""


def clock_of(records: Records) -> Clock:
    """Return the app's clock."""
    return records.get(Clock, "") or _REAL


def now_of(records: Records) -> datetime:
    """Return the app's time."""
    clock = records.get(Clock, "")
    return real_now() if clock is None else clock.now(real_time())
