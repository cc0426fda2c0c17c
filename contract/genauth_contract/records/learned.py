"""Writes down what live taught, as a table that `genauth-mock serve --learned FILE` loads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

import attrs

from genauth_contract.outcomes.hiding import HIDDEN
from genauth_contract.outcomes.models import is_object
from genauth_contract.play.secrets import PLACEHOLDER
from genauth_contract.records.drift import Difference
from genauth_contract.records.recording import LANGUAGE, RecordedStep, Recording

CONFIDENCE: Final = "live"

_CHINESE: Final = "zh-CN"

_NO_ONE_ANSWER: Final = (
    "OK",
    "NOT_IMITATED",
    "INVALID_ARGUMENT",
    "METHOD_NOT_ALLOWED",
    "NOT_FOUND",
    "NOT_JSON",
)
"""Outcomes that are no refusal of GenAuth, or whose text names what was wrong with one request."""


@attrs.frozen
class Observation:
    """What live answered for one outcome.

    Attributes:
        message: Empty where the recording hides a part of it; the mock keeps its own then.
    """

    status_code: int
    api_code: int | None
    message: str
    http: int


@attrs.frozen
class Learned:
    """The table.

    Attributes:
        table: By the mock's outcome name: statusCode, apiCode, messages, source, confidence, date.
        ambiguous: Outcomes that live answered in more than one way, with each way and where it was seen; the first
            one is the most frequent, and was taken.
        left_out: Outcomes that the mock cannot be taught.
    """

    table: dict[str, dict[str, object]]
    ambiguous: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...] = ()

    def only(self, outcomes: Collection[str]) -> Learned:
        """Leave out what the mock has no row for: it would refuse the whole table."""
        return Learned(
            {name: row for name, row in self.table.items() if name in outcomes},
            {name: ways for name, ways in self.ambiguous.items() if name in outcomes},
            tuple(sorted({*self.table} - {*outcomes})),
        )

    def to_json(self) -> str:
        """Write the table down."""
        return json.dumps(self.table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def learned(recording: Recording, differences: tuple[Difference, ...] | None = None) -> Learned:
    """Collect what a recording says about each refusal.

    Args:
        recording: What a live deployment answered.
        differences: Where the mock answers otherwise; None to write down everything that was seen.
    """
    places: defaultdict[str, defaultdict[Observation, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for name, scenario in recording.scenarios.items():
        if not scenario.passed:
            continue
        for number, step in enumerate(scenario.steps, 1):
            observation = _observation(step)
            if observation:
                places[step.expected][observation].append(f"{name}, step {number}")
    wanted = set(places) if differences is None else {one.expected for one in differences}
    ranked = {
        name: sorted(seen.items(), key=lambda one: -len(one[1]))
        for name, seen in places.items()
        if name in wanted
    }
    return Learned(
        {name: _row(seen[0][0], recording) for name, seen in ranked.items()},
        {name: tuple(map(_told, seen)) for name, seen in sorted(ranked.items()) if len(seen) > 1},
    )


def _told(way: tuple[Observation, list[str]]) -> str:
    """Return one way to answer, and where it was seen."""
    observation, (first, *others) = way
    more = f" and {len(others)} more" if others else ""
    api_code = "-" if observation.api_code is None else observation.api_code
    return (
        f"{observation.status_code} / {api_code} {observation.message}".rstrip()
        + f" ({first}{more})"
    )


def _observation(step: RecordedStep) -> Observation | None:
    """Return what a refusal was answered with; None if the call succeeded instead."""
    body = step.answer.get("body")
    if not is_object(body) or step.expected in _NO_ONE_ANSWER or not _is_chinese(step):
        return None
    status, api_code, message = (body.get(name) for name in ("statusCode", "apiCode", "message"))
    if not isinstance(status, int) or status == 200 or not isinstance(message, str):  # noqa: PLR2004 - success
        return None
    http = step.answer.get("http")
    return Observation(
        status,
        api_code if isinstance(api_code, int) else None,
        "" if HIDDEN in message or PLACEHOLDER.search(message) else message,
        http if isinstance(http, int) else 200,
    )


def _is_chinese(step: RecordedStep) -> bool:
    """Whether the answer is in the language that the table holds texts of."""
    request = step.request
    return not is_object(request) or request.get(LANGUAGE, _CHINESE) == _CHINESE


def _row(observation: Observation, recording: Recording) -> dict[str, object]:
    messages = {"messages": {_CHINESE: observation.message}} if observation.message else {}
    return {
        "statusCode": observation.status_code,
        "apiCode": observation.api_code,
        "httpStatus": observation.http,
        **messages,
        "source": f"recorded on a {recording.kind} deployment",
        "confidence": CONFIDENCE,
        "date": recording.recorded_on,
    }
