"""Notes which scenarios a live run has passed, so that the next run goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from genauth_contract.scenario import Scenario


@attrs.frozen
class Journal:
    """A file with one line for each scenario that passed."""

    path: Path

    def passed(self, scenario: Scenario) -> bool:
        """Tell whether this very scenario passed before."""
        return {"name": scenario.name, "fingerprint": scenario.fingerprint} in self._lines()

    def note(self, scenario: Scenario) -> None:
        """Note a pass at once: a run may be stopped at any moment."""
        line = json.dumps({"name": scenario.name, "fingerprint": scenario.fingerprint})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def _lines(self) -> list[object]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]
