"""What surrounds a scenario: judging, evidence, budget, plan and journal."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

from genauth_contract import envelope, openapi, outcomes
from genauth_contract.budget import Budget, BudgetSpent, Counted
from genauth_contract.calls import BIND, ApiCall, any_post, bind_phone, send_sms
from genauth_contract.clock import HurriedTime, RealTime
from genauth_contract.evidence import Evidence, weakest
from genauth_contract.expect import Answer, Figures, Outcome
from genauth_contract.journal import Journal
from genauth_contract.judge import Step
from genauth_contract.ledger import Ledger, read_ledger
from genauth_contract.lock import InUse, alone
from genauth_contract.mismatches import mismatches
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.requests import OK
from genauth_contract.pacing import Pacing
from genauth_contract.people import PassCode, Phone, User
from genauth_contract.plan import Plan, plan
from genauth_contract.run import Layer, Result
from genauth_contract.scenario import Scenario, scenario
from genauth_contract.scenarios import bind_phone as bind_phone_scenarios
from genauth_contract.scenarios import every_scenario
from genauth_contract.scenarios import update as update_scenarios
from genauth_contract.wire import Application
from genauth_contract.world import World

Json = Any

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = openapi.packaged()
PHONE, CODE, USER = Phone("18812348888"), PassCode("271828"), User("some-token")
T0 = dt.date(2026, 1, 1)
REQUEST_ID = "934108e5-9fbf-4d24-8da1-c330328abd6c"


def told(figures: Figures, **changes: Json) -> Answer:
    if figures.status_code is None:
        bare = {"error": figures.error} if figures.error else {}
        return Answer(figures.http, {**bare, **changes}, {"content-type": "application/json"})
    body: dict[str, Any] = {
        "statusCode": figures.status_code,
        "message": figures.message or "no",
        "requestId": REQUEST_ID,
    }
    if figures.api_code is not None:
        body["apiCode"] = figures.api_code
    return Answer(figures.http, {**body, **changes}, {"content-type": "application/json"})


@pytest.mark.parametrize("outcome", outcomes.EVERY_OUTCOME, ids=lambda one: one.name)
def test_the_default_passes_and_rivals_pass_on_live_alone(outcome: Outcome) -> None:
    assert mismatches(told(outcome.default), outcome, exact=True) == []
    assert mismatches(told(outcome.default), outcome, exact=False) == []
    for rival in outcome.rivals:
        assert mismatches(told(rival), outcome, exact=False) == []
        assert mismatches(told(rival), outcome, exact=True)


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
    assert mismatches(told(WRONG_CODE.default, **changes), WRONG_CODE, exact=True)


def test_a_question_takes_any_answer_on_live_and_the_default_on_the_mock() -> None:
    answer = told(Figures(418, 418))
    assert mismatches(answer, WRONG_CODE.as_question(), exact=False) == []
    assert mismatches(answer, WRONG_CODE.as_question(), exact=True)


def test_success_on_live_may_have_the_api_codes_that_were_seen() -> None:
    for api_code in (0, 20001):
        assert mismatches(told(OK.default, apiCode=api_code), OK, exact=False) == []
    assert mismatches(told(OK.default, apiCode=1), OK, exact=False)


def test_fields_the_message_has_to_name_and_data_are_looked_at() -> None:
    outcome = OK.naming("passCode").with_data(isValid=True)
    assert mismatches(told(OK.default), outcome, exact=True) == [
        "message does not name passCode",
        "data.isValid is nothing, not what was expected",
    ]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(200, "<html>"), "not a JSON object"),
        (told(OK.default, requestId="x"), "requestId is not a UUID"),
        (told(OK.default, requestId=5), "requestId is not"),
        (told(OK.default, surprise=1), "unknown field surprise"),
        (told(OK.default, statusCode="200"), "statusCode is not a number"),
        (told(OK.default, message=5), "message is not a text"),
        (told(OK.default, apiCode="0"), "apiCode is not a number"),
        (told(OK.default, data={"isValid": "yes"}), "data.isValid breaks `type`"),
        (told(OK.default), "breaks `required`"),
        (told(Figures(503)), "a fault of the server"),
        (told(Figures(499, 2001, http=500)), "HTTP status is 500"),
        (told(Figures(200, http=404)), "carries statusCode 200"),
        (told(Figures(499, 2001), message=""), "message is empty"),
        (attrs.evolve(told(OK.default), headers={}), "content-type"),
        (told(Figures(400), message="271828 is wrong"), "repeats a secret"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_exchange_is_looked_at(answer: Answer, problem: str) -> None:
    call = any_post("pre-check-code", {"smsCodePayload": {"passCode": "271828"}})
    assert problem in "; ".join(envelope.problems(call, answer, DOCUMENT, exact=True))


def test_a_call_the_document_does_not_know_is_not_held_against_it() -> None:
    call = any_post("get-my-role-list", [])  # type: ignore[arg-type]  # a list has no secrets
    assert envelope.problems(call, told(OK.default, data=[1]), DOCUMENT, exact=True) == []


def test_an_access_token_that_comes_back_is_told() -> None:
    answer = told(OK.default, message="hello some-token")
    found = envelope.problems(bind_phone(USER, PHONE, CODE), answer, DOCUMENT, exact=True)
    assert found == ["message repeats a secret of the request"]


def test_names_of_scenarios_are_different_sentences() -> None:
    names = [one.name for one in every_scenario()]
    assert len(names) == len(set(names))
    assert all(" " in one.sentence and one.source for one in every_scenario())


def test_every_open_question_is_asked() -> None:
    asked = {one.question for one in every_scenario() if one.question}
    assert asked == set(range(1, 18))


def test_a_rehearsed_live_run_needs_no_mock_and_costs_what_the_plan_says(whole_plan: Plan) -> None:
    made = whole_plan
    assert {one.verdict for one in made.costs} == {""}
    assert len(made.costs) == sum(not one.mock_only for one in every_scenario())
    assert made.sms == sum(one.sms for one in made.costs) > 0
    assert made.calls > made.sms
    assert made.minutes > 10
    assert "GENAUTH_CONTRACT_PHONE" in made.needed


@pytest.fixture(scope="module")
def whole_plan() -> Plan:
    return plan([one for one in every_scenario() if not one.mock_only], DOCUMENT)


@pytest.mark.parametrize("page", ["contract.md", "howto/live-contract.md"])
def test_the_pages_have_the_figures_of_the_plan(page: str, whole_plan: Plan) -> None:
    text = " ".join((DOCS / page).read_text("utf-8").split())
    assert whole_plan.figures in text


def test_the_same_plan_is_made_again(whole_plan: Plan) -> None:
    assert plan([cost.scenario for cost in whole_plan.costs], DOCUMENT) == whole_plan


def test_scenarios_without_a_text_come_first() -> None:
    costs = plan([_named("a_texted_code_binds_the_phone"), _named("what_success")], DOCUMENT).costs
    assert [bool(one.sms) for one in costs] == [False, True]


def _named(start: str) -> Scenario:
    return next(one for one in every_scenario() if one.name.startswith(start))


def result(of: Scenario, verdict: str = "") -> Result:
    step = Step(send_sms(PHONE, BIND), told(OK.default), OK, ())
    return Result(of, Layer.WIRE, verdict, (step,))


def a_story(world: World) -> None:
    world.expect(NO_CODE, bind_phone(USER, PHONE, CODE))


STORY = scenario(Evidence.DOCS, "API reference")(a_story)


def test_a_live_pass_promotes_and_is_dated() -> None:
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    entry = ledger.proof_of(STORY)
    assert entry
    assert (entry.passed_on, entry.kind) == ("2026-01-01", "genauth")
    assert ledger.seen("send-sms", "OK") == {"200 / -"}


def test_neither_a_mock_pass_nor_a_live_failure_promotes() -> None:
    assert Ledger().with_passes([result(STORY)], "mock", T0).proof_of(STORY) is None
    assert Ledger().with_passes([result(STORY, "no")], "genauth", T0).proof_of(STORY) is None


def test_an_edited_scenario_loses_its_date() -> None:
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    edited = attrs.evolve(STORY, play=_named("what_success").play)
    assert ledger.proof_of(edited) is None


def _story_helper() -> None:
    """Stand for a helper of scenarios that was edited."""


def test_an_edited_constant_or_helper_voids_the_date_of_who_uses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    using, other = _named("an_expired_code_is_refused"), _named("a_used_code_is_refused")
    before = using.fingerprint, other.fingerprint
    monkeypatch.setattr(bind_phone_scenarios, "CODE_LIFETIME_SECONDS", 300.0)
    assert using.fingerprint != before[0]
    assert other.fingerprint == before[1]
    permitted = _named("an_update_token_works_once")
    before_permit = permitted.fingerprint
    monkeypatch.setattr(update_scenarios, "_permit", _story_helper)
    assert permitted.fingerprint != before_permit


def test_a_fingerprint_never_looks_like_a_code() -> None:
    assert all(one.fingerprint.isalpha() for one in every_scenario())


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    assert read_ledger(path) == Ledger()
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    path.write_text(ledger.to_json())
    assert read_ledger(path) == ledger


def test_the_committed_ledger_has_no_proof_by_a_stand_in() -> None:
    path = Path(str(resources.files("genauth_contract").joinpath("ledger.json")))
    assert all(entry["kind"] != "loopback" for entry in json.loads(path.read_text()).values())


def test_the_weakest_evidence_counts() -> None:
    assert weakest([Evidence.DOCS, Evidence.ASSUMED, Evidence.CLIENT]) is Evidence.ASSUMED
    assert weakest([]) is Evidence.UNKNOWN


def test_a_journal_knows_the_scenario_as_it_stands(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert not journal.passed(STORY)
    journal.note(STORY)
    assert journal.passed(STORY)
    assert not journal.passed(attrs.evolve(STORY, play=_named("what_success").play))


class Silent:
    """A caller that is always told yes."""

    def call(self, call: ApiCall) -> Answer:
        assert call.operation
        return told(OK.default)


def test_a_budget_stops_before_the_call_and_not_while_undoing() -> None:
    budget = Budget(1, 2, 1.0, lambda: 0.0, 0.0)
    caller = Counted(Silent(), budget)
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
    pacing = Pacing(60)
    pacing.sent(PHONE, BIND, 100)
    assert pacing.wait_seconds(PHONE, BIND, 130) == 30
    assert pacing.wait_seconds(PHONE, BIND, 160) == 0
    assert pacing.wait_seconds(PHONE, "CHANNEL_LOGIN", 101) == 0
    assert pacing.wait_seconds(Phone("18800000000"), BIND, 101) == 0


def test_a_wait_sleeps_until_its_end_and_tells_what_is_left() -> None:
    slept: list[float] = []
    said: list[str] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds + 0.25  # a system wakes up late

    time = RealTime(said.append, sleep, lambda: now[0])
    time.wait(25, "waiting for the next text")
    assert slept == [10, 10, 4.5]
    assert said == [f"waiting for the next text: {left} s left" for left in (25, 15, 4)]
    assert time.now() >= 125


def test_a_wait_for_a_hurried_stand_in_is_short_here_and_long_there() -> None:
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    there = HurriedTime(RealTime(lambda _: None, sleep, lambda: now[0]), 60)
    before = there.now()
    there.wait(120, "letting time pass")
    assert now == [102.0]
    assert there.now() - before == 120


def test_no_time_is_no_wait() -> None:
    slept: list[float] = []
    RealTime(pytest.fail, slept.append, lambda: 0.0).wait(0, "nothing")
    assert slept == []


def test_two_runs_on_one_application_are_kept_apart_and_others_are_not() -> None:
    here = Application("http://127.0.0.1:1", "one")
    there = attrs.evolve(here, app_id="two")
    with alone(here), alone(there), pytest.raises(InUse, match="another live run"), alone(here):
        pytest.fail("two runs are on one application")
    with alone(here):
        pass
