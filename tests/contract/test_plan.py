"""The scenarios as a whole, and what a live run of them takes."""

from __future__ import annotations

from random import Random

import pytest

from genauth_contract.api.openapi import OpenApi
from genauth_contract.cli import matrix
from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.play.run import Result
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.mock import MockFixtures
from genauth_contract.targets.plan import ManualClock, Outbox, Plan, plan, rehearsed
from tests.contract.support.world import DOCUMENT, contract, named


def test_names_of_scenarios_are_different_sentences() -> None:
    names = [one.name for one in every_scenario()]
    assert len(names) == len(set(names))
    assert all(" " in one.sentence and one.source for one in every_scenario())


def test_every_open_question_is_asked() -> None:
    asked = {one.question for one in every_scenario() if one.question}
    assert asked == set(range(1, 18))


def test_a_rehearsed_live_run_needs_no_mock_and_costs_what_the_plan_says(whole_plan: Plan) -> None:
    made = whole_plan
    assert {one.failure for one in made.costs} == {""}
    assert len(made.costs) == sum(not one.mock_only for one in every_scenario())
    assert made.sms == sum(one.sms for one in made.costs) > 0
    assert made.calls > made.sms
    assert made.minutes > 10
    assert "GENAUTH_CONTRACT_PHONE" in made.needed


@pytest.fixture(scope="module")
def whole_plan() -> Plan:
    return plan([one for one in every_scenario() if not one.mock_only], DOCUMENT)


def test_the_matrix_says_what_a_live_run_takes(
    whole_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def played(_: OpenApi) -> list[Result]:
        return []

    def planned(*_: object) -> Plan:
        return whole_plan

    monkeypatch.setattr(matrix, "_played", played)
    monkeypatch.setattr(matrix, "plan", planned)
    assert f"A live run of those takes {whole_plan.totals}.\n" in contract("matrix").stdout


@pytest.mark.parametrize("seed", range(3))
def test_a_live_run_does_not_depend_on_its_order(seed: int) -> None:
    """What an earlier scenario texted keeps no later one from being played."""
    scenarios = [one for one in every_scenario() if not one.mock_only]
    Random(seed).shuffle(scenarios)  # noqa: S311 - an order, no secret
    assert {one.failure for one in rehearsed(scenarios, DOCUMENT).costs} == {""}


def test_a_text_that_arrives_waits_for_its_turn_whoever_sent_the_one_before() -> None:
    first, second = named("a_code_is_texted"), named("a_made_up_token_is_no_matter")
    costs = rehearsed([second, first, second, second], DOCUMENT, gap_seconds=90).costs
    assert [one.failure for one in costs] == [""] * 4
    assert sum(one.seconds for one in costs) == 90  # two phones take turns


def test_the_same_plan_is_made_again(whole_plan: Plan) -> None:
    """In its order, which planning it once more leaves as it is."""
    assert rehearsed([cost.scenario for cost in whole_plan.costs], DOCUMENT) == whole_plan
    order = [(cost.sms, cost.scenario.name) for cost in whole_plan.costs]
    assert order == sorted(order)


def test_scenarios_without_a_text_come_first() -> None:
    costs = plan([named("a_texted_code_binds_the_phone"), named("what_success")], DOCUMENT).costs
    assert [bool(one.sms) for one in costs] == [False, True]


def test_a_person_may_take_a_while_to_type_each_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute each; what is said of the last seconds of a code is counted from its text."""
    clocks: list[ManualClock] = []

    def made(fixtures: MockFixtures) -> ManualClock:
        clocks.append(ManualClock(fixtures))
        return clocks[-1]

    def typed(outbox: Outbox, phone: Phone, channel: str) -> PassCode:
        clocks[-1].wait(30, "typing")
        return outbox.fixtures.texted(phone, channel)

    monkeypatch.setattr("genauth_contract.targets.plan.ManualClock", made)
    monkeypatch.setattr(Outbox, "code", typed)
    texting = [one for one in every_scenario() if not one.mock_only]
    costs = rehearsed(texting, DOCUMENT).costs
    assert {one.scenario.name: one.failure for one in costs if one.failure} == {}
