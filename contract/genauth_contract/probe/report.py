"""What a probe found, as a page for the terminal, as a text for an issue, and as a recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

import attrs

from genauth_contract.probe.asking import Asked
from genauth_contract.records.recording import Recording

_LONGEST_TEXT: Final = 160
"""Characters of a text that a page shows."""
_SAME: Final = "the same"
_UNSETTLED: Final = "not settled: the application wants its secret first"


@attrs.frozen
class Likeness:
    """How many cases a profile of the offline GenAuth answers as the deployment does.

    Attributes:
        profile: Name of the profile.
        alike: Cases whose status and numbers are the same.
        to_the_letter: Cases whose text and fields are the same too.
    """

    profile: str
    alike: int
    to_the_letter: int


@attrs.frozen
class Found:
    """What a probe found.

    Attributes:
        kind: Kind of deployment; its name is nobody else's business.
        date: When.
        tier: How far the probe went.
        asked: Every case with its answer.
        mock: What the offline GenAuth answers by default, by the name of the case.
        likenesses: The most alike profile first; empty where none was compared.
    """

    kind: str
    date: str
    tier: int
    asked: Sequence[Asked]
    mock: Mapping[str, Asked]
    likenesses: Sequence[Likeness] = ()

    @property
    def answered(self) -> int:
        """How many cases were answered."""
        return sum(not one.problem for one in self.asked)

    @property
    def different(self) -> list[Asked]:
        """The cases that the offline GenAuth answers otherwise by default."""
        return [one for one in self.asked if self._beside(one).startswith("HTTP")]

    @property
    def reworded(self) -> list[Asked]:
        """The cases that it answers alike by default, in another text or with other fields."""
        return [one for one in self.asked if self._beside(one).startswith(f"{_SAME},")]

    @property
    def open_questions(self) -> list[str]:
        """The questions that no answer settles."""
        settled = {one.case.settles for one in self.asked if one.settles}
        asked = dict.fromkeys(one.case.settles for one in self.asked)
        return [question for question in asked if question not in settled]

    def recording(self) -> Recording:
        """Return it as a recording: `genauth-contract learn` and `diff` read it."""
        kept = {one.case.name: one.recorded() for one in self.asked if not one.problem}
        return Recording(self.kind, self.date, kept)

    def to_markdown(self) -> str:
        """Write it as a text for an issue; nothing in it is anybody's secret."""
        about = f"Probe of tier {self.tier} on a deployment of kind `{self.kind}`, {self.date}."
        lines = [about, "", *self._counts(), ""]
        if self.likenesses:
            lines += [f"Most like the profile `{self.likenesses[0].profile}`:", ""]
            lines += [f"- {_likeness(one, self.answered)}" for one in self.likenesses]
            lines.append("")
        lines += ["| question | call | HTTP | answer | text | offline GenAuth |", "|---" * 6 + "|"]
        return "\n".join([*lines, *(self._row(one) for one in self.asked)]) + "\n"

    def to_text(self) -> str:
        """Write it for a terminal: each question, and how it is settled."""
        lines: list[str] = []
        for question, group in groupby(self.asked, key=lambda one: one.case.settles):
            lines.append(f"{question}:")
            lines += [f"  {self._line(one)}" for one in group]
        lines += ["", *self._counts(), ""]
        lines += [_likeness(one, self.answered) for one in self.likenesses]
        return "\n".join(lines) + "\n"

    def _counts(self) -> list[str]:
        questions = len({one.case.settles for one in self.asked})
        still_open = self.open_questions
        calls = (
            f"{self.answered} of {len(self.asked)} calls were answered, "
            f"{len(self.different)} of them otherwise than by the offline GenAuth, "
            f"{len(self.reworded)} more in other words or with other fields."
        )
        settled = f"{questions - len(still_open)} of {questions} questions are settled."
        return [calls, settled, *(f"Not settled: {question}." for question in still_open)]

    def _line(self, one: Asked) -> str:
        told = one.problem or f"HTTP {one.http}, {one.numbers}  {_shortened(one.message)}".rstrip()
        beside = self._beside(one)
        notes = [] if beside in {"", _SAME} else [f"offline GenAuth: {beside}"]
        notes += [] if one.settles else [_UNSETTLED]
        return f"{one.case.name}: {told}" + "".join(f"  ({note})" for note in notes)

    def _row(self, one: Asked) -> str:
        told = one.problem or one.numbers
        cells = (
            one.case.settles,
            one.case.name,
            str(one.http or "-"),
            told if one.settles or one.problem else f"{told} ({_UNSETTLED})",
            _shortened(one.message),
            self._beside(one) or "-",
        )
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    def _beside(self, one: Asked) -> str:
        """Say what the offline GenAuth answers by default; nothing where one of the two did not answer."""
        mock = self.mock.get(one.case.name)
        if mock is None or one.problem:
            return ""
        if mock.told_apart_by[:2] != one.told_apart_by[:2]:
            return f"HTTP {mock.http}, {mock.numbers}"
        if mock.message != one.message:
            return f"{_SAME}, worded: {_shortened(mock.message) or 'without a text'}"
        if mock.fields != one.fields:
            return f"{_SAME}, but for {_shortened(', '.join(sorted(mock.fields ^ one.fields)))}"
        return _SAME


def likeness(profile: str, asked: Sequence[Asked], answers: Mapping[str, Asked]) -> Likeness:
    """Count the cases in which a profile answers as the deployment does."""
    pairs = [(one, answers[one.case.name]) for one in asked if one.case.name in answers]
    return Likeness(
        profile,
        sum(one.told_apart_by[:2] == other.told_apart_by[:2] for one, other in pairs),
        sum(one.told_apart_by == other.told_apart_by for one, other in pairs),
    )


def _likeness(one: Likeness, answered: int) -> str:
    return f"{one.profile}: {one.alike} of {answered} alike, {one.to_the_letter} to the letter"


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST_TEXT else f"{one_line[:_LONGEST_TEXT]}…"
