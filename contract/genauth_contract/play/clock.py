"""The only place of the contract that reads time or waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final, Protocol

import attrs

TELL_EVERY_SECONDS: Final = 10.0
"""How often a long wait says how much is left."""

Say = Callable[[str], None]


class Clock(Protocol):
    """A clock that can be waited on."""

    def now(self) -> float:
        """Return seconds on a clock that only goes forward."""
        ...

    def wait(self, seconds: float, why: str) -> None:
        """Return when that much time has passed."""
        ...


@attrs.frozen
class SystemClock:
    """Waits for real, and says how long it still takes.

    Attributes:
        say: Receives what is waited for.
        sleep: Sleeps that many seconds, or a little less or more.
        monotonic: Seconds on a clock that only goes forward.
    """

    say: Say
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic

    def now(self) -> float:
        """Return the monotonic clock."""
        return self.monotonic()

    def wait(self, seconds: float, why: str) -> None:
        """Sleep; a long sleep tells now and then how much is left."""
        end = self.now() + seconds
        while (left := end - self.now()) > 0:
            if left >= 1:
                self.say(f"{why}: {left:.0f} s left")
            self.sleep(min(TELL_EVERY_SECONDS, left))


@attrs.frozen
class ScaledClock:
    """The time of a stand-in whose clock runs faster than ours: a short wait here is a long one there.

    Attributes:
        real: Our own time.
        pace: How many seconds pass there in one of ours.
    """

    real: Clock
    pace: float

    def now(self) -> float:
        """Return seconds of the stand-in."""
        return self.real.now() * self.pace

    def wait(self, seconds: float, why: str) -> None:
        """Return when that much time has passed there."""
        self.real.wait(seconds / self.pace, why)


def today() -> date:
    """Return the date in UTC."""
    return datetime.now(UTC).date()
