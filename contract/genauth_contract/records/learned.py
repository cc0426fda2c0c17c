"""Makes a profile of what live taught, which `genauth-mock serve --profile FILE` answers by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import attrs

from genauth_contract.outcomes.hiding import HIDDEN
from genauth_contract.outcomes.models import JsonObject, is_object
from genauth_contract.play.secrets import PLACEHOLDER
from genauth_contract.records.drift import Difference
from genauth_contract.records.envelopes import envelope_of
from genauth_contract.records.recording import LANGUAGE, RecordedStep, Recording

CONFIDENCE: Final = "live"

_CHINESE: Final = "zh-CN"
_ENGLISH: Final = "en-US"
_SUCCESS: Final = 200

_NOT_TAUGHT: Final = ("NOT_IMITATED",)
"""Outcomes that are the mock's own."""

ASKS_FOR_SECRET: Final = "token_endpoint_auth_method"  # noqa: S105 - the name of a setting
"""In the answer to a sign-in without the secret of an application that has one: it says nothing of the sign-in."""

_NAMES_THE_REQUEST: Final = (
    "INVALID_ARGUMENT", "METHOD_NOT_ALLOWED", "NOT_FOUND", "NOT_JSON", "BODY_TOO_LARGE",
)  # fmt: skip
"""Outcomes whose text names what was wrong with one request: only their figures are taught."""


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
    """The profile.

    Attributes:
        table: By the mock's outcome name: statusCode, apiCode, messages, source, confidence, date.
        ambiguous: Outcomes that live answered in more than one way, with each way and where it was seen; the first
            one is the most frequent, and was taken.
        left_out: Outcomes that the mock cannot be taught.
        name: What the profile is called: the kind of deployment, and the date.
        envelope: What envelopes have besides, as profiles name it.
    """

    table: dict[str, dict[str, object]]
    ambiguous: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...] = ()
    name: str = ""
    envelope: JsonObject = attrs.field(factory=dict[str, object])

    def only(self, outcomes: Collection[str]) -> Learned:
        """Leave out what the mock has no row for: it would refuse the whole profile."""
        return attrs.evolve(
            self,
            table={name: row for name, row in self.table.items() if name in outcomes},
            ambiguous={name: ways for name, ways in self.ambiguous.items() if name in outcomes},
            left_out=tuple(sorted({*self.table} - {*outcomes})),
        )

    def to_json(self) -> str:
        """Write the profile down."""
        profile = {"name": self.name, "answers": self.table, "envelope": self.envelope}
        return json.dumps(profile, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def learned(recording: Recording, differences: tuple[Difference, ...] | None = None) -> Learned:
    """Collect what a recording says about each outcome.

    Args:
        recording: What a live deployment answered.
        differences: Where the mock answers otherwise; None to write down everything that was seen.
    """
    in_chinese, in_english = (_ranked(recording, one) for one in (_CHINESE, _ENGLISH))
    wanted = in_chinese if differences is None else {one.expected for one in differences}
    seen = {name: ways for name, ways in in_chinese.items() if name in wanted}
    return Learned(
        {
            name: {**_row(name, ways[0][0], in_english.get(name)), **_where(recording)}
            for name, ways in seen.items()
        },
        {name: tuple(map(_told, ways)) for name, ways in sorted(seen.items()) if len(ways) > 1},
        name=f"{recording.kind} {recording.recorded_on}",
        envelope=envelope_of(step for _, step in _steps(recording)),
    )


Way = tuple[Observation, list[str]]
"""One way to answer, and where it was seen."""


def _ranked(recording: Recording, language: str) -> dict[str, list[Way]]:
    """Return the ways in which each outcome was answered in a language, the most frequent one first."""
    places: defaultdict[str, defaultdict[Observation, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for place, step in _steps(recording):
        observation = _observation(step)
        if observation and _is_in(step, language):
            places[step.expected][observation].append(place)
    return {
        name: sorted(seen.items(), key=lambda one: -len(one[1])) for name, seen in places.items()
    }


def _steps(recording: Recording) -> Iterator[tuple[str, RecordedStep]]:
    for name, scenario in recording.scenarios.items():
        if scenario.passed:
            for number, step in enumerate(scenario.steps, 1):
                yield f"{name}, step {number}", step


def _told(way: Way) -> str:
    """Return one way to answer, and where it was seen."""
    observation, (first, *others) = way
    more = f" and {len(others)} more" if others else ""
    api_code = "-" if observation.api_code is None else observation.api_code
    return (
        f"{observation.status_code} / {api_code} {observation.message}".rstrip()
        + f" ({first}{more})"
    )


def _observation(step: RecordedStep) -> Observation | None:
    """Return what an outcome was answered with; None where something else happened."""
    body = step.answer.get("body")
    if not is_object(body) or step.expected in _NOT_TAUGHT:
        return None
    status, api_code, message = (body.get(name) for name in ("statusCode", "apiCode", "message"))
    if not isinstance(status, int) or not isinstance(message, str):
        return None
    if (status == _SUCCESS) != (step.expected == "OK"):
        return None
    if ASKS_FOR_SECRET in message and step.expected != "SECRET_MISSING":
        return None
    return Observation(
        status,
        api_code if isinstance(api_code, int) else None,
        _text(step.expected, message),
        _http(step),
    )


def _text(outcome: str, message: str) -> str:
    """Return the text that is taught: none that is hidden in part, or that speaks of one request."""
    is_hidden = HIDDEN in message or PLACEHOLDER.search(message)
    return "" if is_hidden or outcome in _NAMES_THE_REQUEST else message


def _http(step: RecordedStep) -> int:
    """Return the HTTP status; that a POST is answered 201 is said once, of all envelopes."""
    http = step.answer.get("http")
    return http if isinstance(http, int) and http != 201 else _SUCCESS  # noqa: PLR2004 - Created


def _is_in(step: RecordedStep, language: str) -> bool:
    """Whether the answer is in a language; recordings of scenarios are in Chinese."""
    request = step.request
    return not is_object(request) or request.get(LANGUAGE, _CHINESE) == language


def _row(outcome: str, chinese: Observation, in_english: list[Way] | None) -> dict[str, object]:
    texts = {_CHINESE: chinese.message}
    if in_english:
        texts[_ENGLISH] = in_english[0][0].message
    messages = {language: text for language, text in texts.items() if text or outcome == "OK"}
    return {
        "statusCode": chinese.status_code,
        "apiCode": chinese.api_code,
        "httpStatus": chinese.http,
        **({"messages": messages} if messages else {}),
    }


def _where(recording: Recording) -> dict[str, object]:
    return {
        "source": f"recorded on a {recording.kind} deployment",
        "confidence": CONFIDENCE,
        "date": recording.recorded_on,
    }
