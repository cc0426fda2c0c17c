"""Matches the faults of an app against requests, and counts them down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve, field

from genauth_mock.engine.address import DEFAULT_COUNTRY_CODE, Email, plain_number
from genauth_mock.engine.value import frozen
from genauth_mock.faults.fault import (
    Fault,
    When,
    share,
)
from genauth_mock.http.paths import is_path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from genauth_mock.api.call import Answer
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext, Randomness
    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.faults.fault import Fault


@frozen
class FaultSet:
    """The faults of one app, oldest first.

    Attributes:
        number: How many were ever added.
    """

    faults: tuple[Fault, ...] = ()
    number: int = 0

    def with_fault(self, fault: Fault) -> FaultSet:
        """Return the set with one more fault, which gets the next id."""
        number = self.number + 1
        return FaultSet((*self.faults, evolve(fault, fault_id=str(number))), number)

    def without(self, fault_ids: Iterable[str]) -> FaultSet:
        """Return the set without some faults."""
        gone = set(fault_ids)
        return evolve(self, faults=tuple(f for f in self.faults if f.fault_id not in gone))

    def after(self, matched: Iterable[Fault], skipped: Iterable[Fault]) -> FaultSet:
        """Return the set with applied and skipped faults counted; those whose ``times`` is used up are dropped."""
        applied = {fault.fault_id for fault in matched}
        passed = {fault.fault_id for fault in skipped}
        left = [_applied(f) if f.fault_id in applied else _skipped(f, passed) for f in self.faults]
        return evolve(self, faults=tuple(f for f in left if f.times != 0))


_NO_FAULTS: Final = FaultSet()


def active_faults(context: CallContext, initial: Iterable[Fault], app_id: str) -> FaultSet:
    """Return the faults of the app: those it has, or those it begins with."""
    found = context.records.get(FaultSet, "")
    if found is not None:
        return found
    first = _NO_FAULTS
    for fault in initial:
        if fault.app_id in (None, app_id):
            first = first.with_fault(fault)
    return first


def _applied(fault: Fault) -> Fault:
    left = None if fault.times is None else fault.times - 1
    return evolve(fault, times=left, applied=fault.applied + 1)


def _skipped(fault: Fault, passed: set[str]) -> Fault:
    return evolve(fault, skip=max(0, fault.skip - 1)) if fault.fault_id in passed else fault


_PHONE: Final = re.compile("phone(number)?$", re.IGNORECASE)
_EMAIL: Final = re.compile("email$", re.IGNORECASE)


@frozen
class Subject:
    """What a request is, as far as faults ask.

    Attributes:
        numbers: The phone numbers and e-mail addresses that it names.
    """

    route: str
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    channel: str | None = None


def subject_of(path: str, body: Mapping[str, object]) -> Subject:
    """Return the subject of a request."""
    named = frozenset(_named(body))
    channels = [part["channel"] for part in _parts(body) if isinstance(part.get("channel"), str)]
    return Subject(path, named, cast("str", channels[0]) if channels else None)


def _parts(body: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield an object and the objects in it."""
    yield body
    for value in body.values():
        if isinstance(value, dict):
            yield from _parts(cast("Mapping[str, object]", value))


def _named(body: Mapping[str, object]) -> Iterator[str]:
    for part in _parts(body):
        for name, value in part.items():
            if not isinstance(value, str):
                continue
            if _EMAIL.search(name) or name == "account":
                yield value.lower()
            if (stem := _PHONE.search(name)) or name == "account":
                prefix = name[: stem.start()] if stem else ""
                yield value
                yield _country_code(part, prefix) + value
                yield from _in_plain(value)


def _in_plain(value: str) -> Iterator[str]:
    """Yield a number as a person means it who writes its country calling code with it, or parts it."""
    try:
        number = plain_number(value)
    except ValueError:
        return
    if number != value:
        yield number
        if number.startswith(DEFAULT_COUNTRY_CODE):
            yield number.removeprefix(DEFAULT_COUNTRY_CODE)


def _country_code(part: Mapping[str, object], prefix: str) -> str:
    for name in (f"{prefix}phoneCountryCode", f"{prefix}PhoneCountryCode"):
        code = part.get(name)
        if isinstance(code, str) and code:
            return f"+{code.lstrip('+')}"
    return DEFAULT_COUNTRY_CODE


