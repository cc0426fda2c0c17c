"""How long a server asks us to wait. Pure: a date is held against the server's own date."""

import math
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(retry_after: str | None, date: str | None) -> float | None:
    """Read `Retry-After` as seconds; None for none, and for one that makes no sense.

    A date is compared with the `Date` of the same answer, so that a server whose clock is hours
    off asks for the wait it means. Source: RFC 9110, 10.2.3.

    >>> retry_after_seconds("7", None)
    7.0
    >>> retry_after_seconds("Mon, 01 Jan 2001 00:01:00 GMT", "Mon, 01 Jan 2001 00:00:00 GMT")
    60.0
    >>> retry_after_seconds("-1", None) is None
    True
    """
    if retry_after is None:
        return None
    with suppress(ValueError):
        seconds = float(retry_after)
        return seconds if math.isfinite(seconds) and seconds >= 0 else None
    until, now = _moment(retry_after), _moment(date or "")
    if until is None or now is None:
        return None
    return max(0.0, (until - now).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else None
