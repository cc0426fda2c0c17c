"""What a run found: what each result rests on, the report, and the table at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.play.clock import today
from genauth_contract.play.run import Result, Run
from genauth_contract.records.ledger import Ledger, default_ledger_path, read_ledger
from genauth_contract.reports.numbers import Played, Report, learned, report
from genauth_contract.reports.table import drawing, show_report, text_of
from genauth_contract.scenarios import every_scenario
from genauth_contract.session.selection import Selection
from genauth_contract.targets.kinds import LOOPBACK
from genauth_contract.targets.options import MOCK


@attrs.frozen
class LedgerFile:
    """What live passes prove, those of earlier runs and of this one.

    Attributes:
        named: The ledger that somebody named; None for the usual one.
    """

    named: Path | None

    @property
    def path(self) -> Path:
        """Where the ledger is."""
        return self.named or default_ledger_path()

    def read(self) -> Ledger:
        """Read what earlier runs proved.

        Raises:
            CannotRead: The file is something else.
        """
        return read_ledger(self.path)

    def updated_by(self, run: Run) -> Ledger:
        """Read what earlier runs proved, and add what this one did."""
        return self.with_passes(self.read(), run.results, run.target.kind)

    def with_passes(self, ledger: Ledger, results: Iterable[Result], kind: str) -> Ledger:
        """Return a ledger with what results on a kind of target prove."""
        return ledger.with_passes(results, kind, today()) if self.counts(kind) else ledger

    def counts(self, kind: str) -> bool:
        """A mock proves nothing; a stand-in on this machine only what a ledger of its own says."""
        return kind != MOCK and (kind != LOOPBACK or self.named is not None)


@attrs.frozen
class Results:
    """The results of a run so far.

    Attributes:
        run: What was played.
        selection: What was not, and why.
        ledger_file: What was seen live.
        facts: Tells what a report begins with.
        before: What was proved when the run began.
    """

    run: Run
    selection: Selection
    ledger_file: LedgerFile
    facts: Callable[[], tuple[tuple[str, str], ...]] = tuple
    before: Ledger = attrs.field(factory=Ledger)

    @property
    def kind(self) -> str:
        """Kind of target."""
        return self.run.target.kind

    def evidence(self, result: Result) -> str:
        """Return the evidence of a result."""
        ledger = self.ledger_file.with_passes(self.before, [result], self.kind)
        proof = ledger.proof_of(result.scenario)
        return str(Evidence.LIVE if proof else result.evidence)

    def report(self) -> Report:
        """Return the report of the run."""
        run = self.run
        played = Played(
            run.results,
            self.selection.not_played,
            every_scenario(),
            run.left_behind,
            run.secrets.hide,
            self.facts(),
        )
        return report(played, self.ledger_file.updated_by(run), self.kind)

    def table(self, stopped: str) -> str:
        """Render the table at the end.

        Args:
            stopped: Why the run was stopped; empty where it was not.
        """
        console = drawing()
        show_report(self.report(), console)
        if stopped:
            console.print(f"stopped: {stopped}", markup=False)
        results = [] if self.run.target.is_exact else self.run.results
        for observation in learned(results, self.run.secrets.hide):
            console.print(observation, markup=False)
        return text_of(console)