def applicable_faults(
    context: CallContext, active: FaultSet, subject: Subject
) -> tuple[Fault, ...]:
    """Take the faults that apply to a request: every delay that fits, and the oldest other fault that fits."""
    fitting = [f for f in active.faults if f.delivery is None and _fits(context, f, subject)]
    matched: list[Fault] = []
    skipped: list[Fault] = []
    for fault in fitting:
        if fault.replaces_response and any(other.replaces_response for other in matched):
            continue
        (matched if _applies(context.randomness, fault) else skipped).append(fault)
    if matched or any(fault.skip for fault in skipped):
        context.records.put("", active.after(matched, skipped))
    return tuple(matched)


def of_delivery(
    context: CallContext, active: FaultSet, code: PassCode
) -> tuple[Fault | None, FaultSet]:
    """Take the fault that applies to the delivery of a code, if any."""
    address = code.address
    numbers = {address.key} if isinstance(address, Email) else {address.key, address.number}
    for fault in active.faults:
        fits = (
            fault.delivery is not None
            and fault.webhook is None
            and fault.channel in (None, code.channel)
            and (fault.phone_number is None or fault.phone_number in numbers)
            and (fault.user is None or _is_of(context, fault.user))
        )
        if not fits:
            continue
        if _applies(context.randomness, fault):
            return fault, active.after([fault], [])
        active = active.after([], [fault])
    return None, active


def of_webhook(
    context: CallContext, active: FaultSet, event: str, user: User
) -> tuple[Fault | None, FaultSet]:
    """Take the fault that applies to a webhook, if any."""
    for fault in active.faults:
        about = (None, user.user_id, user.username)
        if fault.webhook not in ("*", event) or fault.user not in about:
            continue
        if _applies(context.randomness, fault):
            return fault, active.after([fault], [])
        active = active.after([], [fault])
    return None, active


def _fits(context: CallContext, fault: Fault, subject: Subject) -> bool:
    return (
        (fault.route is None or is_path_of(fault.route, subject.route))
        and fault.channel in (None, subject.channel)
        and (fault.user is None or _is_of(context, fault.user))
        and (fault.phone_number is None or _concerns(context, fault.phone_number, subject))
    )


def _is_of(context: CallContext, user: str) -> bool:
    found = _caller(context)
    return found is not None and user in (found.user_id, found.username)


def _concerns(context: CallContext, number: str, subject: Subject) -> bool:
    if subject.numbers:
        return number in subject.numbers
    # A call that names no number (unbind-phone) is about the number of the user who makes it.
    user = _caller(context)
    if user is None:
        return False
    return bool(
        (user.phone and number in (user.phone.key, user.phone.number))
        or (user.email and number == user.email.key)
    )


def _caller(context: CallContext) -> User | None:
    return None if context.access is None else context.user(context.access.user_id)


def _applies(randomness: Randomness, fault: Fault) -> bool:
    return not fault.skip and (fault.probability >= 1 or share(randomness) < fault.probability)


@frozen
class MatchedFaults:
    """The faults that match one request, and whether the operation still runs.

    Attributes:
        answer: The result of the operation; None also where it has not run yet.
        has_run: Whether the operation has run.
        pause: Seconds to wait before the operation.
        delay: Seconds to wait after the operation.
    """

    faults: tuple[Fault, ...]
    active: FaultSet
    answer: Answer = None
    has_run: bool = False
    pause: float = 0.0
    delay: float = 0.0

    @property
    def replacing_fault(self) -> Fault | None:
        """The fault that changes the answer."""
        return next((fault for fault in self.faults if fault.replaces_response), None)

    @property
    def prevents_operation(self) -> bool:
        """Whether the request takes no effect."""
        return self.replacing_fault is not None and self.replacing_fault.when is When.BEFORE


def match_faults(context: CallContext, active: FaultSet, subject: Subject) -> MatchedFaults | None:
    """Return the faults that match a request, with their delays; None where none does."""
    faults = applicable_faults(context, active, subject)
    if not faults:
        return None
    seconds = {When.BEFORE: 0.0, When.AFTER: 0.0}
    for fault in faults:
        if fault.delay is not None:
            seconds[fault.when] += fault.delay.draw(context.randomness)
    active = context.records.get(FaultSet, "") or active
    return MatchedFaults(faults, active, pause=seconds[When.BEFORE], delay=seconds[When.AFTER])
