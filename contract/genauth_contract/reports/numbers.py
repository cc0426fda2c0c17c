"""One row per scenario, and the two numbers: how much a live run can confirm, how much is confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import attrs

from genauth_contract.checks.checker import Step
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.hiding import without_lookalikes
from genauth_contract.play.run import Result
from genauth_contract.play.scenario import Scenario
from genauth_contract.records.ledger import Ledger

Hide = Callable[[str], str]

_IN_WORDS: Final = {
    "mock": "the offline GenAuth",
    "loopback": "a stand-in on this machine",
    "genauth": "a deployment of genauth.ai",
    "authing": "a deployment of authing.cn",
}
"""Kinds of targets."""

_STAND_INS: Final = ("mock", "loopback")
"""Those that are no deployment."""

_LONGEST_ID: Final = 200
"""Characters of a request id that a report shows."""


@attrs.frozen
class Finding:
    """One answer that is not the expected one, as somebody would hand it on.

    Attributes:
        asked: The call, such as `POST /api/v3/bind-phone`.
        expected: Name and numbers of the outcome that was expected.
        got: HTTP status and numbers of the answer.
        request_id: What GenAuth's support asks for; empty where the answer has none.
        evidence: What the expected answer rests on.
        problems: What is wrong, one sentence each.
    """

    asked: str
    expected: str
    got: str
    request_id: str
    evidence: str
    problems: tuple[str, ...]


@attrs.frozen
class Row:
    """One scenario in a report.

    Attributes:
        name: Name of the scenario.
        sentence: The same as a sentence.
        layer: `wire` or `sdk`.
        outcome: `passed`, `failed`, `learned` or `not played`.
        evidence: What it rests on; `live` once the ledger has a live pass.
        source: Where that is written.
        details: What was wrong, why it was not played, or what was learned.
        proven_on: Date of the last live pass; empty when there is none.
        findings: The answers that were wrong; a failure without one is a problem of the environment.
    """

    name: str
    sentence: str
    layer: str
    outcome: str
    evidence: str
    source: str
    details: str = ""
    proven_on: str = ""
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class Report:
    """A whole run.

    Attributes:
        target: Kind of target.
        rows: One per scenario and layer.
        scenarios: How many scenarios there are.
        provable: How many of them could be proven on a live deployment.
        proven: How many of them are, as they stand.
        notes: Whatever else a person has to know, such as what could not be undone.
        facts: What whoever reads it asks first: host, date, versions, how long it took, the command.
    """

    target: str
    rows: tuple[Row, ...]
    scenarios: int
    provable: int
    proven: int
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def named(self) -> str:
        """The kind of target in words."""
        return _IN_WORDS.get(self.target, f"a {self.target} deployment")

    @property
    def title(self) -> str:
        """What a report is called."""
        return f"GenAuth contract: a run against {self.named}"

    @property
    def summary(self) -> str:
        """The two numbers in a sentence: how much a live run can confirm, how much live runs have."""
        is_stand_in = self.target in _STAND_INS
        begin = "A stand-in proves nothing: only a" if is_stand_in else "A"
        end = f"; {self.proven} are confirmed so far" if self.proven or not is_stand_in else ""
        return (
            f"{begin} live run can confirm {self.provable} of the {self.scenarios} scenarios{end}."
        )

    def to_json(self) -> str:
        """Write the report down."""
        return json.dumps(attrs.asdict(self), ensure_ascii=False, indent=1) + "\n"


@attrs.frozen
class Played:
    """What a report is made of.

    Attributes:
        results: The results of the scenarios that were played.
        not_played: The others, with the reason.
        every: All scenarios there are.
        left_behind: What could not be undone.
        hide: Takes secrets out of what the target said.
        facts: What the report begins with.
    """

    results: Sequence[Result]
    not_played: Sequence[tuple[Scenario, str]]
    every: Sequence[Scenario]
    left_behind: Sequence[str] = ()
    hide: Hide = str
    facts: tuple[tuple[str, str], ...] = ()


def report(played: Played, ledger: Ledger, target: str) -> Report:
    """Return the report of a run."""
    rows = [_row(result, ledger, target, played.hide) for result in played.results]
    rows += [_unplayed(scenario, why, ledger) for scenario, why in played.not_played]
    return Report(
        target,
        tuple(rows),
        len(played.every),
        sum(not scenario.mock_only for scenario in played.every),
        sum(ledger.proof_of(scenario) is not None for scenario in played.every),
        tuple(played.left_behind),
        tuple((name, played.hide(value)) for name, value in played.facts),
    )


def learned(results: Iterable[Result], hide: Hide) -> list[str]:
    """Return what a live run answered to the open questions."""
    return [
        f"question {result.scenario.question}: {result.scenario.sentence}: {hide(seen(result))}"
        for result in results
        if result.scenario.question is not None
    ]


def seen(result: Result) -> str:
    """Return the answers to the questions of a scenario."""
    return "; ".join(
        f"{step.call.operation} gave HTTP {step.answer.http}, {_number(step, 'statusCode')} / "
        f"{_number(step, 'apiCode')} {without_lookalikes(str(step.answer.field('message')))}"
        for step in result.steps
        if step.expected.learn
    )


def _number(step: Step, field: str) -> str:
    value = step.answer.field(field)
    return str(value) if isinstance(value, int) else "-"


def _row(result: Result, ledger: Ledger, target: str, hide: Hide) -> Row:
    scenario = result.scenario
    proof = ledger.proof_of(scenario)
    is_observation = result.passed and scenario.question is not None and target != "mock"
    outcome = "learned" if is_observation else "passed" if result.passed else "failed"
    return Row(
        scenario.name,
        scenario.sentence,
        result.layer,
        outcome,
        Evidence.LIVE if proof else result.evidence,
        scenario.source,
        hide(seen(result)) if is_observation else result.failure,
        proof.passed_on if proof else "",
        tuple(_finding(step, hide) for step in result.steps if step.problems),
    )


def _finding(step: Step, hide: Hide) -> Finding:
    call, expected, answer = step.call, step.expected, step.answer
    request_id = answer.field("requestId")
    return Finding(
        hide(f"{call.method} {call.path.partition('?')[0]}"),
        f"{expected.name} ({expected.default})",
        f"HTTP {answer.http}, {answer.summary.removeprefix(f'HTTP {answer.http}, ')}",
        hide(request_id)[:_LONGEST_ID] if isinstance(request_id, str) else "",
        f"{expected.evidence}: {expected.source}",
        tuple(map(hide, step.problems)),
    )


def _unplayed(scenario: Scenario, why: str, ledger: Ledger) -> Row:
    proof = ledger.proof_of(scenario)
    evidence = Evidence.LIVE if proof else scenario.evidence
    on = proof.passed_on if proof else ""
    return Row(
        scenario.name, scenario.sentence, "wire", "not played", evidence, scenario.source, why, on
    )
