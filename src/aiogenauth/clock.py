"""The only place that reads the time."""

import time
from datetime import UTC, datetime


def monotonic() -> float:
    """Seconds on a clock that nobody can set; deadlines are held against it."""
    return time.monotonic()


def utc_now() -> datetime:
    """Now, by the clock of this machine."""
    return datetime.now(UTC)
