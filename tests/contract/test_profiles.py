"""The profiles of the mock are picked from the contract's alternatives, and the SDK works under each of them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import httpx
import pytest

from genauth_contract.api import openapi
from genauth_contract.api.sdk import through_sdk
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.outcome import ExpectedReply
from genauth_contract.play.run import Layer, Run
from genauth_contract.play.target import ScenarioSetup
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.kinds import DrivenTarget, fresh_app_ids
from genauth_mock.engine.error_codes import ErrorCode
from genauth_mock.engine.outcomes import Outcome as MockOutcome
from genauth_mock.engine.profiles import PROFILES, profile_of
from genauth_mock.engine.rivals import RIVALS, Rival
from genauth_mock.server.launch import running_in_thread

SHUFFLES = 20
"""How many shuffles are played here."""

NAMES = [*PROFILES, *(f"shuffle:{seed}" for seed in range(SHUFFLES))]

BY_NAME = {outcome.name: outcome for outcome in EVERY_OUTCOME}


def as_rival(reply: ExpectedReply) -> Rival:
    """Write an alternative of the contract as the mock does."""
    assert reply.status_code is not None
    return Rival(reply.status_code, reply.api_code, reply.message, reply.http)


@pytest.mark.parametrize("outcome", MockOutcome, ids=lambda one: one.name)
def test_the_rivals_of_the_mock_are_the_alternatives_of_the_contract(outcome: MockOutcome) -> None:
    alternatives = BY_NAME[outcome.name].alternatives
    assert RIVALS.get(outcome, ()) == tuple(map(as_rival, alternatives))


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_answers_nothing_that_the_contract_does_not_know(name: str) -> None:
    for outcome, row in profile_of(name).answers.items():
        expected = BY_NAME[outcome.name]
        assert any(fits(row, reply) for reply in (expected.default, *expected.alternatives))


def fits(row: ErrorCode, reply: ExpectedReply) -> bool:
    """Whether a row of the mock is this answer."""
    figures = (row.http_status, row.status_code, row.api_code)
    is_told = reply.message in (None, row.chinese)
    return figures == (reply.http, reply.status_code, reply.api_code) and is_told


def test_every_profile_but_the_default_answers_something_of_its_own() -> None:
    ways = {
        repr((sorted(p.picks.items(), key=lambda i: i[0].name), p.shape)) for p in PROFILES.values()
    }
    assert len(ways) == len(PROFILES)


@attrs.define
class UnderProfile(DrivenTarget):
    """The mock, answering as a profile does; codes live as long as scenarios wait."""

    profile: str = "default"

    def setup(self) -> ScenarioSetup:
        """Set up an application that answers so."""
        setup = super().setup()
        assert setup.mock is not None
        setup.mock.change_settings(profile=self.profile, passCodeLifetimeSeconds=300)
        return setup


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Serve a mock."""
    with running_in_thread() as server:
        yield server.url


def misunderstood(url: str, profile: str) -> list[str]:
    """Play every scenario that the SDK has calls for; return what the SDK did not understand."""
    with httpx.Client() as client:
        target = UnderProfile(
            url, client, is_strict=False, app_ids=fresh_app_ids(), is_exact=False, profile=profile
        )
        run = Run(target, openapi.packaged(), {Layer.SDK: through_sdk})
        played = [
            run.play(scenario, Layer.SDK)
            for scenario in every_scenario()
            if not scenario.wire_only and not target.why_not(scenario)
        ]
    assert len(played) > MANY
    return [f"{one.scenario.name}: {one.failure}" for one in played if one.failure]


MANY = 90
"""Fewer scenarios would not be the SDK's whole behaviour."""


@pytest.mark.parametrize("profile", NAMES)
def test_the_sdk_understands_every_profile(url: str, profile: str) -> None:
    assert misunderstood(url, profile) == []
