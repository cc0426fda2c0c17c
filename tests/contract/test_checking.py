"""An answer is held against the outcome that was expected, and against the document."""

from __future__ import annotations

from unittest.mock import create_autospec

import attrs
import pytest

from genauth_contract import outcomes
from genauth_contract.api.call import ApiCall, any_post
from genauth_contract.api.calls.phone import bind_phone
from genauth_contract.checks import envelope
from genauth_contract.checks.checker import Checker, mismatches
from genauth_contract.outcomes.codes import SPENT_CODE, WRONG_CODE
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.outcome import Answer, ExpectedReply, Outcome
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import Transcript
from genauth_contract.play.fixtures import Fixtures
from genauth_contract.play.secrets import Secrets
from tests.contract.support.world import (
    CODE,
    DOCUMENT,
    PHONE,
    USER,
    answered,
)


@pytest.mark.parametrize("outcome", outcomes.EVERY_OUTCOME, ids=lambda one: one.name)
def test_the_default_passes_and_alternatives_pass_on_live_alone(outcome: Outcome) -> None:
    assert mismatches(answered(outcome.default), outcome, exact=True) == []
    assert mismatches(answered(outcome.default), outcome, exact=False) == []
    for alternative in outcome.alternatives:
        assert mismatches(answered(alternative), outcome, exact=False) == []
        assert mismatches(answered(alternative), outcome, exact=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"statusCode": 200},
        {"statusCode": "499"},
        {"apiCode": "2001"},
        {"apiCode": True},
        {"apiCode": None},
        {"message": None},
        {"message": "another"},
    ],
    ids=str,
)
def test_a_wrong_field_is_told(changes: dict[str, object]) -> None:
    assert mismatches(answered(WRONG_CODE.default, **changes), WRONG_CODE, exact=True)


def test_a_question_takes_any_answer_on_live_and_the_default_on_the_mock() -> None:
    answer = answered(ExpectedReply(418, 418))
    assert mismatches(answer, WRONG_CODE.as_question(), exact=False) == []
    assert mismatches(answer, WRONG_CODE.as_question(), exact=True)


def test_success_on_live_may_have_the_api_codes_that_were_seen() -> None:
    for api_code in (0, 20001):
        assert mismatches(answered(OK.default, apiCode=api_code), OK, exact=False) == []
    assert mismatches(answered(OK.default, apiCode=1), OK, exact=False)


def test_fields_the_message_has_to_name_and_data_are_looked_at() -> None:
    outcome = OK.naming("passCode").with_data(isValid=True)
    assert mismatches(answered(OK.default), outcome, exact=True) == [
        "message does not name passCode",
        "data.isValid is nothing, expected True",
    ]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(200, "<html>"), "not a JSON object"),
        (answered(OK.default, requestId="x"), "requestId is not a UUID"),
        (answered(OK.default, requestId=5), "requestId is not"),
        (answered(OK.default, surprise=1), "unknown field surprise"),
        (answered(OK.default, statusCode="200"), "statusCode is not a number"),
        (answered(OK.default, message=5), "message is not a text"),
        (answered(OK.default, apiCode="0"), "apiCode is not a number"),
        (answered(OK.default, data={"isValid": "yes"}), "data.isValid breaks `type`"),
        (answered(OK.default), "breaks `required`"),
        (answered(ExpectedReply(503)), "a fault of the server"),
        (answered(ExpectedReply(499, 2001, http=500)), "HTTP status is 500"),
        (answered(ExpectedReply(200, http=404)), "carries statusCode 200"),
        (answered(ExpectedReply(499, 2001), message=""), "message is empty"),
        (attrs.evolve(answered(OK.default), headers={}), "content-type"),
        (answered(ExpectedReply(400), message="271828 is wrong"), "repeats a secret"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_exchange_is_looked_at(answer: Answer, problem: str) -> None:
    call = any_post("pre-check-code", {"smsCodePayload": {"passCode": "271828"}})
    assert problem in "; ".join(envelope.problems(call, answer, DOCUMENT, exact=True))


def test_a_call_the_document_does_not_know_is_not_held_against_it() -> None:
    call = any_post("get-my-role-list", [])  # type: ignore[arg-type]  # a list has no secrets
    assert envelope.problems(call, answered(OK.default, data=[1]), DOCUMENT, exact=True) == []


def test_an_access_token_that_comes_back_is_told() -> None:
    answer = answered(OK.default, message="hello some-token")
    found = envelope.problems(bind_phone(USER, PHONE, CODE), answer, DOCUMENT, exact=True)
    assert found == ["message repeats a secret of the request"]


@attrs.frozen
class OneWins:
    """Binds the phone of one of two users; the code is used for the other."""

    winner: User

    def call(self, call: ApiCall) -> Answer:
        """Answer by who asks, whoever is first."""
        return answered((OK if call.user == self.winner else SPENT_CODE).default)


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("winner", [USER, User("another-token")], ids=["first", "second"])
@pytest.mark.parametrize("is_question", [True, False])
def test_a_race_is_remembered_in_the_order_of_the_outcomes_whoever_wins(
    winner: User, *, exact: bool, is_question: bool
) -> None:
    """An open question takes any answer on live; the recording of a race knows no winner there either."""
    fixtures = create_autospec(Fixtures, instance=True)
    transcript = Transcript(fixtures, OneWins(winner), Checker(DOCUMENT, exact), Secrets())
    expected = [one.as_question() if is_question else one for one in (OK, SPENT_CODE)]
    calls = [bind_phone(user, PHONE, CODE) for user in (USER, User("another-token"))]
    transcript.expect_together(expected, calls)
    assert [step.answer.field("statusCode") for step in transcript.steps] == [200, 499]
    assert [step.expected for step in transcript.steps] == expected
