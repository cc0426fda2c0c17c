"""Texts, calls and time are spent within limits, by one run at a time."""

from __future__ import annotations

import attrs
import pytest

from genauth_contract.api.call import BIND, ApiCall
from genauth_contract.api.calls.phone import bind_phone, send_sms
from genauth_contract.api.http import Application
from genauth_contract.outcomes.models import Phone
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.budget import Budget, BudgetedCaller, BudgetSpent, ResendLimiter
from genauth_contract.play.clock import ScaledClock, SystemClock
from genauth_contract.session.guards import InUse, alone
from tests.contract.support.world import (
    CODE,
    PHONE,
    USER,
    answered,
)


class Silent:
    """A caller that is always answered yes."""

    def call(self, call: ApiCall) -> Answer:
        assert call.operation
        return answered(OK.default)


def test_a_budget_stops_before_the_call_and_not_while_undoing() -> None:
    budget = Budget(1, 2, 1.0, lambda: 0.0, 0.0)
    caller = BudgetedCaller(Silent(), budget)
    caller.call(send_sms(PHONE, BIND))
    with pytest.raises(BudgetSpent, match="1 texts"):
        caller.call(send_sms(PHONE, BIND))
    caller.call(bind_phone(USER, PHONE, CODE))
    with pytest.raises(BudgetSpent, match="2 calls"):
        caller.call(bind_phone(USER, PHONE, CODE))
    with budget.undoing():
        caller.call(send_sms(PHONE, BIND))
    assert (budget.sms, budget.calls) == (2, 3)


def test_a_budget_of_minutes_is_spent_by_the_clock_alone() -> None:
    now = [60.0]
    budget = Budget(9, 9, 1.0, lambda: now[0], 0.0)
    budget.check(0, 0, 0)
    now[0] = 61.0
    with pytest.raises(BudgetSpent, match="1 minutes"):
        budget.check(0, 0, 0)


def test_pacing_waits_out_the_gap_per_phone_and_channel() -> None:
    limiter = ResendLimiter(60)
    limiter.sent(PHONE, BIND, 100)
    assert limiter.wait_seconds(PHONE, BIND, 130) == 30
    assert limiter.wait_seconds(PHONE, BIND, 160) == 0
    assert limiter.wait_seconds(PHONE, "CHANNEL_LOGIN", 101) == 0
    assert limiter.wait_seconds(Phone("18800000000"), BIND, 101) == 0


def test_a_wait_sleeps_until_its_end_and_tells_what_is_left() -> None:
    slept: list[float] = []
    said: list[str] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds + 0.25  # a system wakes up late

    time = SystemClock(said.append, sleep, lambda: now[0])
    time.wait(25, "waiting for the next text")
    assert slept == [10, 10, 4.5]
    assert said == [f"waiting for the next text: {left} s left" for left in (25, 15, 4)]
    assert time.now() >= 125


def test_a_wait_for_a_hurried_stand_in_is_short_here_and_long_there() -> None:
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    there = ScaledClock(SystemClock(lambda _: None, sleep, lambda: now[0]), 60)
    before = there.now()
    there.wait(120, "letting time pass")
    assert now == [102.0]
    assert there.now() - before == 120


def test_no_time_is_no_wait() -> None:
    slept: list[float] = []
    SystemClock(pytest.fail, slept.append, lambda: 0.0).wait(0, "nothing")
    assert slept == []


def test_two_runs_on_one_application_are_kept_apart_and_others_are_not() -> None:
    here = Application("http://127.0.0.1:1", "one")
    there = attrs.evolve(here, app_id="two")
    with alone(here), alone(there), pytest.raises(InUse, match="another live run"), alone(here):
        pytest.fail("two runs are on one application")
    with alone(here):
        pass
