"""Reports as one HTML file that needs nothing else; every text is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from genauth_contract.records.drift import Drift
from genauth_contract.reports.numbers import Report, Row

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8883; --soft: #8881; --bad: #b00020; --warn: #8a5a00;
  --good: #0a7d32; --news: #00639a }
@media (prefers-color-scheme: dark) {
  :root { --bad: #ff8a95; --warn: #e8b04b; --good: #6fd08c; --news: #7cc4f5 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem }
h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th { font-weight: 600; font-size: .85rem; opacity: .7 }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left;
  vertical-align: top }
td { overflow-wrap: break-word; white-space: pre-line } td.short { white-space: nowrap }
td.where { overflow-wrap: anywhere; min-width: 18rem }
tbody tr:hover { background: var(--soft) } details > summary { cursor: pointer }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none }
.chips li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .8rem }
.failed, .mock-drifted, .live-drifted, .missing-field { color: var(--bad); font-weight: 600 }
.passed { color: var(--good) } .learned { color: var(--news) }
.not-played, .stopped-early, .text-only, .new-field { color: var(--warn) }
.other { background: var(--soft); font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0 }
dt { opacity: .7 } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line }
.card { border: 1px solid var(--line); border-left: .3rem solid var(--bad); border-radius: .4rem;
  margin: 1rem 0; padding: .2rem 1rem } .card h3 { font-size: 1rem; margin: .6rem 0 .2rem }
.environment { color: var(--warn); font-weight: 600 } .card.environment-card { border-left-color: var(--warn) }
@media (max-width: 44rem) {
  body { margin: 1rem auto } .chips { gap: .3rem }
  table, tbody, tr, td { display: block; width: auto } thead { display: none }
  tr { border-bottom: 2px solid var(--line); padding: .5rem 0 }
  td, td.short, td.where { border: 0; min-width: 0; overflow-wrap: anywhere; padding: .1rem 0; white-space: pre-line }
  td::before { content: attr(data-head) ": "; font-size: .85rem; opacity: .7 }
  dl { grid-template-columns: 1fr; gap: 0 } dt { margin-top: .4rem } }
"""

_GROUPS: Final = ("learned", "not played", "passed")
"""What is listed after the failures; what has to be looked at comes first."""

_MEANINGS: Final = {
    "failed": "The target answered otherwise than the contract says.",
    "environment": "Nothing was found out: the scenario could not be set up, or nobody answered.",
    "learned": "Open questions, and what the target answers.",
    "not played": "Left out, with the reason.",
    "passed": "The target answers as the contract says.",
}

_WHAT_TO_DO: Final = {
    "live": "A deployment answered so before: find out what changed there.",
    "docs": "The official documents say so: ask GenAuth, with the request id.",
    "client": "Public clients rely on it: see whether yours does, and teach the mock with `learn`.",
}
"""What to do about a finding, by the evidence of what was expected."""

_ELSE: Final = (
    "Nobody outside knew: keep the answer (`record`), teach the mock (`learn`), and report it."
)


def report_page(report: Report) -> str:
    """Show a run: what failed open, the rest folded."""
    notes = "".join(f"<p class=failed>clean-up failed: {escape(note)}</p>" for note in report.notes)
    groups = ((name, [row for row in report.rows if row.outcome == name]) for name in _GROUPS)
    body = "".join(_group(name, rows) for name, rows in groups if rows)
    chips = _chips(Counter(row.outcome for row in report.rows))
    return _page(
        report.title,
        report.summary,
        _facts(report.facts) + chips + notes + _failures(report) + body,
    )


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    pairs = "".join(f"<dt>{escape(name)}<dd>{escape(value)}" for name, value in facts if value)
    return f"<dl>{pairs}</dl>" if pairs else ""


def _failures(report: Report) -> str:
    """Show each failure as a card: findings first, problems of the environment apart."""
    failed = [row for row in report.rows if row.outcome == "failed"]
    findings = [row for row in failed if row.findings]
    problems = [row for row in failed if not row.findings]
    return _cards("failed", findings) + _cards("environment", problems)


def _cards(group: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    named = "problems of the environment" if group == "environment" else group
    head = f"<h2 class={group}>{named}: {len(rows)}</h2><p>{_MEANINGS[group]}</p>"
    return head + "".join(_card(group, row) for row in rows)


def _card(group: str, row: Row) -> str:
    kind = " environment-card" if group == "environment" else ""
    parts = "".join(
        _facts(
            (
                ("Asked", one.asked),
                ("Expected", one.expected),
                ("Got", one.got),
                ("Wrong", "\n".join(one.problems)),
                ("Request id", one.request_id),
                ("Evidence", one.evidence),
                ("What to do", _WHAT_TO_DO.get(one.evidence.partition(":")[0], _ELSE)),
            )
        )
        for one in row.findings
    )
    told = parts or f"<p>{escape(row.details)}</p>"
    return (
        f"<section class='card{kind}'><h3>{escape(row.sentence)} ({row.layer})</h3>{told}</section>"
    )


def drift_page(drift: Drift) -> str:
    """Show a comparison: every way to differ once, with the places where it does."""
    heads = ("what", "outcome", "field", *drift.columns, "where")
    rows = [
        [
            _cell(one.kind, _colour(one.kind), "short"),
            _cell(one.expected),
            _cell(one.path),
            *(_cell(str(value), "other" if value != one.values[0] else "") for value in one.values),
            _places(one.places),
        ]
        for one in drift.findings
    ]
    chips = _chips(Counter(str(one.kind) for one in drift.differences))
    return _page("Where the answers differ", drift.summary, chips + _table(heads, rows))


def _group(outcome: str, rows: Sequence[Row]) -> str:
    heads = ("scenario", "by", "evidence", "source", "details")
    cells = [
        [
            _cell(row.sentence),
            _cell(row.layer, "short"),
            _cell(f"{row.evidence} {row.proven_on}".strip(), "short"),
            _cell(row.source),
            _cell(row.details),
        ]
        for row in rows
    ]
    opened = " open" if outcome == "learned" else ""
    title = f"<h2 class={_colour(outcome)} style=display:inline>{outcome}: {len(rows)}</h2>"
    return f"<details{opened}><summary>{title}</summary><p>{_MEANINGS[outcome]}</p>{_table(heads, cells)}</details>"


def _places(places: Sequence[str]) -> str:
    if len(places) == 1:
        return _cell(places[0], "where")
    listed = "".join(f"<li>{escape(place)}</li>" for place in places)
    return f"<td class=where><details><summary>{len(places)} places</summary><ul>{listed}</ul></details></td>"


def _chips(counts: Counter[str]) -> str:
    chips = "".join(
        f"<li class={_colour(name)}>{escape(name)} {count}</li>"
        for name, count in counts.most_common()
    )
    return f"<ul class=chips>{chips}</ul>"


def _page(title: str, summary: str, body: str) -> str:
    return (
        "<!doctype html>\n<html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1><p>{escape(summary)}</p>{body}</html>\n"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_headed, heads, cells))}</tr>" for cells in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _headed(head: str, cell: str) -> str:
    """Name the column in its cell too: on a phone a row is a list."""
    return cell.replace("<td", f'<td data-head="{escape(head)}"', 1)


def _cell(text: str, *classes: str) -> str:
    names = " ".join(name for name in classes if name)
    return f"<td class='{names}'>{escape(text)}</td>" if names else f"<td>{escape(text)}</td>"


def _colour(name: str) -> str:
    return escape(name.replace(" ", "-"))
