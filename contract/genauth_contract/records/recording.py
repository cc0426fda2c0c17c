"""What a target answered, fit to be kept: redacted before it is anywhere near a disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import attrs

from genauth_contract.checks.checker import Step
from genauth_contract.outcomes.hiding import printable
from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.play.run import Layer, Result, Run
from genauth_contract.play.secrets import Redactor

FORMAT: Final = 1
"""Version of the file; a file of another version is refused."""

CLEAR_HEADERS: Final = ("content-type", "retry-after")
"""Response headers that are kept. Request headers are not, but for who was signed in."""

LANGUAGE: Final = "language"
"""Field of a recorded request that names the language it asked for; absent where that is zh-CN."""

Json = Mapping[str, object]


class NotARecording(Exception):
    """The file is not a recording this version understands."""


@attrs.frozen
class RecordedStep:
    """One exchange as it is kept.

    Attributes:
        operation: What was called.
        expected: Name of the outcome that was expected.
        request: Redacted body of the request.
        answer: Redacted answer: `http`, `headers` and `body`.
    """

    operation: str
    expected: str
    request: object
    answer: Json

    @property
    def fields(self) -> dict[str, object]:
        """Every field of the answer, by its path."""
        return (
            {"http": self.answer.get("http")}
            | _leaves(self.answer.get("headers"), "headers.")
            | _leaves(self.answer.get("body"), "")
        )


@attrs.frozen
class RecordedScenario:
    """One scenario as it is kept."""

    fingerprint: str
    passed: bool
    steps: tuple[RecordedStep, ...]


@attrs.frozen
class Recording:
    """What one target answered in one run.

    Attributes:
        kind: Kind of target: mock, genauth, authing, private.
        recorded_on: Date.
        scenarios: By name.
    """

    kind: str
    recorded_on: str
    scenarios: Mapping[str, RecordedScenario]

    @property
    def is_mock(self) -> bool:
        """Return whether a mock answered."""
        return self.kind == "mock"

    def to_json(self) -> str:
        """Write the recording down; the same recording always gives the same text."""
        content = {
            "format": FORMAT,
            "kind": self.kind,
            "recordedOn": self.recorded_on,
            "scenarios": {name: attrs.asdict(kept) for name, kept in self.scenarios.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def recording(run: Run, recorded_on: str) -> Recording:
    """Redact what a run saw; scenarios that failed are kept as well, redacted alike."""
    vocabulary = run.document.enumerated()
    return Recording(
        run.target.kind,
        recorded_on,
        {
            result.scenario.name: _kept(result, Redactor(run.secrets, vocabulary))
            for result in run.results
            if result.layer is Layer.WIRE
        },
    )


def joined(recordings: Sequence[Recording]) -> Recording:
    """Join the recordings of a run in steps; of a scenario that several have, the last one counts.

    Raises:
        NotARecording: They are not of one kind of target.
    """
    kinds = sorted({one.kind for one in recordings})
    if len(kinds) > 1:
        msg = f"recordings of different targets cannot be joined: {' and '.join(kinds)}"
        raise NotARecording(msg)
    scenarios = {name: kept for one in recordings for name, kept in one.scenarios.items()}
    return Recording(kinds[0], max(one.recorded_on for one in recordings), scenarios)


def read_recording(path: Path) -> Recording:
    """Read a recording.

    Raises:
        NotARecording: The file is something else.
    """
    try:
        return _read(cast("Json", _printable(json.loads(path.read_text("utf-8")))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        msg = f"{path.name} is not a recording of format {FORMAT}"
        raise NotARecording(msg) from error


def _printable(node: object) -> object:
    """Return a JSON value whose texts a terminal may show: somebody else may have written the file."""
    if is_object(node):
        return {printable(str(name)): _printable(value) for name, value in node.items()}
    if is_list(node):
        return [_printable(one) for one in node]
    return printable(node) if isinstance(node, str) else node


def _read(content: Json) -> Recording:
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    scenarios = cast("Mapping[str, Json]", content["scenarios"])
    return Recording(
        str(content["kind"]),
        str(content["recordedOn"]),
        {
            name: RecordedScenario(
                str(kept["fingerprint"]),
                kept["passed"] is True,
                tuple(_read_step(step) for step in cast("list[Json]", kept["steps"])),
            )
            for name, kept in scenarios.items()
        },
    )


def _read_step(step: Json) -> RecordedStep:
    return RecordedStep(
        str(step["operation"]),
        str(step["expected"]),
        step["request"],
        cast("Json", step["answer"]),
    )


def _kept(result: Result, redactor: Redactor) -> RecordedScenario:
    steps = tuple(_kept_step(step, redactor) for step in result.steps)
    return RecordedScenario(result.scenario.fingerprint, result.passed, steps)


def _kept_step(step: Step, redactor: Redactor) -> RecordedStep:
    call, answer = step.call, step.answer
    request = redactor.redacted(call.body)
    if call.user.access_token:
        request = {"authorization": _signed_in(step, redactor), "body": request}
    headers = {name: answer.headers[name] for name in CLEAR_HEADERS if name in answer.headers}
    is_json = is_object(answer.body) or is_list(answer.body)
    body = answer.body if is_json else {"raw": str(answer.body)}
    kept = {
        "http": answer.http,
        "headers": redactor.redacted(headers),
        "body": redactor.redacted(body),
    }
    return RecordedStep(call.operation, step.expected.name, request, kept)


def _signed_in(step: Step, redactor: Redactor) -> object:
    return redactor.redacted(step.call.user.access_token, "authorization")


def _leaves(node: object, path: str) -> dict[str, object]:
    if is_object(node):
        found: dict[str, object] = {}
        for name, value in node.items():
            found |= _leaves(value, f"{path}{name}.")
        return found
    if is_list(node):
        found = {}
        for number, value in enumerate(node):
            found |= _leaves(value, f"{path}{number}.")
        return found
    return {path.rstrip("."): node}
