"""Faults: what goes wrong on purpose, whom it befalls, and how often.

Pure; their names in JSON are in `genauth_mock.faults.fields`.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from genauth_mock.accounts import AccessToken
from genauth_mock.address import Email, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from genauth_mock.engine.turn import Chance, Turn
    from genauth_mock.pass_code import PassCode

FINENESS: Final = 9
"""Digits of a random draw."""


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
    """Whether a fault keeps the request from taking effect, or strikes once it has."""

    BEFORE = "before"
    AFTER = "after"


class Delivery(StrEnum):
    """What becomes of a message that was sent."""

    LATE = "late"
    NEVER = "never"
    TWICE = "twice"


class Distribution(StrEnum):
    """How long a delay is."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    LOGNORMAL = "lognormal"


_OTHER_WORDS: Final = (Kind.STATUS, Kind.NOT_JSON, Kind.EMPTY, Kind.RESET, Kind.DROP)


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

    def draw(self, chance: Chance) -> float:
        """Tell how many seconds it is this time."""
        match self.distribution:
            case Distribution.FIXED:
                return self.seconds
            case Distribution.UNIFORM:
                return self.seconds + (self.longest - self.seconds) * _share(chance)
            case Distribution.LOGNORMAL:
                return self.seconds * math.exp(self.sigma * _normal(chance))


@frozen
class Fault:
    """Something that goes wrong on purpose.

    Attributes:
        fault_id: Names it within its app.
        app_id: Whom a fault of a file is for; None for every app.
        route: The path it befalls, or None for every path.
        user: The id or username of the user it befalls, or None.
        phone_number: The number or e-mail address it befalls, or None.
        channel: The channel it befalls, or None.
        skip: How many more fitting requests pass unharmed.
        times: How many more requests it befalls; None until it is removed.
        probability: The share of fitting requests it befalls.
        http_status: The HTTP status of the answer.
        outcome: A verdict's name: the answer is that of the verdict.
        over_seconds: How long a trickle takes.
        cut_after_bytes: How much of the body comes before the cut; None for half.
        applied: How many requests it befell.
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
    applied: int = 0

    @property
    def decides(self) -> bool:
        """Whether it changes the answer, and does not only hold it up."""
        return self.kind is not Kind.DELAY

    @property
    def changes_words(self) -> bool:
        """Whether another answer takes the place of the true one."""
        return self.kind in _OTHER_WORDS or self.outcome is not None or self.status_code is not None


@frozen
class Armed:
    """The faults of one app, oldest first.

    Attributes:
        number: How many were ever armed.
    """

    faults: tuple[Fault, ...] = ()
    number: int = 0

    def with_fault(self, fault: Fault) -> Armed:
        """Arm one more; the last one of the new faults has its id."""
        number = self.number + 1
        return Armed((*self.faults, evolve(fault, fault_id=str(number))), number)

    def without(self, fault_ids: Iterable[str]) -> Armed:
        """Remove some."""
        gone = set(fault_ids)
        return evolve(self, faults=tuple(f for f in self.faults if f.fault_id not in gone))

    def after(self, befell: Iterable[Fault], spared: Iterable[Fault]) -> Armed:
        """Count what befell a request and what it was spared; a fault that has struck out is gone."""
        struck = {fault.fault_id for fault in befell}
        passed = {fault.fault_id for fault in spared}
        left = [_struck(f) if f.fault_id in struck else _spared(f, passed) for f in self.faults]
        return evolve(self, faults=tuple(f for f in left if f.times != 0))


_UNARMED: Final = Armed()


@frozen
class Subject:
    """What a request is, as far as faults ask.

    Attributes:
        numbers: The phone numbers and e-mail addresses that it names.
    """

    route: str
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    channel: str | None = None


def armed(turn: Turn, from_the_start: Iterable[Fault], app_id: str) -> Armed:
    """Give the faults of the turn's app: those it has, or those it begins with."""
    found = turn.records.get(Armed, "")
    if found is not None:
        return found
    first = _UNARMED
    for fault in from_the_start:
        if fault.app_id in (None, app_id):
            first = first.with_fault(fault)
    return first


def befalling(turn: Turn, now_armed: Armed, subject: Subject) -> tuple[Fault, ...]:
    """Take the faults that befall a request: every delay that fits, and the oldest other fault that fits."""
    fitting = [f for f in now_armed.faults if f.delivery is None and _fits(turn, f, subject)]
    befell: list[Fault] = []
    spared: list[Fault] = []
    for fault in fitting:
        if fault.decides and any(other.decides for other in befell):
            continue
        (befell if _strikes(turn.chance, fault) else spared).append(fault)
    if befell or any(fault.skip for fault in spared):
        turn.records.put("", now_armed.after(befell, spared))
    return tuple(befell)


def of_delivery(turn: Turn, now_armed: Armed, code: PassCode) -> tuple[Fault | None, Armed]:
    """Take the fault that befalls the delivery of a code, if one does."""
    address = code.address
    numbers = {address.key} if isinstance(address, Email) else {address.key, address.number}
    for fault in now_armed.faults:
        fits = (
            fault.delivery is not None
            and fault.channel in (None, code.channel)
            and (fault.phone_number is None or fault.phone_number in numbers)
            and (fault.user is None or _is_of(turn, fault.user))
        )
        if not fits:
            continue
        if _strikes(turn.chance, fault):
            return fault, now_armed.after([fault], [])
        now_armed = now_armed.after([], [fault])
    return None, now_armed


def _fits(turn: Turn, fault: Fault, subject: Subject) -> bool:
    return (
        fault.route in (None, subject.route)
        and fault.channel in (None, subject.channel)
        and (fault.user is None or _is_of(turn, fault.user))
        and (fault.phone_number is None or _concerns(turn, fault.phone_number, subject))
    )


def _is_of(turn: Turn, user: str) -> bool:
    token = turn.token and turn.records.get(AccessToken, turn.token)
    found = turn.user(token.user_id) if token else None
    return found is not None and user in (found.user_id, found.username)


def _concerns(turn: Turn, number: str, subject: Subject) -> bool:
    if subject.numbers:
        return number in subject.numbers
    # A call that names no number (unbind-phone) is about the number of the user who makes it.
    token = turn.token and turn.records.get(AccessToken, turn.token)
    user = turn.user(token.user_id) if token else None
    if user is None:
        return False
    return bool(
        (user.phone and number in (user.phone.key, user.phone.number))
        or (user.email and number == user.email.key)
    )


def _strikes(chance: Chance, fault: Fault) -> bool:
    return not fault.skip and (fault.probability >= 1 or _share(chance) < fault.probability)


def _struck(fault: Fault) -> Fault:
    left = None if fault.times is None else fault.times - 1
    return evolve(fault, times=left, applied=fault.applied + 1)


def _spared(fault: Fault, passed: set[str]) -> Fault:
    return evolve(fault, skip=max(0, fault.skip - 1)) if fault.fault_id in passed else fault


def _share(chance: Chance) -> float:
    """Draw a number from 0 (inclusive) to 1 (exclusive)."""
    return int(chance.digits(FINENESS)) / 10**FINENESS


def _normal(chance: Chance) -> float:
    """Draw from the standard normal distribution, as Box and Muller do."""
    radius = math.sqrt(-2 * math.log(1 - _share(chance)))
    return radius * math.cos(2 * math.pi * _share(chance))
