"""The time of an app: that of the process plus what was skipped. The only file that reads time.

Where a test stops or moves the time of its process, with freezegun or time-machine, the apps of a server in that
process show the time that the test sees; waits and delays go on in real time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.util import find_spec, module_from_spec
from time import (
    time,
)  # by name: what a test puts in the place of `time.time` is for the test's own code
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.engine.records import Records


def real_time() -> float:
    """Read the time that this process sees, in seconds since 1970 (UTC)."""
    return time()


def _own_perf_counter() -> Callable[[], float]:
    """Return a function that nobody replaces: freezegun looks for those of the module that everybody imports."""
    spec = find_spec("time")
    if spec is None or spec.loader is None:
        message = "the module time is missing"
        raise ImportError(message)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    read: Callable[[], float] = module.perf_counter
    return read


stopwatch: Final = _own_perf_counter()
"""Reads seconds that only go forward, and that no test can stop: two readings tell how long something took."""


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
