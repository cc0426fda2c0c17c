"""The command that prints the matrix, and fails where something has no scenario."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from genauth_contract import openapi, wire
from genauth_contract.keeping import keep
from genauth_contract.ledger import default_ledger_path, read_ledger
from genauth_contract.loopback import Fence
from genauth_contract.matrix import Emitted, gaps, matrix, tested_codes, to_markdown
from genauth_contract.offline import mock_outcomes, offline_mock
from genauth_contract.redaction import Secrets
from genauth_contract.run import Layer, Run
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets import own_mock
from genauth_contract.through_sdk import known_api_codes


def show_matrix(check: Path | None, output: Path | None) -> int:
    """Play the scenarios on the mock, print the matrix, and return the exit code."""
    document, scenarios = openapi.packaged(), every_scenario()
    ledger = read_ledger(default_ledger_path())
    with offline_mock() as mock, closing(wire.client()) as client, Fence().up():
        target = own_mock(mock, client)
        run = Run(target, document, {Layer.WIRE: lambda app: wire.Wire(client, app)})
        results = [run.play(one, Layer.WIRE) for one in scenarios]
        rows, codes = matrix(results, ledger), tested_codes(results)
    counts = {
        "scenarios": len(scenarios),
        "provable": sum(not one.mock_only for one in scenarios),
        "proven": sum(ledger.proof_of(one) is not None for one in scenarios),
    }
    page = to_markdown(rows, counts)
    if output:
        keep(output, page, Secrets())
    elif not check:
        click.echo(page, nl=False)
    missing = gaps(rows, Emitted(mock_outcomes(), known_api_codes()), document, codes)
    for line in missing:
        click.echo(line, err=True)
    is_stale = check is not None and check.read_text("utf-8") != page
    if is_stale:
        click.echo(f"{check} is not the matrix; write it with genauth-contract matrix -o", err=True)
    return int(bool(missing) or is_stale)
