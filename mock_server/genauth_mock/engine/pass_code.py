"""Every rule about the life of a pass code lives in this file.

A code is sent for one channel and one address; it lives for a while, works once, and does not survive
too many wrong attempts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.address import Address, Email
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genauth_mock.engine.settings import Settings

DAY: Final = timedelta(hours=24)
"""The window of the daily limit.

Source: message text seen live, "该手机号 24 小时内已发送过验证码超过最大上限，请稍后尝试".
"""


class State(StrEnum):
    """Where a pass code is in its life."""

    ACTIVE = "active"
    USED = "used"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"
    REPLACED = "replaced"


@frozen_for_checkers
class PassCode:
    """One pass code that was sent.

    Attributes:
        code_id: Names the message that carried it.
        channel: What it is good for, such as ``CHANNEL_BIND_PHONE``.
        address: Where it was sent; it fits no other address.
        expires_at: The first moment at which it no longer works.
        wrong_attempts: How many wrong codes were tried against it.
        ended: How its life ended before its time, or None.
    """

    code_id: str
    channel: str
    address: Address
    digits: str = field(repr=False)
    sent_at: datetime
    expires_at: datetime
    wrong_attempts: int = 0
    ended: State | None = None

    def with_end(self, ended: State | None, *, wrong_attempts: int) -> PassCode:
        """Return a copy with its end set. Does what `attrs.evolve` does, in a quarter of the time."""
        return PassCode(
            self.code_id,
            self.channel,
            self.address,
            self.digits,
            self.sent_at,
            self.expires_at,
            wrong_attempts,
            ended,
        )

    def is_active(self, now: datetime) -> bool:
        """Return whether the code works at ``now``."""
        return self.ended is None and now < self.expires_at

    def state(self, now: datetime) -> State:
        """Return the state of the code at ``now``."""
        if self.ended is not None:
            return self.ended
        return State.ACTIVE if now < self.expires_at else State.EXPIRED


@frozen_for_checkers
class CodeHistory:
    """What was sent to one address for one channel.

    Attributes:
        codes: Codes that were not replaced, oldest first; the last one is the newest sent.
        earlier: When codes were sent, oldest first, as far as the daily limit asks for it.
    """

    codes: tuple[PassCode, ...] = ()
    earlier: tuple[datetime, ...] = ()

    @property
    def sent_at(self) -> tuple[datetime, ...]:
        """When codes were sent, oldest first; no more of them than the rules ask for."""
        return self.earlier or tuple(code.sent_at for code in self.codes)

    def with_code(self, code: PassCode) -> CodeHistory:
        """Return the history with a code replaced by its new version."""
        if len(self.codes) == 1:
            return CodeHistory((code,), self.earlier)
        codes = (code if each.code_id == code.code_id else each for each in self.codes)
        return CodeHistory(tuple(codes), self.earlier)

    def kept_until(self, settings: Settings) -> datetime:
        """Return until when the history counts: for its newest code, and for the limits of sending."""
        newest = self.codes[-1]
        limited_for = settings.resend_gap if settings.daily_send_limit is None else DAY
        return max(newest.expires_at, newest.sent_at + limited_for)


@frozen_for_checkers
class Attempt:
    """The result of trying a code: the outcome, and the code afterwards."""

    outcome: Outcome
    code: PassCode | None = None
    attempts_left: int = 0


def check_may_send(
    history: CodeHistory, address: Address, now: datetime, settings: Settings
) -> None:
    """Refuse a second code within the resend gap, and one beyond the daily limit.

    Source: API reference, send-sms: one per minute for each number and channel.

    Raises:
        Refusal: ``SENT_TOO_RECENTLY`` (or its e-mail twin) or ``DAILY_LIMIT_REACHED``.
    """
    if address.key in settings.resend_exempt:
        return
    sent_at = history.codes[-1].sent_at if history.codes else None
    wait = timedelta(0) if sent_at is None else sent_at + settings.resend_gap - now
    if wait > timedelta(0):
        by_mail = isinstance(address, Email)
        raise Refusal(
            Outcome.EMAIL_SENT_TOO_RECENTLY if by_mail else Outcome.SENT_TOO_RECENTLY,
            why={"rule": "resendGapSeconds", "secondsLeft": wait.total_seconds()},
        )
    limit = settings.daily_send_limit
    if limit is not None and sum(now - each < DAY for each in history.sent_at) >= limit:
        raise Refusal(Outcome.DAILY_LIMIT_REACHED, why={"rule": "dailySendLimit", "limit": limit})


def sent(history: CodeHistory, code: PassCode, settings: Settings) -> CodeHistory:
    """Return the history with ``code`` added; earlier codes stay in it only where a resend leaves them alive."""
    limit = settings.daily_send_limit
    earlier = () if limit is None else (*history.sent_at, code.sent_at)[-limit:]
    if settings.resend_replaces_code or not history.codes:
        return CodeHistory((code,), earlier)
    alive = (each for each in history.codes if code.sent_at < each.expires_at)
    return CodeHistory((*alive, code), earlier)


def replaced(code: PassCode, now: datetime) -> PassCode:
    """End a code because a newer one was sent; a code that ended before stays what it was.

    Source: assumed (``resendReplacesCode``).
    """
    if not code.is_active(now):
        return code
    return code.with_end(State.REPLACED, wrong_attempts=code.wrong_attempts)


def redeem(codes: Sequence[PassCode], digits: str, now: datetime, settings: Settings) -> Attempt:
    """Use up the code that fits, or count a wrong attempt against the newest one.

    A code works once: the code that fits comes back used. Wrong attempts beyond ``passCodeMaxAttempts`` burn it.
    Source: API reference, bind-phone, passCode (single use, expires); management API, verifyCodeMaxAttempts
    (wrong attempts exceeding it void the code). Whether wrong and expired codes can be told apart: assumed not.

    Args:
        codes: What was sent to this address for this channel, oldest first.
        digits: What the user typed.
        now: The moment of the attempt.
        settings: The number of wrong attempts that a code survives.
    """
    newest: PassCode | None = None
    for code in reversed(codes):
        if not code.is_active(now):
            continue
        if code.digits == digits:
            return Attempt(
                Outcome.OK, code.with_end(State.USED, wrong_attempts=code.wrong_attempts)
            )
        newest = newest or code
    if newest is None:
        return Attempt(_why_none_is_active(codes, now))
    return _count_wrong(newest, settings)


def check(codes: Sequence[PassCode], digits: str, now: datetime) -> Outcome:
    """Return the outcome that redeeming would have, and change nothing.

    Source: API reference, pre-check-code: does not invalidate the code. Not counting as a wrong attempt: assumed.
    """
    active = [code for code in codes if code.is_active(now)]
    if not active:
        return _why_none_is_active(codes, now)
    return Outcome.OK if any(code.digits == digits for code in active) else Outcome.WRONG_CODE


def _count_wrong(code: PassCode, settings: Settings) -> Attempt:
    wrong = code.wrong_attempts + 1
    burned = wrong > settings.pass_code_max_attempts
    return Attempt(
        Outcome.WRONG_CODE,
        code.with_end(State.EXHAUSTED if burned else None, wrong_attempts=wrong),
        attempts_left=max(0, settings.pass_code_max_attempts - wrong + 1),
    )


def _why_none_is_active(codes: Sequence[PassCode], now: datetime) -> Outcome:
    if not codes:
        return Outcome.NO_CODE
    return {
        State.USED: Outcome.SPENT_CODE,
        State.EXHAUSTED: Outcome.BURNED_CODE,
        State.REPLACED: Outcome.EXPIRED_CODE,
    }.get(codes[-1].state(now), Outcome.EXPIRED_CODE)
