"""The matrix: operation by failure, and what the mock, live, the documents and the SDK make of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs
import click

from genauth_contract.api import http, openapi
from genauth_contract.api.openapi import OpenApi
from genauth_contract.api.sdk import known_api_codes
from genauth_contract.cli import profile_errors
from genauth_contract.outcomes import ANYWHERE, EVERY_OUTCOME
from genauth_contract.outcomes.evidence import STRONGEST_FIRST, Claim, Source
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.sources import EVERY_SOURCE
from genauth_contract.play.run import Layer, Result, Run
from genauth_contract.play.secrets import Secrets
from genauth_contract.records.files import refuse_unwritable, write_atomically
from genauth_contract.records.ledger import Ledger, default_ledger_path, read_ledger
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.kinds import own_mock
from genauth_contract.targets.offline import LoopbackGuard, mock_outcomes, offline_mock
from genauth_contract.targets.plan import plan

ADVICE: Final = "add one to its group in genauth_contract/scenarios"

DIFFERS: Final = "differs"
"""Stands for an answer of the mock that is not the outcome's default."""

_PLACES: Final = {outcome.name: place for place, outcome in enumerate(EVERY_OUTCOME)}
"""The order of the outcomes."""


@attrs.frozen
class MatrixRow:
    """One way one operation can end.

    Attributes:
        operation: The operation.
        outcome: What happened.
        mock: What the mock was seen to answer while the matrix was made.
        live: What live deployments were seen to answer; empty when none was asked.
    """

    operation: str
    outcome: Outcome
    mock: str
    live: str


@attrs.frozen
class Emitted:
    """What mock and SDK are able to say; the matrix must not lack any of it.

    Attributes:
        mock: Names of the mock's outcomes.
        sdk_codes: Every apiCode the SDK knows the meaning of.
    """

    mock: frozenset[str]
    sdk_codes: frozenset[int]


def matrix(results: Iterable[Result], ledger: Ledger) -> list[MatrixRow]:
    """Collect every pair of operation and outcome that a scenario brings about."""
    rows: dict[tuple[str, str], MatrixRow] = {}
    for result in results:
        if result.layer is not Layer.WIRE or result.scenario.is_staged:
            continue
        for step in result.steps:
            operation, outcome = step.call.operation, _registered(step.expected)
            seen = ", ".join(sorted(ledger.seen(operation, outcome.name)))
            answer = outcome.default if not step.problems else None
            row = MatrixRow(operation, outcome, str(answer or DIFFERS), seen)
            pair = (operation, outcome.name)
            rows[pair] = min(rows.get(pair, row), row, key=_worst_then_strongest)
    return sorted(rows.values(), key=lambda row: (row.operation, _PLACES[row.outcome.name]))


def _registered(outcome: Outcome) -> Outcome:
    """Return an outcome without what a scenario adds to it, but for the fact that it is asked."""
    plain = next((one for one in EVERY_OUTCOME if one.name == outcome.name), outcome)
    return plain.as_question() if outcome.is_question else plain


def _worst_then_strongest(row: MatrixRow) -> tuple[bool, int]:
    """Order what scenarios know of one pair: one that differs first, then the strongest evidence."""
    return row.mock != DIFFERS, STRONGEST_FIRST.index(row.outcome.evidence)


def tested_codes(results: Iterable[Result]) -> frozenset[int]:
    """Return every apiCode that a scenario was answered as it expected, staged ones included."""
    steps = (step for result in results for step in result.steps if not step.problems)
    codes = (step.expected.default.api_code for step in steps)
    return frozenset(code for code in codes if code is not None)


def gaps(
    rows: Sequence[MatrixRow], emitted: Emitted, document: OpenApi, codes: Collection[int]
) -> list[str]:
    """Return what is emitted, known or documented without a scenario; empty if nothing is."""
    played = {row.outcome.name for row in rows}
    pairs = {(row.operation, row.outcome.name) for row in rows}
    found = [f"no scenario ends in {name}" for name in sorted(emitted.mock - played)]
    found += [
        f"the SDK knows apiCode {code}, which no scenario tests"
        for code in sorted(emitted.sdk_codes - set(codes))
    ]
    found += [
        f"no scenario of {operation.name} ends in {name}, as its Endpoint says: {ADVICE}"
        for operation in document.operations
        for name in operation.outcomes
        if (operation.name, name) not in pairs and name not in ANYWHERE
    ]
    documented = {operation.name: operation.outcomes for operation in document.operations}
    found += [
        f"{row.operation} ends in {row.outcome.name}, which the `ends` of its Endpoint do not name"
        for row in rows
        if row.operation in documented
        and row.outcome.name not in documented[row.operation]
        and row.outcome.name not in ANYWHERE
    ]
    return found


_HEADS: Final = (
    "operation", "outcome", "mock", "live", "evidence", "source", "alternatives", "SDK error",
)  # fmt: skip

