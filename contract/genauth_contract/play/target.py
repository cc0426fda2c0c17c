"""What a run is held against, as the runner sees it."""

from __future__ import annotations

from typing import Protocol

import attrs

from genauth_contract.api.http import Application
from genauth_contract.play.fixtures import Fixtures, MockControl
from genauth_contract.play.scenario import Scenario


@attrs.frozen
class ScenarioSetup:
    """What one scenario is given."""

    application: Application
    fixtures: Fixtures
    mock: MockControl | None


class Target(Protocol):
    """Something the scenarios are played against."""

    @property
    def kind(self) -> str:
        """What the reports call it: mock, genauth, authing, private or loopback."""
        ...

    @property
    def is_exact(self) -> bool:
        """Return whether only the default answers pass."""
        ...

    def why_not(self, scenario: Scenario) -> str:
        """Return why a scenario cannot be played here; empty if it can."""
        ...

    def setup(self) -> ScenarioSetup:
        """Set up one scenario."""
        ...
