"""The ledger of a run: where it is, and whether the passes of the run count."""

from __future__ import annotations

from pathlib import Path

import attrs

from genauth_contract.clock import today
from genauth_contract.ledger import Ledger, default_ledger_path, read_ledger
from genauth_contract.options import MOCK
from genauth_contract.run import Run
from genauth_contract.targets import LOOPBACK


@attrs.frozen
class Proofs:
    """What live passes prove, those of earlier runs and of this one.

    Attributes:
        named: The ledger that somebody named; None for the usual one.
    """

    named: Path | None

    @property
    def path(self) -> Path:
        """Where the ledger is."""
        return self.named or default_ledger_path()

    def earlier(self) -> Ledger:
        """Read what earlier runs proved.

        Raises:
            NotReadable: The file is something else.
        """
        return read_ledger(self.path)

    def with_those_of(self, run: Run) -> Ledger:
        """Read what earlier runs proved, and add what this one did."""
        ledger, kind = self.earlier(), run.target.kind
        return ledger.with_passes(run.results, kind, today()) if self.count_for(kind) else ledger

    def count_for(self, kind: str) -> bool:
        """A mock proves nothing; a stand-in on this machine only what a ledger of its own says."""
        return kind != MOCK and (kind != LOOPBACK or self.named is not None)
