"""The command `genauth-contract probe`."""

from __future__ import annotations

import os
from pathlib import Path

import attrs
import click

from genauth_contract.play.secrets import Secrets
from genauth_contract.probe.report import Found
from genauth_contract.probe.run import CannotProbe, Request, plan, probe
from genauth_contract.records.files import refuse_unwritable, write_atomically
from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.session.terminal import Terminal
from genauth_contract.targets.options import consents


@attrs.frozen
class _Files:
    output: Path | None
    issue: Path | None

    @property
    def named(self) -> list[Path]:
        return [path for path in (self.output, self.issue) if path is not None]

    def keep(self, found: Found) -> None:
        """Write what was asked for; the answers are redacted by now."""
        if self.output:
            write_atomically(self.output, found.recording().to_json(), Secrets())
        if self.issue:
            write_atomically(self.issue, found.to_markdown(), Secrets())


def probed(  # noqa: PLR0913 - one for each option
    *,
    host: str,
    app_id: str,
    tier: int,
    output: Path | None,
    issue: Path | None,
    wants_plan: bool,
    has_consent: bool,
    pass_code_from: str,
) -> int:
    """Probe, print what was found, keep what was asked for, and return the exit code."""
    files = _Files(output, issue)
    may = consents(os.environ, flag=has_consent)
    request = Request(host, app_id, tier, may, pass_code_from, os.environ)
    if wants_plan:
        click.echo(plan(request), nl=False)
        return ExitCode.PASSED
    refuse_unwritable(files.named)
    try:
        found = probe(request, Terminal())
    except (CannotProbe, ValueError) as error:
        click.echo(f"genauth-contract: {error}", err=True)
        return ExitCode.MISCONFIGURED
    click.echo(found.to_text(), nl=False)
    files.keep(found)
    return ExitCode.PASSED
