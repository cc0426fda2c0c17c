"""Every scenario, spoken over plain HTTP."""

from __future__ import annotations

import pytest

from genauth_contract.play.run import Layer, PlayScenario
from genauth_contract.play.scenario import Scenario
from genauth_contract.scenarios import every_scenario


@pytest.mark.parametrize("scenario", every_scenario(), ids=lambda scenario: scenario.name)
def test_wire(scenario: Scenario, play: PlayScenario) -> None:
    """The target is what the scenario says."""
    play(scenario, Layer.WIRE)
