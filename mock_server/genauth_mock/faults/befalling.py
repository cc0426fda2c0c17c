"""Whom a fault befalls: a request, or the delivery of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.address import Email
from genauth_mock.faults.delay import share

if TYPE_CHECKING:
    from genauth_mock.accounts import User
    from genauth_mock.engine.needs import Chance
    from genauth_mock.engine.turn import Turn
    from genauth_mock.faults.armed import Armed
    from genauth_mock.faults.fault import Fault
    from genauth_mock.faults.subject import Subject
    from genauth_mock.pass_code import PassCode


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
    found = _caller(turn)
    return found is not None and user in (found.user_id, found.username)


def _concerns(turn: Turn, number: str, subject: Subject) -> bool:
    if subject.numbers:
        return number in subject.numbers
    # A call that names no number (unbind-phone) is about the number of the user who makes it.
    user = _caller(turn)
    if user is None:
        return False
    return bool(
        (user.phone and number in (user.phone.key, user.phone.number))
        or (user.email and number == user.email.key)
    )


def _caller(turn: Turn) -> User | None:
    return None if turn.access is None else turn.user(turn.access.user_id)


def _strikes(chance: Chance, fault: Fault) -> bool:
    return not fault.skip and (fault.probability >= 1 or share(chance) < fault.probability)
