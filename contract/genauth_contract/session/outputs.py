"""Every file that a run writes: tried before it begins, written at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import attrs

from genauth_contract.play.clock import today
from genauth_contract.records.files import (
    CannotWrite,
    SecretFound,
    refuse_secrets,
    refuse_unwritable,
    write_atomically,
)
from genauth_contract.records.recording import recording
from genauth_contract.reports.html import report_page
from genauth_contract.session.results import LedgerFile, Results
from genauth_contract.targets.options import MOCK, Options

Write = Callable[[], None]


@attrs.frozen
class Outputs:
    """The files of a run.

    Attributes:
        options: Name most of them.
        ledger_file: Where live passes are remembered, asked or not.
    """

    options: Options
    ledger_file: LedgerFile

    def refuse_unwritable(self) -> None:
        """Raise unless all files can be written.

        Raises:
            CannotWrite: One cannot.
        """
        remembered = [] if self.options.target == MOCK else [self.ledger_file.path]
        junit = [self.options.junit] if self.options.junit else []
        refuse_unwritable([*self.options.outputs, *remembered, *junit])

    def write(self, results: Results) -> list[SecretFound | CannotWrite]:
        """Write every file, even after one fails. Return the failures."""
        unwritten: list[SecretFound | CannotWrite] = []
        for write in self._writes(results):
            try:
                write()
            except (SecretFound, CannotWrite) as error:
                unwritten.append(error)
        return unwritten

    def _writes(self, results: Results) -> Iterator[Write]:
        """Yield what writes each file."""
        options, run = self.options, results.run
        secrets = run.secrets
        if options.record:
            kept = recording(run, today().isoformat()).to_json()
            yield partial(write_atomically, options.record, kept, secrets)
        if self.ledger_file.counts(results.kind):
            ledger = self.ledger_file.updated_by(run)
            yield partial(write_atomically, self.ledger_file.path, ledger.to_json(), secrets)
        if options.json:
            yield partial(write_atomically, options.json, results.report().to_json(), secrets)
        if options.html:
            yield partial(write_atomically, options.html, report_page(results.report()), secrets)
        if (
            options.junit and options.junit.is_file()
        ):  # what went down a pipe cannot be looked through
            yield partial(refuse_secrets, options.junit, secrets, called=options.junit.name)
