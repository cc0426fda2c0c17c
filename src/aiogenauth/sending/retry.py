"""Which call may be sent again after which failure. One table, and it is pure.

A pass code works once. A bind that is sent again after a lost answer is refused as "code used"
although the phone is bound. So what spends a code or sends a message is sent again only when
certainly nothing of it arrived; what merely reads is sent again whenever that may help.
"""

import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Final

from attrs import frozen

from aiogenauth.errors import (
    ConfigurationError,
    GenAuthError,
    NotDelivered,
    OutcomeUnknown,
    ServerFailed,
    TooManyRequests,
    UnexpectedAnswer,
)
from aiogenauth.protocol import Endpoint


class Failure(Enum):
    """What a failed attempt proves."""

    NOT_SENT = auto()
    """Nothing of the request arrived."""
    LOST = auto()
    """It left, and no complete answer came."""
    SERVER_FAULT = auto()
    """A server or a gateway says that it failed, somewhere on the way."""
    UNREADABLE = auto()
    """An answer that claims success and cannot be read."""
    TOO_MANY = auto()
    """Refused for now."""
    REFUSED = auto()
    """Refused for good."""


MAY_SEND_AGAIN: Final[Mapping[bool, frozenset[Failure]]] = {
    True: frozenset({Failure.NOT_SENT, Failure.LOST, Failure.SERVER_FAULT, Failure.TOO_MANY}),
    False: frozenset({Failure.NOT_SENT}),
}
"""The table: by `Endpoint.is_safe`, the failures after which a call may be sent again."""

PROVES_NOTHING: Final = frozenset({Failure.LOST, Failure.SERVER_FAULT, Failure.UNREADABLE})
"""After these, a call that changes something may have taken effect."""

FIRST_WAIT: Final = 0.1
"""Seconds: the first wait is a random part of this, the next of twice as much, and so on."""
LONGEST_WAIT: Final = 4.0
"""Seconds that a wait of our own choice never exceeds."""
LONGEST_RETRY_AFTER: Final = 30.0
"""Seconds of `Retry-After` that are honoured; a longer wait is left to the caller."""

_GATEWAY_GAVE_UP: Final = frozenset({408, 499})
"""4xx that tell of a lost connection, and not of a refused request."""


def failure(error: GenAuthError) -> Failure:
    """Return what an error proves about the request."""
    if isinstance(error, UnexpectedAnswer):
        return _failure_of_an_answer(error)
    return next((proof for kind, proof in _PROOFS if isinstance(error, kind)), Failure.REFUSED)


_PROOFS: Final = (
    (NotDelivered, Failure.NOT_SENT),
    (ConfigurationError, Failure.NOT_SENT),
    (OutcomeUnknown, Failure.LOST),
    (TooManyRequests, Failure.TOO_MANY),
    (ServerFailed, Failure.SERVER_FAULT),
)


def _failure_of_an_answer(error: UnexpectedAnswer) -> Failure:
    status = error.http_status or 0
    if error.status_code is not None and status < 300:  # noqa: PLR2004 - successes
        return Failure.REFUSED  # it was done; only what came with it cannot be read
    if error.status_code is not None:
        return Failure.UNREADABLE  # done by its envelope, refused by its HTTP status
    if status >= 500 or status in _GATEWAY_GAVE_UP:  # noqa: PLR2004 - server faults
        return Failure.SERVER_FAULT
    return Failure.REFUSED if status >= 300 else Failure.UNREADABLE  # noqa: PLR2004 - refusals


def leaves_outcome_unknown(endpoint: Endpoint, error: GenAuthError) -> bool:
    """Whether, after this error, the call may have changed something."""
    return not endpoint.is_safe and failure(error) in PROVES_NOTHING


@frozen(eq=False, repr=False)
class RetryRule:
    """How often one call is tried.

    Attributes:
        is_safe: The call changes nothing.
        retries: Attempts after the first one.
    """

    is_safe: bool
    retries: int

    def may_send_again(self, error: GenAuthError, attempts: int, seconds_left: float) -> bool:
        """Return whether to try once more after this error.

        Args:
            error: What the last attempt ended with.
            attempts: How many there were.
            seconds_left: Until the deadline of the whole call.
        """
        return (
            attempts <= self.retries
            and seconds_left > 0
            and not isinstance(error, ConfigurationError)
            and failure(error) in MAY_SEND_AGAIN[self.is_safe]
            and (error.retry_after or 0.0) <= min(LONGEST_RETRY_AFTER, seconds_left)
        )


def wait_before_retry(
    retry_after: float | None, attempts: int, jitter: float, seconds_left: float
) -> float:
    """Seconds to wait: what the server asked for, else a random part of a growing span.

    Args:
        retry_after: Seconds the server asked for, or None.
        attempts: How many there were.
        jitter: Random, from 0 to 1; full jitter, so that clients do not come back in step.
        seconds_left: Until the deadline. No wait goes past it, and one of our own choice leaves
            half of it to the attempt that follows.
    """
    longest = min(LONGEST_WAIT, seconds_left / 2)
    span = min(longest, FIRST_WAIT * 2.0 ** (attempts - 1)) * jitter
    return span if retry_after is None else min(retry_after + min(span, FIRST_WAIT), seconds_left)


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
