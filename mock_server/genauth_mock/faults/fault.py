"""Faults: what goes wrong on purpose, for whom, and how often.

Pure; their names in JSON are in `genauth_mock.faults.json_format`.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.address import masked
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.context import Randomness


FINENESS: Final = 9
"""Digits of a random draw."""


class Distribution(StrEnum):
    """How long a delay is."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    LOGNORMAL = "lognormal"


@frozen
class Delay:
    """A time that a fault takes.

    Attributes:
        seconds: The time (fixed), the shortest (uniform), or the median (lognormal).
        longest: The longest time in seconds (uniform).
        sigma: The standard deviation of the time's logarithm (lognormal).
    """

    distribution: Distribution
    seconds: float
    longest: float = 0.0
    sigma: float = 0.0

    def draw(self, randomness: Randomness) -> float:
        """Return the seconds of one delay."""
        match self.distribution:
            case Distribution.FIXED:
                return self.seconds
            case Distribution.UNIFORM:
                return self.seconds + (self.longest - self.seconds) * share(randomness)
            case Distribution.LOGNORMAL:
                exponent = min(self.sigma * _normal(randomness), LARGEST_EXPONENT)
                return min(self.seconds * math.exp(exponent), LONGEST_DELAY_SECONDS)


FIRST_ERROR_STATUS: Final = 400
"""The first HTTP status that is a refusal."""

LONGEST_DELAY_SECONDS: Final = 86_400
"""The longest delay, whether it is given or drawn: a day."""

LARGEST_EXPONENT: Final = 700.0
"""Beyond it a power is not a number any more."""


def share(randomness: Randomness) -> float:
    """Draw a number from 0 (inclusive) to 1 (exclusive)."""
    return int(randomness.digits(FINENESS)) / 10**FINENESS


def _normal(randomness: Randomness) -> float:
    """Draw from the standard normal distribution, as Box and Muller do."""
    radius = math.sqrt(-2 * math.log(1 - share(randomness)))
    return radius * math.cos(2 * math.pi * share(randomness))


class Kind(StrEnum):
    """What a fault does."""

    DELAY = "delay"
    STATUS = "status"
    ENVELOPE = "envelope"
    RESET = "reset"
    DROP = "drop"
    CUT = "cut"
    TRICKLE = "trickle"
    NOT_JSON = "notJson"
    EMPTY = "empty"
    DELIVERY = "delivery"


class When(StrEnum):
    """Whether a fault keeps the request from taking effect, or is applied after it has."""

    BEFORE = "before"
    AFTER = "after"


class Delivery(StrEnum):
    """What becomes of a message that was sent."""

    LATE = "late"
    NEVER = "never"
    TWICE = "twice"


_OTHER_WORDS: Final = (Kind.STATUS, Kind.NOT_JSON, Kind.EMPTY, Kind.RESET, Kind.DROP)


@frozen
class Fault:
    """A failure that is injected on purpose.

    Attributes:
        fault_id: Names it within its app.
        app_id: The app that a fault of a file is for; None for every app.
        route: The path it applies to, or None for every path.
        user: The id or username of the user it applies to, or None.
        phone_number: The number or e-mail address it applies to, or None.
        channel: The channel it applies to, or None.
        skip: How many more fitting requests pass unharmed.
        times: How many more requests it applies to; None until it is removed.
        probability: The share of matching requests it applies to.
        http_status: The HTTP status of the answer.
        outcome: The name of an outcome, whose answer is sent.
        over_seconds: How long a trickle takes.
        webhook: The event whose webhooks a fault of delivery applies to, ``*`` for every event; None for messages.
        cut_after_bytes: How much of the body comes before the cut; None for half.
        applied: How many requests it was applied to.
    """

    kind: Kind
    when: When = When.BEFORE
    fault_id: str = ""
    app_id: str | None = None
    route: str | None = None
    user: str | None = None
    phone_number: str | None = field(
        default=None, repr=lambda number: repr(number and masked(number))
    )
    channel: str | None = None
    skip: int = 0
    times: int | None = None
    probability: float = 1.0
    delay: Delay | None = None
    http_status: int | None = None
    retry_after: int | None = None
    outcome: str | None = None
    status_code: int | None = None
    api_code: int | None = None
    message: str | None = None
    body: str | None = field(default=None, repr=False)
    content_type: str | None = None
    over_seconds: float | None = None
    cut_after_bytes: int | None = None
    delivery: Delivery | None = None
    webhook: str | None = None
    applied: int = 0

    @property
    def replaces_response(self) -> bool:
        """Whether it changes the answer, and does not only hold it up."""
        return self.kind is not Kind.DELAY

    @property
    def replaces_body(self) -> bool:
        """Whether another answer takes the place of the true one."""
        return self.kind in _OTHER_WORDS or self.outcome is not None or self.status_code is not None
