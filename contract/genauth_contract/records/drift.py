"""Holds what was answered once against what is answered now, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import attrs

from genauth_contract.outcomes.models import is_object
from genauth_contract.play.secrets import Identities
from genauth_contract.records.recording import RecordedScenario, RecordedStep, Recording

ABSENT: Final = "(absent)"
"""Stands for a field that is not there."""

HISTORY: Final = frozenset(
    f"data.{name}"
    for name in (
        "email", "emailBinded", "emailVerified", "lastIp", "lastLogin", "lastLoginApp", "lastMfaTime",
        "loginsCount", "mfaEnrolled", "passwordSecurityLevel", "securityScore", "totalCount",
    )
)  # fmt: skip
"""Fields that tell what the account did or has; they differ between any two accounts."""

_ENTRIES: Final = "data.list."

LATER_ENTRIES: Final = re.compile(r"data\.list\.[1-9]")
"""Further entries of a list: how many there are is the account's history; the first shows what they look like."""


class Kind(StrEnum):
    """How a field differs."""

    MOCK_DRIFTED = "mock drifted"
    LIVE_DRIFTED = "live drifted"
    NEW_FIELD = "new field"
    MISSING_FIELD = "missing field"
    TEXT_ONLY = "text only"
    STOPPED_EARLY = "stopped early"
    NOT_PLAYED = "not played"


@attrs.frozen
class Difference:
    """One field that is not the same everywhere.

    Attributes:
        scenario: Name of the scenario.
        step: Number of the exchange in it, from 1; 0 for the scenario as a whole.
        operation: What was called.
        expected: Name of the outcome that was expected.
        path: The field.
        kind: How it differs.
        values: What it is, one per column.
    """

    scenario: str
    step: int
    operation: str
    expected: str
    path: str
    kind: Kind
    values: tuple[object, ...]


@attrs.frozen
class Finding:
    """One way to differ, with every place where it does.

    Attributes:
        kind: How it differs.
        expected: Name of the outcome that was expected.
        path: The field.
        values: What it is, one per column.
        places: Scenario and step of each.
    """

    kind: Kind
    expected: str
    path: str
    values: tuple[object, ...]
    places: tuple[str, ...]


