"""The scenarios as a whole, and what a live run of them takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.plan import Plan, plan
from tests.contract.support.world import DOCUMENT, named

DOCS = Path(__file__).parents[2] / "docs"


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
    costs = plan([named("a_texted_code_binds_the_phone"), named("what_success")], DOCUMENT).costs
    assert [bool(one.sms) for one in costs] == [False, True]
