"""The clock of an app, as its records have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.clock import Clock, real_now, real_time

if TYPE_CHECKING:
    from datetime import datetime

    from genauth_mock.records import Records

_REAL: Final = Clock()
"""The clock of an app whose clock was never moved."""


def clock_of(records: Records) -> Clock:
    """Give the app's clock."""
    return records.get(Clock, "") or _REAL


def now_of(records: Records) -> datetime:
    """Tell the app's time."""
    clock = records.get(Clock, "")
    return real_now() if clock is None else clock.now(real_time())
