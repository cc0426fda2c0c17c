"""Sending, checking and redeeming pass codes; the rules themselves live in pass_code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.address import Email
from genauth_mock.pass_code import (
    DAY,
    Attempt,
    Line,
    PassCode,
    check,
    check_may_send,
    redeem,
    replaced,
    sent,
)
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from genauth_mock.address import Address
    from genauth_mock.engine.turn import Turn

_NEW_LINE: Final = Line()
"""Where nothing was sent yet."""

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
            for code in _codes(turn, line):
                _note(turn, replaced(code, turn.now))
    is_email = isinstance(address, Email)
    lifetime = settings.email_code_lifetime if is_email else settings.pass_code_lifetime
    fixed = settings.fixed_codes.get(address.key) if settings.fixed_codes else None
    expires_at = turn.now + lifetime
    code = PassCode(
        code_id=turn.chance.identifier(),
        channel=channel,
        address=address,
        digits=fixed or turn.chance.digits(settings.pass_code_length),
        sent_at=turn.now,
        expires_at=expires_at,
    )
    turn.records.put(code.code_id, code, expires_at)
    limited_for = settings.resend_gap if settings.daily_send_limit is None else DAY
    limited_until = turn.now + limited_for if limited_for > lifetime else expires_at
    turn.records.put(key, sent(line, code, settings), limited_until)
    turn.issued.append(code)


def peek(turn: Turn, channel: str, address: Address, digits: str) -> Verdict:
    """Tell what redeeming the code would say, without using it up."""
    return check(_codes(turn, _line(turn, channel, address)), digits, turn.now)


def use(turn: Turn, channels: Iterable[str], address: Address, digits: str) -> None:
    """Redeem one code.

    Raises:
        Refusal: ``WRONG_CODE``, ``EXPIRED_CODE``, ``SPENT_CODE``, ``BURNED_CODE`` or ``NO_CODE``.
    """
    use_all(turn, [(channels, address, digits)])


def use_all(turn: Turn, given: Sequence[tuple[Iterable[str], Address, str]]) -> None:
    """Redeem several codes together: none is used up unless all of them fit.

    Args:
        turn: The turn.
        given: For each code the channels it may have been sent for, its address, and its digits.

    Raises:
        Refusal: As `use`, for the first code that does not fit.
    """
    attempts = [_attempt(turn, channels, address, digits) for channels, address, digits in given]
    refused = [attempt for attempt in attempts if attempt.verdict is not Verdict.OK]
    for attempt in refused or attempts:
        if attempt.code is not None:
            _note(turn, attempt.code)
    if refused:
        first = refused[0]
        raise Refusal(
            first.verdict,
            why={"rule": _RULES[first.verdict], "attemptsLeft": first.attempts_left},
        )


def _attempt(turn: Turn, channels: Iterable[str], address: Address, digits: str) -> Attempt:
    """Try the code on each channel it may have been sent for; the first that fits wins."""
    attempts = [
        redeem(_codes(turn, _line(turn, channel, address)), digits, turn.now, turn.settings)
        for channel in channels
    ]
    return min(attempts, key=_how_far_from_fitting)


def _how_far_from_fitting(attempt: Attempt) -> int:
    order = (Verdict.OK, Verdict.WRONG_CODE, Verdict.BURNED_CODE, Verdict.SPENT_CODE)
    return order.index(attempt.verdict) if attempt.verdict in order else len(order)


def _line_key(channel: str, address: Address) -> str:
    return f"{channel} {address.key}"


def _line(turn: Turn, channel: str, address: Address) -> Line:
    return turn.records.get(Line, _line_key(channel, address)) or Line()


def _codes(turn: Turn, line: Line) -> list[PassCode]:
    found = (turn.records.get(PassCode, code_id) for code_id in line.code_ids)
    return [code for code in found if code is not None]


def _note(turn: Turn, code: PassCode) -> None:
    turn.records.put(code.code_id, code, code.expires_at)
    turn.changed.append(code)