@attrs.frozen
class Drift:
    """All differences between two or three sets of answers.

    Attributes:
        columns: What was compared, such as recorded and mock now.
        scenarios: Names of the scenarios that were compared.
        differences: What differs; empty when all is the same.
        fields: How many fields were compared.
    """

    columns: tuple[str, ...]
    scenarios: tuple[str, ...]
    differences: tuple[Difference, ...]
    fields: int

    @property
    def summary(self) -> str:
        """The result in a sentence."""
        count = len(self.differences)
        same = self.fields - sum(one.step > 0 for one in self.differences)
        return f"{len(self.scenarios)} scenarios, {same} fields the same, {count} differ"

    @property
    def only_texts(self) -> bool:
        """Return whether nothing but wordings differ."""
        return all(one.kind is Kind.TEXT_ONLY for one in self.differences)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The differences, each said once; a changed code comes before a changed text."""
        places: dict[tuple[Kind, str, str, tuple[object, ...]], list[str]] = {}
        for one in self.differences:
            place = f"{one.scenario}, step {one.step} {one.operation}".removesuffix(", step 0 ")
            key = (one.kind, one.expected, one.path, one.values)
            places.setdefault(key, []).append(place)
        found = [Finding(*key, tuple(where)) for key, where in places.items()]
        order = list(Kind)
        return tuple(sorted(found, key=lambda one: (order.index(one.kind), -len(one.places))))

    def without(self, known: Sequence[Difference]) -> Drift:
        """Return the drift as if the fields with these differences had not been compared."""
        left = tuple(one for one in self.differences if one not in known)
        passed_over = sum(one.step > 0 for one in self.differences if one in known)
        return attrs.evolve(self, differences=left, fields=self.fields - passed_over)

    def to_json(self) -> str:
        """Write the comparison down."""
        content = {"summary": self.summary, **attrs.asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def compare(recordings: Sequence[Recording], columns: Sequence[str]) -> Drift:
    """Compare two recordings (reference, candidate) or three (recorded, live now, mock now).

    Only what the first one has is compared: it may be of a few scenarios on purpose. Where a scenario
    expects another outcome of another account, such as of one with an e-mail, the answers are not
    compared; an edited scenario is.
    """
    names = sorted(recordings[0].scenarios)
    comparison = _Comparison(recordings)
    for name in names:
        comparison.scenario(name)
    found = tuple(comparison.differences)
    return Drift(tuple(columns), tuple(names), found, comparison.fields)


def _is_history(path: str) -> bool:
    return path in HISTORY or LATER_ENTRIES.match(path) is not None


def _has_no_entries(step: RecordedStep) -> bool:
    """Return whether the answer is an empty list, which shows no entry that could be compared."""
    body = step.answer.get("body")
    data = body.get("data") if is_object(body) else None
    return is_object(data) and data.get("list") == []


@attrs.define
class _Comparison:
    recordings: Sequence[Recording]
    differences: list[Difference] = attrs.field(factory=list[Difference])
    fields: int = 0

    def scenario(self, name: str) -> None:
        kept = [recording.scenarios.get(name) for recording in self.recordings]
        present = [one for one in kept if one is not None]
        if len(present) < len(kept):
            values = tuple("played" if one else ABSENT for one in kept)
            self.differences.append(
                Difference(name, 0, "", "", "scenario", Kind.NOT_PLAYED, values)
            )
            return
        self._stops(name, present)
        is_edited = len({one.fingerprint for one in present}) > 1
        identities = [Identities() for _ in kept]
        for number, steps in enumerate(zip(*(one.steps for one in present), strict=False), 1):
            if is_edited or len({(one.operation, one.expected) for one in steps}) == 1:
                self._fields(name, number, steps, identities)

    def _stops(self, name: str, present: Sequence[RecordedScenario]) -> None:
        """Say once that a scenario went further in one recording than in another; the rest is not compared."""
        lengths = [len(one.steps) for one in present]
        if min(lengths) < max(lengths):
            values = tuple("whole" if one == max(lengths) else "stopped early" for one in lengths)
            self.differences.append(
                Difference(name, 0, "", "", "scenario", Kind.STOPPED_EARLY, values)
            )

    def _fields(
        self,
        name: str,
        number: int,
        steps: tuple[RecordedStep, ...],
        identities: Sequence[Identities],
    ) -> None:
        step, flat = steps[0], [one.fields for one in steps]
        paths = dict.fromkeys(path for fields in flat for path in fields)
        has_empty_list = any(_has_no_entries(one) for one in steps)
        for path in (one for one in paths if not _is_history(one)):
            if has_empty_list and path.startswith(_ENTRIES):
                continue
            self.fields += 1
            values = tuple(fields.get(path, ABSENT) for fields in flat)
            if all(identities[at].same(values[0], value) for at, value in enumerate(values) if at):
                continue
            kind = self._kind(path, values, identities)
            self.differences.append(
                Difference(name, number, step.operation, step.expected, path, kind, values)
            )

    def _kind(
        self, path: str, values: tuple[object, ...], identities: Sequence[Identities]
    ) -> Kind:
        if values[0] == ABSENT:
            return Kind.NEW_FIELD
        if ABSENT in values:
            return Kind.MISSING_FIELD
        if path.endswith("message"):
            return Kind.TEXT_ONLY
        if len(values) == 2:  # noqa: PLR2004 - two or three are compared
            return Kind.MOCK_DRIFTED if self.recordings[1].is_mock else Kind.LIVE_DRIFTED
        live_is_as_recorded = identities[1].same(values[0], values[1])
        return Kind.MOCK_DRIFTED if live_is_as_recorded else Kind.LIVE_DRIFTED
