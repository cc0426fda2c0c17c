"""The only place that reads the time."""

import time
from datetime import UTC, datetime
from typing import Final

monotonic: Final = time.monotonic
"""Seconds on a clock that nobody can set; deadlines are held against it."""


def seconds_since(began: float) -> float:
    """Seconds since a moment of `monotonic`, to a tenth of a millisecond.

    Rounded, because the many digits of a float are noise, in which six in a row may by chance be
    the pass code that a search of the logs looks for.
    """
    return round(monotonic() - began, 4)


def utc_now() -> datetime:
    """Now, by the clock of this machine."""
    return datetime.now(UTC)


epoch_seconds: Final = time.time
"""Seconds since 1970 by the clock of this machine; tokens say in them how long they live."""
