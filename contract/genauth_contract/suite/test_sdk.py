"""The same scenarios, spoken by the SDK: it says the same, with the error that says it."""

from __future__ import annotations

import pytest

from genauth_contract.play.run import Layer, PlayScenario
from genauth_contract.play.scenario import Scenario
from genauth_contract.scenarios import every_scenario

SCENARIOS = [scenario for scenario in every_scenario() if not scenario.wire_only]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_sdk(scenario: Scenario, play: PlayScenario) -> None:
    """The SDK understands the target as the scenario says."""
    play(scenario, Layer.SDK)
