"""Reports as one HTML file that needs nothing else; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from genauth_contract.drift import Drift
from genauth_contract.reports.numbers import Report

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #8884; padding: .4rem .6rem; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere; white-space: pre-line }
.failed, .mock-drifted, .live-drifted, .missing-field { color: #b00020; font-weight: 600 }
.passed { color: #0a7d32 } .learned { color: #00639a }
.not-played, .text-only, .new-field { color: #8a5a00 }
:root { color-scheme: light dark }
"""


def report_page(report: Report) -> str:
    """Show a run."""
    rows = [
        (
            row.sentence,
            row.layer,
            row.outcome,
            f"{row.evidence} {row.proven_on}",
            row.source,
            row.details,
        )
        for row in report.rows
    ]
    heads = ("scenario", "by", "outcome", "evidence", "source", "details")
    notes = "".join(f"<p class=failed>not undone: {escape(note)}</p>" for note in report.notes)
    title = f"The contract, held against: {report.target}"
    return _page(title, report.summary, _table(heads, rows, coloured=2) + notes)


def drift_page(drift: Drift) -> str:
    """Show a comparison."""
    rows = [
        (one.scenario, f"{one.step} {one.operation}", one.path, one.kind, *map(str, one.values))
        for one in drift.differences
    ]
    heads = ("scenario", "step", "field", "what", *drift.columns)
    return _page("Where the answers differ", drift.summary, _table(heads, rows, coloured=3))


def _page(title: str, summary: str, body: str) -> str:
    return (
        "<!doctype html>\n<html lang=en><meta charset=utf-8>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1><p>{escape(summary)}</p>{body}</html>\n"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, coloured: int) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(_tr(row, coloured) for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _tr(row: Sequence[str], coloured: int) -> str:
    colour = escape(row[coloured].replace(" ", "-"))
    cells = "".join(
        f"<td class={colour}>{escape(cell)}</td>"
        if number == coloured
        else f"<td>{escape(cell)}</td>"
        for number, cell in enumerate(row)
    )
    return f"<tr>{cells}</tr>"
