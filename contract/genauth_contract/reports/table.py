"""The tables at the end of a run, for terminals."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from genauth_contract.drift import Drift
from genauth_contract.plan import Plan
from genauth_contract.reports.numbers import Report

COLOURS: Final = {"passed": "green", "learned": "cyan", "failed": "red", "not played": "yellow"}


def show_report(report: Report, console: Console) -> None:
    """Print scenario, outcome and evidence, then the two numbers."""
    table = Table(title=f"The contract, held against: {report.target}", title_justify="left")
    for name in ("scenario", "by", "outcome", "evidence"):
        table.add_column(name, overflow="fold")
    for row in report.rows:
        what = Text(row.sentence)
        if row.outcome != "passed" and row.details:
            what.append(f"\n{row.details}", style="dim")
        outcome = Text(row.outcome, style=COLOURS[row.outcome])
        evidence = f"{row.evidence} {row.proven_on}".strip()
        table.add_row(what, row.layer, outcome, evidence)
    console.print(table)
    console.print(Text(report.summary))
    for note in report.notes:
        console.print(Text(f"not undone: {note}", style="red"))


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
    needed = ", ".join(sorted(plan.needed)) or "nothing beyond the application"
    console.print(Text(f"{plan.figures}; needs {needed}"))
    console.print(Text("The access tokens have to live that long; --resume goes on with new ones."))


def show_drift(drift: Drift, console: Console) -> None:
    """Print every difference, field by field."""
    if drift.differences:
        table = Table(title="Where the answers differ", title_justify="left")
        for name in ("scenario", "step", "field", "what", *drift.columns):
            table.add_column(name, overflow="fold")
        for one in drift.differences:
            step = f"{one.step} {one.operation}"
            shown = [Text(str(value)) for value in one.values]
            table.add_row(Text(one.scenario), step, Text(one.path), one.kind, *shown)
        console.print(table)
    console.print(Text(drift.summary))
