"""Random stories over HTTP, held against a model: codes, phones, users and time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import httpx
import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genauth_contract.api import http
from genauth_contract.api.call import BIND, UNBIND, ApiCall
from genauth_contract.api.calls.phone import bind_phone, pre_check_code, send_sms, unbind_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.http import Application
from genauth_contract.checks.checker import Checker
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.requests import OK
from genauth_contract.targets.mock import Control, MockFixtures, fresh_app_id
from genauth_mock.server.launch import running_in_thread
from tests.contract.support.bindings_model import GAP, Model
from tests.contract.support.world import DOCUMENT
from tests.support.examples import examples

people, phones = st.integers(0, 1), st.integers(0, 1)
channels = st.sampled_from([BIND, BIND, UNBIND])
rightly = st.sampled_from([True, True, True, False])


class Story(RuleBasedStateMachine):
    """Two users and two phones: few enough that they meet."""

    url = ""
    client: httpx.Client

    def __init__(self) -> None:
        super().__init__()
        application = Application(self.url, fresh_app_id())
        self.fixtures = MockFixtures(Control(self.client, application))
        self.wire = http.Wire(self.client, application)
        self.checker = Checker(DOCUMENT, exact=True)
        self.users = [self.fixtures.user_without_phone() for _ in range(2)]
        self.phones = [self.fixtures.fresh_phone() for _ in range(2)]
        self.model = Model()

    def expect(self, outcome: Outcome, call: ApiCall) -> None:
        answer = self.wire.call(call)
        assert not self.checker.problems(call, answer, outcome)

    @rule(which=phones, channel=channels)
    def send(self, which: int, channel: str) -> None:
        phone = self.phones[which]
        outcome = self.model.send(phone, channel)
        self.expect(outcome, send_sms(phone, channel))
        if outcome is OK:
            self.model.texted(phone, channel, self.fixtures.texted(phone, channel))

    @rule(seconds=st.sampled_from([30, 61, 240]))
    def wait(self, seconds: int) -> None:
        self.fixtures.advance(seconds)
        self.model.now += seconds

    @rule(who=people, which=phones, is_right=rightly)
    def bind(self, who: int, which: int, *, is_right: bool) -> None:
        user, phone = self.users[who], self.phones[which]
        call = bind_phone(user, phone, self.model.digits(phone, BIND, is_right=is_right))
        self.expect(self.model.bind(user, phone, is_right=is_right), call)

    @rule(first=people, second=people, which=phones)
    def text_and_bind_twice(self, first: int, second: int, which: int) -> None:
        self.wait(GAP + 1)
        self.send(which, BIND)
        self.bind(first, which, is_right=True)
        self.bind(second, which, is_right=True)

    @rule(
        who=people,
        which=phones,
        wrong=st.integers(0, 3),
        seconds=st.sampled_from([0, 299, 300, 301]),
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
        phone = self.model.bound.get(self.users[who])
        if phone:
            self.wait(GAP + 1)
            self.send(self.phones.index(phone), UNBIND)
            self.unbind(who, is_right=True)

    @rule(who=people, is_right=rightly)
    def unbind(self, who: int, *, is_right: bool) -> None:
        user = self.users[who]
        phone = self.model.bound.get(user)
        call = unbind_phone(user, self.model.digits(phone, UNBIND, is_right=is_right))
        self.expect(self.model.unbind(user, is_right=is_right), call)

    @rule(which=phones, channel=channels, is_right=rightly)
    def pre_check(self, which: int, channel: str, *, is_right: bool) -> None:
        phone = self.phones[which]
        valid = self.model.is_valid(phone, channel) and is_right
        digits = self.model.digits(phone, channel, is_right=is_right)
        self.expect(OK.with_data(isValid=valid), pre_check_code(phone, digits, channel))

    @invariant()
    def profiles_show_what_was_bound(self) -> None:
        for user in self.users:
            phone = self.model.bound.get(user)
            shown = OK.with_data(phone=phone and phone.number, phoneVerified=phone is not None)
            self.expect(shown, get_profile(user))


@pytest.fixture(scope="module")
def story() -> Iterator[type[Story]]:
    with running_in_thread() as server, closing(http.client_of_own_mock()) as client:
        yield type("StoryOnThisMock", (Story,), {"url": server.url, "client": client})


@pytest.mark.parametrize("_part", range(3))
def test_every_story_ends_as_the_model_says(story: type[Story], _part: int) -> None:
    """In parts, which several workers play at once; each is drawn anew."""
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=examples(20),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
