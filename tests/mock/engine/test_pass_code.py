"""The life of a pass code, rule by rule, on both sides of each boundary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from genauth_mock.engine.address import Phone
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.pass_code import (
    CodeHistory,
    PassCode,
    State,
    check,
    check_may_send,
    redeem,
    replaced,
    sent,
)
from genauth_mock.engine.settings import Settings

T0 = datetime(2026, 1, 1, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)
MINUTE = timedelta(seconds=60)
NUMBER = Phone("+86", "18812348888")
SETTINGS = Settings()
CODE = PassCode("c1", "CHANNEL_BIND_PHONE", NUMBER, "123456", T0, T0 + MINUTE)


def test_a_code_works_once() -> None:
    first = redeem([CODE], "123456", T0, SETTINGS)
    assert (first.outcome, first.code and first.code.state(T0)) == (Outcome.OK, State.USED)
    assert first.code is not None
    assert redeem([first.code], "123456", T0, SETTINGS).outcome is Outcome.SPENT_CODE


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        pytest.param(MINUTE - MOMENT, Outcome.OK, id="works just before"),
        pytest.param(MINUTE, Outcome.EXPIRED_CODE, id="is dead when its time is up"),
    ],
)
def test_a_code_lives_for_its_lifetime(after: timedelta, outcome: Outcome) -> None:
    assert redeem([CODE], "123456", T0 + after, SETTINGS).outcome is outcome


@pytest.mark.parametrize("allowed", [0, 1, 3])
def test_wrong_attempts_beyond_the_allowed_ones_burn_the_code(allowed: int) -> None:
    settings = evolve(SETTINGS, pass_code_max_attempts=allowed)
    code = CODE
    for attempt in range(allowed + 1):
        assert code.state(T0) is State.ACTIVE, f"alive before wrong attempt {attempt + 1}"
        tried = redeem([code], "654321", T0, settings)
        assert tried.outcome is Outcome.WRONG_CODE
        assert tried.code is not None
        code = tried.code
    assert code.state(T0) is State.EXHAUSTED
    assert redeem([code], "123456", T0, settings).outcome is Outcome.BURNED_CODE


def test_the_right_code_still_works_after_the_allowed_wrong_attempt() -> None:
    tried = redeem([CODE], "654321", T0, SETTINGS)
    assert tried.attempts_left == 1
    assert tried.code is not None
    assert redeem([tried.code], "123456", T0, SETTINGS).outcome is Outcome.OK


def test_where_nothing_was_sent_there_is_no_code() -> None:
    assert redeem([], "123456", T0, SETTINGS).outcome is Outcome.NO_CODE
    assert check([], "123456", T0) is Outcome.NO_CODE


@pytest.mark.parametrize(
    ("digits", "at", "outcome"),
    [
        pytest.param("123456", T0, Outcome.OK, id="right"),
        pytest.param("654321", T0, Outcome.WRONG_CODE, id="wrong"),
        pytest.param("123456", T0 + MINUTE, Outcome.EXPIRED_CODE, id="expired"),
    ],
)
def test_checking_tells_what_redeeming_would_say(
    digits: str, at: datetime, outcome: Outcome
) -> None:
    assert check([CODE], digits, at) is outcome
    assert redeem([CODE], digits, at, SETTINGS).outcome is outcome


def test_a_resend_ends_the_code_before_it() -> None:
    old = replaced(CODE, T0)
    new = evolve(CODE, code_id="c2", digits="222222")
    assert old.state(T0) is State.REPLACED
    assert redeem([old, new], "123456", T0, SETTINGS).outcome is Outcome.WRONG_CODE
    assert redeem([old, new], "222222", T0, SETTINGS).outcome is Outcome.OK


def test_a_resend_does_not_rewrite_how_a_code_ended() -> None:
    used = redeem([CODE], "123456", T0, SETTINGS).code
    assert used is not None
    assert replaced(used, T0).state(T0) is State.USED
    assert replaced(CODE, T0 + MINUTE).state(T0 + MINUTE) is State.EXPIRED


def test_where_a_resend_replaces_nothing_both_codes_work() -> None:
    new = evolve(CODE, code_id="c2", digits="222222")
    assert redeem([CODE, new], "123456", T0, SETTINGS).code == evolve(CODE, ended=State.USED)
    assert redeem([CODE, new], "222222", T0, SETTINGS).code == evolve(new, ended=State.USED)


@pytest.mark.parametrize("replaces", [True, False])
def test_a_line_remembers_the_codes_that_may_still_work(replaces: bool) -> None:
    settings = evolve(SETTINGS, resend_replaces_code=replaces)
    before = evolve(CODE, code_id="c0")
    history = sent(CodeHistory((before,)), CODE, settings)
    assert history.codes == ((CODE,) if replaces else (before, CODE))


def test_a_line_forgets_codes_that_have_expired() -> None:
    settings = evolve(SETTINGS, resend_replaces_code=False)
    later = evolve(CODE, code_id="c2", sent_at=CODE.expires_at)
    assert sent(CodeHistory((CODE,)), later, settings).codes == (later,)


def test_a_line_counts_until_its_code_has_expired_and_the_next_may_be_sent() -> None:
    history = CodeHistory((CODE,))
    assert history.kept_until(SETTINGS) == CODE.expires_at
    assert history.kept_until(evolve(SETTINGS, resend_gap=2 * MINUTE)) == T0 + 2 * MINUTE
    assert history.kept_until(evolve(SETTINGS, daily_send_limit=9)) == T0 + timedelta(days=1)


@pytest.mark.parametrize(
    ("after", "may"),
    [
        pytest.param(MINUTE - MOMENT, False, id="refused within the gap"),
        pytest.param(MINUTE, True, id="sent when the gap is over"),
    ],
)
def test_one_send_a_minute_for_each_number_and_channel(after: timedelta, may: bool) -> None:
    history = sent(CodeHistory(), CODE, SETTINGS)
    assert (_refusal(history, T0 + after, SETTINGS) is None) is may


def test_the_refusal_tells_how_long_to_wait() -> None:
    with pytest.raises(Refusal) as refused:
        check_may_send(
            sent(CodeHistory(), CODE, SETTINGS), NUMBER, T0 + timedelta(seconds=45), SETTINGS
        )
    assert refused.value.why == {"rule": "resendGapSeconds", "secondsLeft": 15.0}


def test_an_exempt_number_may_be_sent_to_at_once() -> None:
    settings = evolve(SETTINGS, resend_exempt=frozenset({NUMBER.key}))
    assert _refusal(sent(CodeHistory(), CODE, settings), T0, settings) is None


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        pytest.param(23.9, Outcome.DAILY_LIMIT_REACHED, id="within a day"),
        pytest.param(24, None, id="a day after the first"),
    ],
)
def test_no_more_sends_in_a_day_than_the_limit(hours: float, outcome: Outcome | None) -> None:
    settings = evolve(SETTINGS, daily_send_limit=2)
    history = CodeHistory()
    for minutes in (0, 1):
        history = sent(history, evolve(CODE, sent_at=T0 + timedelta(minutes=minutes)), settings)
    assert _refusal(history, T0 + timedelta(hours=hours), settings) is outcome


def test_a_daily_limit_of_none_sends_nothing_at_all() -> None:
    settings = evolve(SETTINGS, daily_send_limit=0)
    assert _refusal(CodeHistory(), T0, settings) is Outcome.DAILY_LIMIT_REACHED


def test_no_code_shows_itself() -> None:
    assert "123456" not in repr(CODE)
    assert "18812348888" not in repr(CODE)
    assert "188****8888" in repr(CODE)


def _refusal(history: CodeHistory, now: datetime, settings: Settings) -> Outcome | None:
    try:
        check_may_send(history, NUMBER, now, settings)
    except Refusal as refusal:
        return refusal.outcome
    return None
