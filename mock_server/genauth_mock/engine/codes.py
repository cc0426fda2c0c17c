"""Sending, checking and redeeming pass codes; the rules themselves live in pass_code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.engine.address import Email
from genauth_mock.engine.outcomes import Refusal, Verdict
from genauth_mock.engine.pass_code import (
    Attempt,
    Line,
    PassCode,
    check,
    check_may_send,
    redeem,
    replaced,
    sent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from genauth_mock.engine.address import Address
    from genauth_mock.engine.context import Turn
    from genauth_mock.engine.records import Records

_NEW_LINE: Final = Line()
"""Where nothing was sent yet."""

_NEVER_SENT: Final = Attempt(Verdict.NO_CODE)
"""Where no code was sent."""

_RULES: Final = {
    Verdict.WRONG_CODE: "passCodeMaxAttempts",
    Verdict.BURNED_CODE: "passCodeMaxAttempts",
    Verdict.EXPIRED_CODE: "passCodeLifetimeSeconds",
    Verdict.SPENT_CODE: "a pass code works once",
    Verdict.NO_CODE: "no pass code was sent to this address for this channel",
}
"""The rule behind each refused code, by the name of its setting where it has one."""


def send(turn: Turn, channel: str, address: Address) -> None:
    """Send a pass code.

    Raises:
        Refusal: ``SENT_TOO_RECENTLY`` (or its e-mail twin), ``DAILY_LIMIT_REACHED``.
    """
    settings = turn.settings
    key = _line_key(channel, address)
    line = turn.records.get(Line, key) or _NEW_LINE
    if line is not _NEW_LINE:
        check_may_send(line, address, turn.now, settings)
        if settings.resend_replaces_code:
            turn.changed += tuple(replaced(code, turn.now) for code in line.codes)
    is_email = isinstance(address, Email)
    lifetime = settings.email_code_lifetime if is_email else settings.pass_code_lifetime
    fixed = settings.fixed_codes.get(address.key) if settings.fixed_codes else None
    expires_at = turn.now + lifetime
    digits = fixed or turn.chance.digits(settings.pass_code_length)
    code = PassCode(turn.chance.identifier(), channel, address, digits, turn.now, expires_at)
    line = sent(line, code, settings)
    turn.records.put(key, line, line.kept_until(settings))
    turn.issued = (*turn.issued, code)


def as_it_is(records: Records, code: PassCode, now: datetime) -> PassCode:
    """Tell what has become of a code that was sent."""
    line = records.get(Line, _line_key(code.channel, code.address))
    if line is None:
        return code
    kept = (each for each in line.codes if each.code_id == code.code_id)
    return next(kept, None) or replaced(code, now)


def peek(turn: Turn, channel: str, address: Address, digits: str) -> Verdict:
    """Tell what redeeming the code would say, without using it up."""
    line = turn.records.get(Line, _line_key(channel, address)) or _NEW_LINE
    return check(line.codes, digits, turn.now)


def use(turn: Turn, channels: Iterable[str], address: Address, digits: str) -> None:
    """Redeem one code.

    Raises:
        Refusal: ``WRONG_CODE``, ``EXPIRED_CODE``, ``SPENT_CODE``, ``BURNED_CODE`` or ``NO_CODE``.
    """
    attempt, key, line = _attempt(turn, channels, address, digits)
    if attempt.code is not None:
        _note(turn, key, line, attempt.code)
    if attempt.verdict is not Verdict.OK:
        raise _refused(attempt)


def use_all(turn: Turn, given: Sequence[tuple[Iterable[str], Address, str]]) -> None:
    """Redeem several codes together: none is used up unless all of them fit.

    Args:
        turn: The turn.
        given: For each code the channels it may have been sent for, its address, and its digits.

    Raises:
        Refusal: As `use`, for the first code that does not fit.
    """
    tried = [_attempt(turn, channels, address, digits) for channels, address, digits in given]
    refused = [each for each in tried if each[0].verdict is not Verdict.OK]
    for attempt, key, line in refused or tried:
        if attempt.code is not None:
            _note(turn, key, line, attempt.code)
    if refused:
        raise _refused(refused[0][0])


def _refused(attempt: Attempt) -> Refusal:
    return Refusal(
        attempt.verdict,
        why={"rule": _RULES[attempt.verdict], "attemptsLeft": attempt.attempts_left},
    )


def _attempt(
    turn: Turn, channels: Iterable[str], address: Address, digits: str
) -> tuple[Attempt, str, Line]:
    """Try the code on each channel it may have been sent for; the first that fits wins.

    Returns:
        What came of it, and the line of that channel with its key.
    """
    best = _NEVER_SENT, "", _NEW_LINE
    for channel in channels:
        key = _line_key(channel, address)
        line = turn.records.get(Line, key) or _NEW_LINE
        attempt = redeem(line.codes, digits, turn.now, turn.settings)
        if attempt.verdict is Verdict.OK:
            return attempt, key, line
        if _how_far_from_fitting(attempt) < _how_far_from_fitting(best[0]):
            best = attempt, key, line
    return best


def _how_far_from_fitting(attempt: Attempt) -> int:
    order = (Verdict.WRONG_CODE, Verdict.BURNED_CODE, Verdict.SPENT_CODE, Verdict.EXPIRED_CODE)
    return order.index(attempt.verdict) if attempt.verdict in order else len(order)


def _line_key(channel: str, address: Address) -> str:
    return f"{channel} {address.key}"


def _note(turn: Turn, key: str, line: Line, code: PassCode) -> None:
    line = line.having(code)
    turn.records.put(key, line, line.kept_until(turn.settings))
    turn.changed = (*turn.changed, code)
