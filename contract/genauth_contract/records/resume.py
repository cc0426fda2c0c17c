"""Notes which scenarios a live run has passed, so that the next run goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import attrs

from genauth_contract.play.scenario import Scenario
from genauth_contract.play.secrets import Secrets
from genauth_contract.records.files import CannotRead, write_atomically


@attrs.frozen
class Checkpoint:
    """A file with one line for each scenario that passed."""

    path: Path

    def passed(self, scenario: Scenario) -> bool:
        """Return whether this very scenario passed before.

        Raises:
            CannotRead: The file is something else.
        """
        return _noted(scenario) in self._lines()

    def note(self, scenario: Scenario) -> None:
        """Note a pass at once: a run may be stopped at any moment, and a line is there whole or not at all.

        Raises:
            CannotWrite: It cannot be written.
        """
        lines = [json.dumps(line) for line in (*self._lines(), _noted(scenario))]
        write_atomically(self.path, "".join(f"{line}\n" for line in lines), Secrets())

    def _lines(self) -> list[object]:
        if not self.path.exists():
            return []
        try:
            return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]
        except ValueError as error:
            raise CannotRead(self.path, "a journal of --resume") from error


def _noted(scenario: Scenario) -> dict[str, str]:
    return {"name": scenario.name, "fingerprint": scenario.fingerprint}
