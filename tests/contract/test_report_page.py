"""The report that one hands on: what it begins with, and a card for each failure."""

from __future__ import annotations

from pathlib import Path

from genauth_contract.reports.html import report_page
from genauth_contract.reports.numbers import Finding, Report, Row
from genauth_contract.targets.options import Options
from tests.contract.support.world import contract

FINDING = Finding(
    "POST /api/v3/bind-phone",
    "WRONG_CODE (499 / 2001)",
    "HTTP 200, 499 / 500",
    "934108e5-9fbf-4d24-8da1-c330328abd6c",
    "client: apiCode: a write-up",
    ("apiCode is 500, expected 2001",),
)
SCENARIO = ("a_wrong_code", "A wrong code binds nothing", "wire")


def page(*rows: Row) -> str:
    """Show a report of these rows."""
    facts = (("Target", "https://example.genauth.ai"), ("Took", "71 s"))
    return report_page(Report("private", rows, 1, 1, 0, facts=facts))


def test_a_failure_is_a_card_with_everything_that_support_asks_for() -> None:
    row = Row(*SCENARIO, "failed", "client", "a write-up", findings=(FINDING,))
    shown = page(row)
    for text in (FINDING.asked, FINDING.expected, FINDING.got, FINDING.request_id):
        assert f"<dd>{text}" in shown
    assert "<dt>What to do<dd>Public clients rely on it" in shown


def test_problems_of_the_environment_are_apart_from_findings() -> None:
    finding = Row(*SCENARIO, "failed", "client", "x", findings=(FINDING,))
    problem = Row(*SCENARIO, "failed", "client", "x", details="no answer came back")
    shown = page(problem, finding)
    assert shown.index("<h2 class=failed>failed: 1") < shown.index("problems of the environment: 1")
    assert "<p>no answer came back</p>" in shown


def test_a_page_begins_with_host_date_versions_length_and_command(tmp_path: Path) -> None:
    kept = tmp_path / "run.html"
    done = contract("run", "-k", "a used code is refused", "--html", kept)
    assert done.exit_code == 0, done.output
    shown = kept.read_text()
    for name in ("Target", "Date", "Took", "Versions", "Command"):
        assert f"<dt>{name}<dd>" in shown
    assert "<dd>genauth-contract run -k" in shown


def test_what_a_target_wrote_is_shown_and_not_run() -> None:
    hostile = Finding("GET /x", "OK", "<script>", "<b>", "docs: x", ("<img src=x>",))
    shown = page(Row(*SCENARIO, "failed", "docs", "x", findings=(hostile,)))
    assert "<script>" not in shown
    assert "<img" not in shown


def test_a_source_of_codes_is_named_by_its_kind_alone() -> None:

    command = Options(pass_code_from="cmd:./read --key 7421 {phone}").command_of()
    assert command == "genauth-contract run --pass-code-from cmd"
