"""What a run is held against, as the runner sees it."""

from __future__ import annotations

from typing import Protocol

import attrs

from genauth_contract.api.http import Application
from genauth_contract.play.fixtures import Puppeteer, Stage
from genauth_contract.play.scenario import Scenario


@attrs.frozen
class Scene:
    """What one scenario is given."""

    application: Application
    stage: Stage
    mock: Puppeteer | None


class Target(Protocol):
    """Something the scenarios are played against."""

    @property
    def kind(self) -> str:
        """What the reports call it: mock, genauth, authing, private or loopback."""
        ...

    @property
    def is_exact(self) -> bool:
        """Tell whether only the default answers pass."""
        ...

    def why_not(self, scenario: Scenario) -> str:
        """Say why a scenario cannot be played here; empty when it can."""
        ...

    def scene(self) -> Scene:
        """Set up one scenario."""
        ...
