"""Sending, checking and redeeming pass codes; the rules themselves live in pass_code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.address import Email
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.pass_code import (
    Attempt,
    CodeHistory,
    PassCode,
    check,
    check_may_send,
    redeem,
    replaced,
    sent,
)
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.records import Records

_NO_HISTORY: Final = CodeHistory()
"""Where nothing was sent yet."""

_NEVER_SENT: Final = Attempt(Outcome.NO_CODE)
"""Where no code was sent."""

_RULES: Final = {
    Outcome.WRONG_CODE: "passCodeMaxAttempts",
    Outcome.BURNED_CODE: "passCodeMaxAttempts",
    Outcome.EXPIRED_CODE: "passCodeLifetimeSeconds",
    Outcome.SPENT_CODE: "a pass code works once",
    Outcome.NO_CODE: "no pass code was sent to this address for this channel",
}
"""The rule behind each refused code, by the name of its setting where it has one."""


@frozen_for_checkers
class Proof:
    """An address and the code that was sent to it, for one of the channels."""

    kind: ContactKind
    address: Address
    digits: str = field(repr=False)
    channels: tuple[str, ...]


def send(context: CallContext, channel: str, address: Address) -> None:
    """Send a pass code.

    Raises:
        Refusal: ``SENT_TOO_RECENTLY`` (or its e-mail twin), ``DAILY_LIMIT_REACHED``.
    """
    settings = context.settings
    key = _history_key(channel, address)
    history = context.records.get(CodeHistory, key) or _NO_HISTORY
    if history is not _NO_HISTORY:
        check_may_send(history, address, context.now, settings)
        if settings.resend_replaces_code:
            context.changed += tuple(replaced(code, context.now) for code in history.codes)
    is_email = isinstance(address, Email)
    lifetime = settings.email_code_lifetime if is_email else settings.pass_code_lifetime
    fixed = settings.fixed_codes.get(address.key) if settings.fixed_codes else None
    expires_at = context.now + lifetime
    digits = fixed or context.randomness.digits(settings.pass_code_length)
    code = PassCode(
        context.randomness.identifier(), channel, address, digits, context.now, expires_at
    )
    history = sent(history, code, settings)
    context.records.put(key, history, history.kept_until(settings))
    context.issued = (*context.issued, code)


def current_state(records: Records, code: PassCode, now: datetime) -> PassCode:
    """Return a sent code in its current state."""
    history = records.get(CodeHistory, _history_key(code.channel, code.address))
    if history is None:
        return code
    kept = (each for each in history.codes if each.code_id == code.code_id)
    return next(kept, None) or replaced(code, now)


def peek(context: CallContext, channel: str, address: Address, digits: str) -> Outcome:
    """Return the outcome that redeeming the code would have, without using it up."""
    history = context.records.get(CodeHistory, _history_key(channel, address)) or _NO_HISTORY
    return check(history.codes, digits, context.now)


def redeem_code(
    context: CallContext, channels: Iterable[str], address: Address, digits: str
) -> None:
    """Redeem one code.

    Raises:
        Refusal: ``WRONG_CODE``, ``EXPIRED_CODE``, ``SPENT_CODE``, ``BURNED_CODE`` or ``NO_CODE``.
    """
    attempt, key, history = _attempt(context, channels, address, digits)
    if attempt.code is not None:
        _note(context, key, history, attempt.code)
    if attempt.outcome is not Outcome.OK:
        raise _refused(attempt)


def redeem_codes(context: CallContext, given: Sequence[tuple[Iterable[str], Address, str]]) -> None:
    """Redeem several codes together: none is used up unless all of them fit.

    Args:
        context: The context.
        given: For each code the channels it may have been sent for, its address, and its digits.

    Raises:
        Refusal: As `use`, for the first code that does not fit.
    """
    tried = [_attempt(context, channels, address, digits) for channels, address, digits in given]
    refused = [each for each in tried if each[0].outcome is not Outcome.OK]
    for attempt, key, history in refused or tried:
        if attempt.code is not None:
            _note(context, key, history, attempt.code)
    if refused:
        raise _refused(refused[0][0])


def _refused(attempt: Attempt) -> Refusal:
    return Refusal(
        attempt.outcome,
        why={"rule": _RULES[attempt.outcome], "attemptsLeft": attempt.attempts_left},
    )


def _attempt(
    context: CallContext, channels: Iterable[str], address: Address, digits: str
) -> tuple[Attempt, str, CodeHistory]:
    """Try the code on each channel it may have been sent for; the first that fits wins.

    Returns:
        The result, and the history of that channel with its key.
    """
    best = _NEVER_SENT, "", _NO_HISTORY
    for channel in channels:
        key = _history_key(channel, address)
        history = context.records.get(CodeHistory, key) or _NO_HISTORY
        attempt = redeem(history.codes, digits, context.now, context.settings)
        if attempt.outcome is Outcome.OK:
            return attempt, key, history
        if _how_far_from_fitting(attempt) < _how_far_from_fitting(best[0]):
            best = attempt, key, history
    return best


def _how_far_from_fitting(attempt: Attempt) -> int:
    order = (Outcome.WRONG_CODE, Outcome.BURNED_CODE, Outcome.SPENT_CODE, Outcome.EXPIRED_CODE)
    return order.index(attempt.outcome) if attempt.outcome in order else len(order)


def _history_key(channel: str, address: Address) -> str:
    return f"{channel} {address.key}"


def _note(context: CallContext, key: str, history: CodeHistory, code: PassCode) -> None:
    history = history.with_code(code)
    context.records.put(key, history, history.kept_until(context.settings))
    context.changed = (*context.changed, code)
