"""Plays scenarios against a target and keeps the result of each."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import attrs

from genauth_contract.api.http import Application, Caller, Unreachable
from genauth_contract.api.openapi import OpenApi
from genauth_contract.checks.checker import Checker, Step
from genauth_contract.outcomes.evidence import Evidence, weakest
from genauth_contract.play.budget import BudgetSpent
from genauth_contract.play.context import ScenarioFailed, Transcript, World
from genauth_contract.play.fixtures import NotPlayable
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.secrets import Secrets
from genauth_contract.play.target import ScenarioSetup, Target

MakeCaller = Callable[[Application], Caller]


class Layer(StrEnum):
    """What makes the calls."""

    WIRE = "wire"
    SDK = "sdk"


@attrs.frozen
class Result:
    """The result of one scenario.

    Attributes:
        scenario: The scenario.
        layer: What made its calls.
        failure: What was wrong, without secrets; empty when it passed.
        steps: Every exchange.
    """

    scenario: Scenario
    layer: Layer
    failure: str
    steps: tuple[Step, ...] = attrs.field(repr=False)

    @property
    def passed(self) -> bool:
        """Return whether the target is what the scenario says."""
        return not self.failure

    @property
    def evidence(self) -> Evidence:
        """What the answers rest on: the weakest one counts, the scenario's own claim included."""
        levels = [step.expected.evidence for step in self.steps]
        return weakest([*levels, self.scenario.evidence])


class PlayScenario(Protocol):
    """Plays a scenario and fails the test when the target is not what it says."""

    def __call__(self, scenario: Scenario, layer: Layer) -> None:
        """Play a scenario."""
        ...


@attrs.define
class Run:
    """One run against one target.

    Attributes:
        target: What is played against.
        document: The OpenAPI document.
        secrets: Every secret of the run.
        results: The results so far.
        left_behind: What could not be undone, of scenarios that were stopped as well.
    """

    target: Target
    document: OpenApi = attrs.field(repr=False)
    callers: dict[Layer, MakeCaller] = attrs.field(repr=False)
    secrets: Secrets = attrs.field(factory=Secrets)
    results: list[Result] = attrs.field(factory=list[Result], init=False)
    left_behind: list[str] = attrs.field(factory=list[str], init=False)

    def play(self, scenario: Scenario, layer: Layer) -> Result:
        """Play one scenario and leave the accounts as they were found.

        Raises:
            BudgetSpent: No further call may be made; what was changed has been undone.
        """
        setup = self.target.setup()
        world = self._world(setup, layer)
        try:
            failure = _played(scenario, world)
        finally:
            self._put_back(scenario, setup)
        result = Result(scenario, layer, failure, tuple(world.transcript.steps))
        self.results.append(result)
        return result

    def _put_back(self, scenario: Scenario, setup: ScenarioSetup) -> None:
        try:
            left = setup.fixtures.restore()
        except BaseException:
            text = "somebody stopped the run before all was put back: look at the account"
            self.left_behind.append(f"{scenario.sentence}: {text}")
            raise
        self.left_behind += [self.secrets.hide(f"{scenario.sentence}: {each}") for each in left]

    def _world(self, setup: ScenarioSetup, layer: Layer) -> World:
        application = setup.application
        self.secrets.learn("secret", application.app_secret)
        checker = Checker(self.document, self.target.is_exact, through_sdk=layer is Layer.SDK)
        caller = self.callers[layer](application)
        transcript = Transcript(setup.fixtures, caller, checker, self.secrets)
        return World(application, setup.fixtures, transcript, self.secrets, setup.mock)


def _played(scenario: Scenario, world: World) -> str:
    try:
        scenario.play(world)
    except BudgetSpent:
        raise
    except (ScenarioFailed, NotPlayable, Unreachable) as error:
        return world.secrets.hide(f"{world.transcript.failure()}\n{error}".strip())
    return world.transcript.failure()
