"""Random stories over HTTP, held against a model of forty lines: codes, phones, users and time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import attrs
import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genauth_contract import openapi, wire
from genauth_contract.calls import (
    BIND,
    UNBIND,
    ApiCall,
    bind_phone,
    get_profile,
    pre_check_code,
    send_sms,
    unbind_phone,
)
from genauth_contract.expect import Outcome
from genauth_contract.judge import Judge
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SENT_TOO_RECENTLY,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.phones import HAS_PHONE_ALREADY, NO_PHONE_BOUND, PHONE_TAKEN
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import PassCode, Phone, User
from genauth_contract.stages.control import Control
from genauth_contract.stages.driven import DrivenStage, fresh_app_id
from genauth_contract.wire import Application
from genauth_mock.server import running_in_thread

LIFETIME, GAP, ATTEMPTS = 60, 60, 1

people, phones = st.integers(0, 1), st.integers(0, 1)
channels = st.sampled_from([BIND, BIND, UNBIND])
rightly = st.sampled_from([True, True, True, False])
NEVER_TEXTED = PassCode("000000000")


@attrs.define
class Code:
    """The newest code texted to a phone for a channel, as the model remembers it."""

    code: PassCode
    sent_at: float
    wrong: int = 0
    is_spent: bool = False

    def refusal(self, now: float) -> Outcome | None:
        """Say why the right digits would be refused; None when they would do."""
        if self.is_spent:
            return SPENT_CODE
        if self.wrong > ATTEMPTS:
            return BURNED_CODE
        return EXPIRED_CODE if now >= self.sent_at + LIFETIME else None

    def attempt(self, now: float, *, is_right: bool) -> Outcome:
        """Say what an attempt gives, and remember it."""
        refusal = self.refusal(now)
        if refusal:
            return refusal
        if not is_right:
            self.wrong += 1
            return WRONG_CODE
        self.is_spent = True
        return OK


class Story(RuleBasedStateMachine):
    """Two users and two phones: few enough that they meet."""

    url = ""
    client: httpx.Client

    def __init__(self) -> None:
        super().__init__()
        application = Application(self.url, fresh_app_id())
        self.stage = DrivenStage(Control(self.client, application))
        self.wire = wire.Wire(self.client, application)
        self.judge = Judge(openapi.packaged(), exact=True)
        self.users = [self.stage.user_without_phone() for _ in range(2)]
        self.phones = [self.stage.fresh_phone() for _ in range(2)]
        self.bound: dict[User, Phone] = {}
        self.codes: dict[tuple[Phone, str], Code] = {}
        self.now = 0.0

    def expect(self, outcome: Outcome, call: ApiCall) -> None:
        answer = self.wire.call(call)
        assert not self.judge.problems(call, answer, outcome)

    @rule(which=phones, channel=channels)
    def send(self, which: int, channel: str) -> None:
        phone = self.phones[which]
        last = self.codes.get((phone, channel))
        if last and self.now < last.sent_at + GAP:
            self.expect(SENT_TOO_RECENTLY, send_sms(phone, channel))
            return
        self.expect(OK, send_sms(phone, channel))
        self.codes[phone, channel] = Code(self.stage.texted(phone, channel), self.now)

    @rule(seconds=st.sampled_from([30, 61]))
    def wait(self, seconds: int) -> None:
        self.stage.advance(seconds)
        self.now += seconds

    @rule(who=people, which=phones, is_right=rightly)
    def bind(self, who: int, which: int, *, is_right: bool) -> None:
        user, phone = self.users[who], self.phones[which]
        known = self.codes.get((phone, BIND))
        digits = _digits(known, is_right=is_right)
        self.expect(
            self.bind_outcome(user, phone, known, is_right), bind_phone(user, phone, digits)
        )

    @rule(first=people, second=people, which=phones)
    def text_and_bind_twice(self, first: int, second: int, which: int) -> None:
        self.wait(GAP + 1)
        self.send(which, BIND)
        self.bind(first, which, is_right=True)
        self.bind(second, which, is_right=True)

    @rule(
        who=people, which=phones, wrong=st.integers(0, 3), seconds=st.sampled_from([0, 59, 60, 61])
    )
    def text_and_bind_late(self, who: int, which: int, wrong: int, seconds: int) -> None:
        """Come to where codes burn and expire, which single steps rarely reach."""
        self.set_free(who)
        self.wait(GAP + 1)
        self.send(which, BIND)
        for _ in range(wrong):
            self.bind(who, which, is_right=False)
        self.wait(seconds)
        self.bind(who, which, is_right=True)

    def set_free(self, who: int) -> None:
        phone = self.bound.get(self.users[who])
        if phone:
            self.wait(GAP + 1)
            self.send(self.phones.index(phone), UNBIND)
            self.unbind(who, is_right=True)

    def bind_outcome(self, user: User, phone: Phone, known: Code | None, is_right: bool) -> Outcome:
        if user in self.bound:
            return HAS_PHONE_ALREADY
        outcome = known.attempt(self.now, is_right=is_right) if known else NO_CODE
        if outcome is OK and phone in self.bound.values():
            return PHONE_TAKEN
        if outcome is OK:
            self.bound[user] = phone
        return outcome

    @rule(who=people, is_right=rightly)
    def unbind(self, who: int, *, is_right: bool) -> None:
        user = self.users[who]
        phone = self.bound.get(user)
        known = self.codes.get((phone, UNBIND)) if phone else None
        outcome = NO_PHONE_BOUND
        if phone:
            outcome = known.attempt(self.now, is_right=is_right) if known else NO_CODE
        self.expect(outcome, unbind_phone(user, _digits(known, is_right=is_right)))
        if outcome is OK:
            del self.bound[user]

    @rule(which=phones, channel=channels, is_right=rightly)
    def pre_check(self, which: int, channel: str, *, is_right: bool) -> None:
        phone = self.phones[which]
        known = self.codes.get((phone, channel))
        valid = known is not None and is_right and known.refusal(self.now) is None
        digits = _digits(known, is_right=is_right)
        self.expect(OK.with_data(isValid=valid), pre_check_code(phone, digits, channel))

    @invariant()
    def profiles_show_what_was_bound(self) -> None:
        for user in self.users:
            phone = self.bound.get(user)
            shown = OK.with_data(phone=phone and phone.number, phoneVerified=phone is not None)
            self.expect(shown, get_profile(user))


def _digits(known: Code | None, *, is_right: bool) -> PassCode:
    if known is None:
        return NEVER_TEXTED
    return known.code if is_right else known.code.but_wrong()


@pytest.fixture(scope="module")
def story() -> Iterator[type[Story]]:
    with running_in_thread() as server, closing(wire.client()) as client:
        yield type("StoryOnThisMock", (Story,), {"url": server.url, "client": client})


def test_every_story_ends_as_the_model_says(story: type[Story]) -> None:
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
