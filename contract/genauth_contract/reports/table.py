"""The tables at the end of a run, for terminals."""

from __future__ import annotations

import io
import sys
from collections import Counter
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from genauth_contract.records.drift import Drift, Kind
from genauth_contract.reports.numbers import Report
from genauth_contract.targets.live import APP_ID, HOST
from genauth_contract.targets.plan import Plan

WIDTH: Final = 120
"""Columns where there is no terminal."""

COLOURS: Final = {"passed": "green", "learned": "cyan", "failed": "red", "not played": "yellow"}

KIND_COLOURS: Final = {
    Kind.MOCK_DRIFTED: "red",
    Kind.LIVE_DRIFTED: "red",
    Kind.MISSING_FIELD: "red",
    Kind.NEW_FIELD: "yellow",
    Kind.TEXT_ONLY: "yellow",
    Kind.STOPPED_EARLY: "yellow",
    Kind.NOT_PLAYED: "yellow",
}


def drawing() -> Console:
    """Return a console that draws as the terminal does, or plainly where there is none."""
    width = Console().width if sys.stdout.isatty() else WIDTH
    return Console(file=io.StringIO(), width=width, force_terminal=sys.stdout.isatty())


def text_of(console: Console) -> str:
    """Return what was drawn."""
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""


def show_report(report: Report, console: Console) -> None:
    """Print what has to be looked at row by row, the rest as counts, then the two numbers."""
    shown = [row for row in report.rows if row.outcome in ("failed", "learned")]
    if shown:
        table = Table(title=report.title, title_justify="left")
        for name in ("scenario", "by", "outcome", "evidence"):
            table.add_column(name, overflow="fold")
        for row in shown:
            what = Text(row.sentence)
            what.append(f"\n{row.details}", style="dim")
            outcome = Text(row.outcome, style=COLOURS[row.outcome])
            table.add_row(what, row.layer, outcome, f"{row.evidence} {row.proven_on}".strip())
        console.print(table)
    for name, counts in _counted(report).items():
        line = Text(f"{name}: {counts.total()}", style=COLOURS[name])
        named = [f"{count} {what}" for what, count in counts.most_common()]
        is_long = name == "not played"
        console.print(
            line + Text("\n  " + "\n  ".join(named) if is_long else f" ({', '.join(named)})")
        )
    took = dict(report.facts).get("Took", "")
    console.print(Text(f"target: {report.named}{f', took {took}' if took else ''}"))
    console.print(Text(report.summary))
    for note in report.notes:
        console.print(Text(f"clean-up failed: {note}", style="red"))


def _counted(report: Report) -> dict[str, Counter[str]]:
    """Count what passed by evidence, what was not played by reason, the others by layer."""
    counts: dict[str, Counter[str]] = {}
    for row in report.rows:
        by = {"passed": row.evidence, "not played": row.details}.get(row.outcome, row.layer)
        counts.setdefault(row.outcome, Counter())[by] += 1
    return counts


def show_plan(plan: Plan, console: Console) -> None:
    """Print what a live run would take, scenario by scenario."""
    table = Table(title="What a live run would do", title_justify="left")
    table.add_column("scenario", overflow="fold")
    for name in ("texts", "calls", "seconds waiting"):
        table.add_column(name, justify="right")
    for cost in plan.costs:
        numbers = (cost.sms, cost.calls, round(cost.seconds))
        table.add_row(Text(cost.scenario.sentence), *map(str, numbers))
    console.print(table)
    needed = ", ".join(sorted({HOST, APP_ID, *plan.needed}))
    console.print(Text(f"{plan.totals}; needs in the environment: {needed}"))
    console.print(Text("The access tokens have to live that long; --resume goes on with new ones."))


def show_drift(drift: Drift, console: Console) -> None:
    """Print every way in which the answers differ, each once."""
    if drift.differences:
        table = Table(title="Where the answers differ", title_justify="left")
        for name in ("what", "outcome", "field", *drift.columns, "where"):
            table.add_column(name, overflow="fold")
        for one in drift.findings:
            shown = [Text(str(value)) for value in one.values]
            first, *others = one.places
            where = first + (f"\nand {len(others)} more" if others else "")
            kind = Text(one.kind, style=KIND_COLOURS[one.kind])
            table.add_row(kind, one.expected, Text(one.path), *shown, Text(where))
        console.print(table)
    console.print(Text(drift.summary))
