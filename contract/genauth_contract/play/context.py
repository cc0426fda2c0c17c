"""The context of a scenario: fixtures, calls that are checked at once, and time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import attrs

from genauth_contract.api.call import BIND, ApiCall
from genauth_contract.api.calls.phone import bind_phone, send_sms
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.http import Application, Caller
from genauth_contract.checks.checker import Checker, Step
from genauth_contract.checks.matchers import absent_or
from genauth_contract.outcomes.models import (
    Client,
    PassCode,
    Phone,
    User,
)
from genauth_contract.outcomes.outcome import Answer, Outcome
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.fixtures import Fixtures, MockControl
from genauth_contract.play.secrets import Secrets


@attrs.define
class Transcript:
    """The exchanges of one scenario: made, checked at once, and recorded.

    Attributes:
        fixtures: Receives every exchange.
        caller: Makes the calls.
        checker: Checks every exchange.
        secrets: Receives every secret that is met.
        steps: Every exchange so far.
    """

    fixtures: Fixtures
    caller: Caller
    checker: Checker
    secrets: Secrets
    steps: list[Step] = attrs.field(factory=list[Step], init=False)

    def expect(self, outcome: Outcome, call: ApiCall) -> Answer:
        """Make a call and check its answer; problems are recorded, and the scenario goes on.

        A text that is to arrive waits until its phone may be texted again: whatever was texted by an
        earlier scenario changes nothing.
        """
        if outcome.is_success and call.texts_to:
            self.fixtures.before_texting(*call.texts_to)
        return self._checked(call, self._answer(call), outcome)

    def expect_together(self, outcome_sets: Sequence[Outcome], calls: Sequence[ApiCall]) -> None:
        """Make calls at once; among their answers are these outcomes, whichever call gets which.

        They are remembered in the order of the outcomes, so that a recording knows no winner.
        """
        with ThreadPoolExecutor(len(calls)) as pool:
            answers = list(pool.map(self._answer, calls))
        left = list(zip(calls, answers, strict=True))
        for outcome in outcome_sets:
            best = min(left, key=partial(self._misfit, outcome))
            left.remove(best)
            self._checked(best[0], best[1], outcome)

    def failure(self) -> str:
        """Return every problem so far, a line for each exchange that has one; empty if there is none."""
        lines = [
            f"{number}. {step.call.operation}, expected {step.expected.name}: {'; '.join(step.problems)}"
            for number, step in enumerate(self.steps, 1)
            if step.problems
        ]
        return self.secrets.hide("\n".join(lines))

    def _answer(self, call: ApiCall) -> Answer:
        self.secrets.learn_fields(call.body)
        answer = self.caller.call(call)
        self.secrets.learn_fields(answer.body)
        self.fixtures.record_call(call, answer)
        return answer

    def _misfit(self, outcome: Outcome, exchange: tuple[ApiCall, Answer]) -> int:
        """Return how far an answer is from an outcome; an open question takes any, and would tell no winner."""
        return len(self.checker.problems(*exchange, outcome.as_known()))

    def _checked(self, call: ApiCall, answer: Answer, outcome: Outcome) -> Answer:
        problems = [*self.checker.problems(call, answer, outcome), *self._repeated(answer)]
        self.steps.append(Step(call, answer, outcome, tuple(problems)))
        return answer

    def _repeated(self, answer: Answer) -> list[str]:
        """Return whether an earlier exchange of the scenario has the same request id."""
        given = answer.field("requestId")
        earlier = (step.answer.field("requestId") for step in self.steps)
        is_repeated = self.checker.exact and given is not None and given in earlier
        return ["requestId is that of an earlier exchange"] if is_repeated else []


class ScenarioFailed(Exception):
    """The target is not what the scenario says; the text holds no secret."""


@attrs.define
class World:
    """The surroundings of one scenario.

    Attributes:
        application: Whose app id the calls carry.
        fixtures: Arranges users, phones, codes and time on the target.
        transcript: Makes the calls, checks and records them.
        secrets: Receives every secret that is met.
        mock: Present on the mock and its stand-ins only.
    """

    application: Application
    fixtures: Fixtures
    transcript: Transcript
    secrets: Secrets
    _mock: MockControl | None = None

    @property
    def checker(self) -> Checker:
        """The checker of every exchange."""
        return self.transcript.checker

    @property
    def mock(self) -> MockControl:
        """What only a mock can do; a scenario that uses it says so with `mock_only`.

        Raises:
            LookupError: The target is not a mock.
        """
        if self._mock is None:
            msg = "a scenario that is not mock_only asked for what only a mock can do"
            raise LookupError(msg)
        return self._mock

    def expect(self, outcome: Outcome, call: ApiCall) -> Answer:
        """Make a call and check its answer; problems are recorded, and the scenario goes on."""
        return self.transcript.expect(outcome, call)

    def expect_together(self, outcome_sets: Sequence[Outcome], calls: Sequence[ApiCall]) -> None:
        """Make calls at once; among their answers are these outcomes, whichever call gets which.

        They are remembered in the order of the outcomes, so that a recording knows no winner.
        """
        self.transcript.expect_together(outcome_sets, calls)

    def user_without_phone(self) -> User:
        """Return a user who can sign in with a password and has no phone."""
        return self._known_user(self.fixtures.user_without_phone())

    def another_user(self) -> User:
        """Return a second user, without a phone."""
        return self._known_user(self.fixtures.another_user())

    def login_of(self, user: User) -> tuple[str, str]:
        """Return the username and the password of a user."""
        username, password = self.fixtures.login_of(user)
        self.secrets.learn("username", username)
        self.secrets.learn("password", password)
        return username, password

    def client(self) -> Client:
        """Return the application, with the secret it proves itself with."""
        client = self.fixtures.client_credentials()
        self.secrets.learn("secret", client.app_secret)
        return client

    def fresh_phone(self) -> Phone:
        """Return a phone that no user has."""
        phone = self.fixtures.fresh_phone()
        self.secrets.learn_phone(phone)
        return phone

    def text(self, phone: Phone, channel: str = BIND) -> PassCode:
        """Return a code that was just texted, once this phone may be texted again."""
        self.expect(OK, send_sms(phone, channel))
        code = self.fixtures.texted(phone, channel)
        self.secrets.learn("code", code.digits)
        return code

    def text_both(
        self, one: tuple[Phone, str], other: tuple[Phone, str]
    ) -> tuple[PassCode, PassCode]:
        """Return two codes texted right after each other: neither ages while the other waits."""
        self.wait_until_allowed(one, other)
        return self.text(*one), self.text(*other)

    def wait_until_allowed(self, *lines: tuple[Phone, str]) -> None:
        """Wait until each of these phones may be texted for its channel: later texts go out at once."""
        for phone, channel in lines:
            self.fixtures.before_texting(phone, channel)

    def user_with_phone(self) -> tuple[User, Phone]:
        """Return a user and the phone they have bound."""
        user, phone = self.user_without_phone(), self.fresh_phone()
        self.expect(OK, bind_phone(user, phone, self.text(phone)))
        return user, phone

    def phone_taken_by_other(self) -> Phone:
        """Return a phone that a second user has bound."""
        user, phone = self.another_user(), self.fresh_phone()
        self.expect(OK, bind_phone(user, phone, self.text(phone)))
        return phone

    def advance(self, seconds: float) -> None:
        """Wait: at once on the mock, really on a live target."""
        self.fixtures.advance(seconds)

    def advance_since_text(self, seconds: float) -> None:
        """Wait until this much has passed since the last text: a person takes a while to type its code."""
        self.fixtures.advance_since_text(seconds)

    def unless_left_out(self, value: object) -> object:
        """Return what a field has to be that a live target may leave out; the mock may not."""
        return value if self.checker.exact else absent_or(value)

    def only_exactly(self, **facts: object) -> dict[str, object]:
        """Return facts of an account that was just made; nothing where somebody lends one with a past."""
        return facts if self.checker.exact else {}

    def has_email(self, user: User) -> bool:
        """Return whether a user has an e-mail; one that somebody lends may have."""
        return bool(self.expect(OK, get_profile(user)).data.get("email"))

    def field(self, answer: Answer, name: str) -> str:
        """Return a text of `data` the scenario cannot go on without.

        Raises:
            ScenarioFailed: It is not there.
        """
        value = answer.data.get(name)
        if not isinstance(value, str):
            raise ScenarioFailed(self.transcript.failure() or f"data.{name} is not there")
        self.secrets.learn("token", value)
        return value

    def _known_user(self, user: User) -> User:
        self.secrets.learn("token", user.access_token)
        return user
