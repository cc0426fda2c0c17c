"""Every file that a run writes: tried before it begins, written at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import attrs

from genauth_contract.play.clock import today
from genauth_contract.records.files import (
    NotKept,
    SecretFound,
    keep,
    refuse_secrets,
    refuse_unwritable,
)
from genauth_contract.records.recording import recording
from genauth_contract.reports.html import report_page
from genauth_contract.session.results import Findings, Proofs
from genauth_contract.targets.options import MOCK, Options

Write = Callable[[], None]


@attrs.frozen
class Outputs:
    """The files of a run.

    Attributes:
        options: Name most of them.
        proofs: Where live passes are remembered, asked or not.
        junit: pytest's own report, which is looked through.
    """

    options: Options
    proofs: Proofs
    junit: Path | None

    def refuse_unwritable(self) -> None:
        """Try that all can be written.

        Raises:
            NotKept: One cannot.
        """
        remembered = [] if self.options.target == MOCK else [self.proofs.path]
        junit = [self.junit] if self.junit else []
        refuse_unwritable([*self.options.outputs, *remembered, *junit])

    def write(self, findings: Findings) -> list[SecretFound | NotKept]:
        """Write all; that one is refused is no reason to lose the others. Return why each was."""
        lost: list[SecretFound | NotKept] = []
        for write in self._writes(findings):
            try:
                write()
            except (SecretFound, NotKept) as error:
                lost.append(error)
        return lost

    def _writes(self, findings: Findings) -> Iterator[Write]:
        """Give what writes each file."""
        options, run = self.options, findings.run
        secrets = run.secrets
        if options.record:
            kept = recording(run, today().isoformat()).to_json()
            yield partial(keep, options.record, kept, secrets)
        if self.proofs.count_for(findings.kind):
            ledger = self.proofs.with_those_of(run)
            yield partial(keep, self.proofs.path, ledger.to_json(), secrets)
        if options.json:
            yield partial(keep, options.json, findings.report().to_json(), secrets)
        if options.html:
            yield partial(keep, options.html, report_page(findings.report()), secrets)
        if self.junit and self.junit.is_file():  # what went down a pipe cannot be looked through
            yield partial(refuse_secrets, self.junit, secrets, called=self.junit.name)
