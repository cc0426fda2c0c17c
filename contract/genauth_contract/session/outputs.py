"""Every file that a run writes: tried before it begins, written at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import attrs

from genauth_contract.play.clock import today
from genauth_contract.records.files import (
    CannotRead,
    CannotWrite,
    SecretFound,
    refuse_secrets,
    refuse_unwritable,
    write_atomically,
)
from genauth_contract.records.recording import (
    NotARecording,
    Recording,
    joined,
    read_recording,
    recording,
)
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

    def refuse_others(self, kind: str) -> None:
        """Raise unless what is recorded now can be joined to what the file has.

        Args:
            kind: Kind of the target.

        Raises:
            CannotRead: The file holds something else, or a recording of another kind of target.
        """
        for earlier in self._earlier():
            if earlier.kind != kind:
                path = cast("Path", self.options.record)
                what = f"a recording of this kind of target ({kind}), but of another one ({earlier.kind})"
                raise CannotRead(path, what)

    def _earlier(self) -> list[Recording]:
        """Read what the steps before recorded: `--resume` adds to it.

        Raises:
            CannotRead: The file is something else.
        """
        path = self.options.record
        if not path or not self.options.checkpoint or not path.exists():
            return []
        try:
            return [read_recording(path)]
        except (NotARecording, OSError) as error:
            raise CannotRead(path, "a recording that --resume could add to") from error

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
            kept = joined([*self._earlier(), recording(run, today().isoformat())]).to_json()
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
