"""The profiles of the mock are picked from the contract's alternatives, and the SDK works under each of them."""

from __future__ import annotations

import os

import pytest

from genauth_contract.api import openapi
from genauth_contract.cli.profile_errors import is_refusal_of_the_sdk, table, told_by_profile
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_mock.engine.alternatives import ALTERNATIVES, Alternative
from genauth_mock.engine.error_codes import ErrorCode
from genauth_mock.engine.outcomes import Outcome as MockOutcome
from genauth_mock.engine.profiles import PROFILES, profile_of
from tests.contract.support.profiles import misunderstood, sdk_scenarios

SHUFFLES = int(os.environ.get("GENAUTH_SHUFFLES", "3"))
"""How many shuffles are played; `make shuffles` plays 200."""

NAMES = [*PROFILES, *(f"shuffle:{seed}" for seed in range(SHUFFLES))]

BY_NAME = {outcome.name: outcome for outcome in EVERY_OUTCOME}
REFUSALS = [outcome for outcome in EVERY_OUTCOME if is_refusal_of_the_sdk(outcome)]


def as_alternative(reply: ExpectedReply) -> Alternative:
    """Write an alternative of the contract as the mock does."""
    assert reply.status_code is not None
    return Alternative(reply.status_code, reply.api_code, reply.message, reply.http)


@pytest.mark.parametrize("outcome", MockOutcome, ids=lambda one: one.name)
def test_the_mock_has_the_alternatives_of_the_contract(outcome: MockOutcome) -> None:
    alternatives = BY_NAME[outcome.name].alternatives
    assert ALTERNATIVES.get(outcome, ()) == tuple(map(as_alternative, alternatives))


def replies(outcome: Outcome) -> tuple[ExpectedReply, ...]:
    """Return the default and the alternatives."""
    return (outcome.default, *outcome.alternatives)


@pytest.mark.parametrize("name", [*PROFILES, *(f"shuffle:{seed}" for seed in range(200))])
def test_a_profile_answers_nothing_that_the_contract_does_not_know(name: str) -> None:
    for outcome, row in profile_of(name).answers.items():
        assert any(fits(row, reply) for reply in replies(BY_NAME[outcome.name]))


def fits(row: ErrorCode, reply: ExpectedReply) -> bool:
    """Whether a row of the mock is this answer."""
    figures = (row.http_status, row.status_code, row.api_code)
    is_told = reply.message in (None, row.chinese)
    return figures == (reply.http, reply.status_code, reply.api_code) and is_told


def test_every_alternative_is_drawn_by_some_shuffle() -> None:
    drawn = {
        (outcome, row.status_code, row.api_code, row.chinese)
        for seed in range(200)
        for outcome, row in profile_of(f"shuffle:{seed}").answers.items()
    }
    for outcome, alternatives in ALTERNATIVES.items():
        for row in (each.row(outcome) for each in alternatives):
            assert (outcome, row.status_code, row.api_code, row.chinese) in drawn


def test_every_profile_but_the_default_answers_something_of_its_own() -> None:
    ways = {
        repr((sorted(p.picks.items(), key=lambda i: i[0].name), p.shape)) for p in PROFILES.values()
    }
    assert len(ways) == len(PROFILES)


def operations() -> dict[str, tuple[str, ...]]:
    """Return the operations that end in each outcome; one that every operation can end in has one."""
    document = openapi.declared().operations
    ends = {one.name: [o.name for o in document if one.name in o.outcomes] for one in REFUSALS}
    return {name: tuple(found or ["get-profile"]) for name, found in ends.items()}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("outcome", REFUSALS, ids=lambda one: one.name)
def test_an_outcome_becomes_its_own_error_under_every_profile(
    outcome: Outcome, profile: str
) -> None:
    """The one that the catalogue names for the answer, whichever call ends so."""
    told = told_by_profile({outcome.name: operations()[outcome.name]})[outcome.name][profile]
    [named] = {
        one.sdk_error or outcome.sdk_error
        for one in replies(outcome)
        if is_the_answer(one, told.reply)
    }
    assert told.errors == (named,)


def is_the_answer(reply: ExpectedReply, told: ExpectedReply) -> bool:
    """Whether a reply of the catalogue is what was told; one without a text may have any."""
    figures = [(one.http, one.status_code, one.api_code, one.error) for one in (reply, told)]
    return figures[0] == figures[1] and reply.message in (None, told.message)


def test_the_matrix_shows_the_error_under_each_profile() -> None:
    heads, [row] = table([("bind-phone", "WRONG_CODE")])
    assert heads == ["outcome", *PROFILES]
    assert row[:3] == ["WRONG_CODE", "`PassCodeWrong`", "`PassCodeWrong` (499 / 500)"]


def test_the_scenarios_are_the_whole_behaviour_of_the_sdk() -> None:
    assert len(sdk_scenarios()) > 150


@pytest.mark.parametrize("profile", NAMES)
def test_the_sdk_understands_every_profile(profile: str) -> None:
    assert misunderstood(profile) == []