_INTRODUCTION: Final = """\
# The matrix

What each operation can end with: what the offline GenAuth answers (`statusCode / apiCode`),
what a live deployment was seen to answer, what the answer rests on, and the error of the SDK.
HTTP status, statusCode, apiCode and text mostly have sources of their own: *evidence* is that of
the weakest, *source* names each but the usual HTTP status, and below is what every source is.
`genauth-contract matrix --fields` prints field by field. Written by `genauth-contract matrix`.
"""

_SOURCES: Final = """
## The sources

What no source fixes is `assumed`, and the matrix says from what.
"""


def to_markdown(rows: Sequence[MatrixRow], counts: Mapping[str, int], whole_run: str) -> str:
    """Write the matrix down for the docs; `whole_run` says what a live run takes."""
    lines = [
        _INTRODUCTION,
        f"{counts['scenarios']} scenarios; a live run can confirm {counts['provable']} of them,",
        f"and {counts['proven']} are confirmed. A live run of those takes {whole_run}.",
        "",
        *_table(_HEADS, map(_cells, rows)),
        profile_errors.INTRODUCTION,
        *_table(*profile_errors.table((row.operation, row.outcome.name) for row in rows)),
        _SOURCES,
        *_table(("source", "is", "API", "date", "evidence"), map(_source_cells, _used_sources())),
    ]
    return "\n".join(lines) + "\n"


def _cells(row: MatrixRow) -> list[str]:
    outcome = row.outcome
    alternatives = "; ".join(str(reply) for reply in outcome.alternatives)
    evidence = "live" if row.live else str(outcome.evidence)
    error = f"`{outcome.sdk_error}`" if outcome.sdk_error else ""
    return [
        row.operation, outcome.name, row.mock, row.live or "never seen", evidence,
        outcome.source, alternatives, error,
    ]  # fmt: skip


def fields_to_markdown() -> str:
    """Write down, for each outcome, what every field of its answer rests on."""
    heads = ("outcome", "field", "value", "evidence", "source", "API", "date")
    lines = _table(
        heads, (_claim_cells(one, claim) for one in EVERY_OUTCOME for claim in one.claims)
    )
    return "\n".join(lines) + "\n"


def _claim_cells(outcome: Outcome, claim: Claim) -> list[str]:
    field, value, source = claim.field, str(claim.value), claim.source
    named = source.key if source.fixes else f"{source.key}: {source.what}"
    return [outcome.name, field, value, source.level, named, source.generation, source.date]


def _used_sources() -> list[Source]:
    used = {claim.source.key for outcome in EVERY_OUTCOME for claim in outcome.claims}
    return [source for source in EVERY_SOURCE if source.key in used]


def _source_cells(source: Source) -> list[str]:
    return [source.key, source.what, source.generation, source.date, source.level]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


@attrs.frozen
class PlayedMatrix:
    """The matrix as it was played.

    Attributes:
        page: It, in Markdown.
        missing: What it lacks; empty where it lacks nothing.
    """

    page: str
    missing: Sequence[str]


def play_matrix() -> PlayedMatrix:
    """Play the scenarios on the mock, and write down what they end with."""
    document = openapi.declared()
    results, ledger = _played(document), read_ledger(default_ledger_path())
    rows, codes = matrix(results, ledger), tested_codes(results)
    missing = gaps(rows, Emitted(mock_outcomes(), known_api_codes()), document, codes)
    return PlayedMatrix(_page(rows, ledger, document), missing)


def show_matrix(check: Path | None, output: Path | None) -> int:
    """Play the scenarios on the mock, print the matrix, and return the exit code."""
    refuse_unwritable([output] if output else [])
    played = play_matrix()
    if output:
        write_atomically(output, played.page, Secrets())
    elif not check:
        click.echo(played.page, nl=False)
    for line in played.missing:
        click.echo(line, err=True)
    is_stale = check is not None and check.read_text("utf-8") != played.page
    if is_stale:
        click.echo(f"{check} is not the matrix; write it with genauth-contract matrix -o", err=True)
    return int(bool(played.missing) or is_stale)


def _played(document: OpenApi) -> list[Result]:
    with (
        offline_mock() as mock,
        closing(http.client_of_own_mock()) as client,
        LoopbackGuard().active(),
    ):
        target = own_mock(mock, client)
        run = Run(target, document, {Layer.WIRE: lambda app: http.Wire(client, app)})
        return [run.play(one, Layer.WIRE) for one in every_scenario()]


def _page(rows: Sequence[MatrixRow], ledger: Ledger, document: OpenApi) -> str:
    scenarios = every_scenario()
    provable = [one for one in scenarios if not one.mock_only]
    counts = {
        "scenarios": len(scenarios),
        "provable": len(provable),
        "proven": sum(ledger.proof_of(one) is not None for one in scenarios),
    }
    return to_markdown(rows, counts, plan(provable, document).totals)
