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
        return [one for one in self.asked if not one.problem and not self._is_alike(one)]

    def recording(self) -> Recording:
        """Return it as a recording: `genauth-contract learn` and `diff` read it."""
        kept = {one.case.name: one.recorded() for one in self.asked if not one.problem}
        return Recording(self.kind, self.date, kept)

    def to_markdown(self) -> str:
        """Write it as a text for an issue; nothing in it is anybody's secret."""
        lines = [
            f"Probe of tier {self.tier} on a deployment of kind `{self.kind}`, {self.date}.",
            "",
            self._counts(),
            "",
        ]
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
        lines.append("")
        lines += [_likeness(one, self.answered) for one in self.likenesses]
        return "\n".join(lines) + "\n"

    def _counts(self) -> str:
        return (
            f"{self.answered} of {len(self.asked)} calls were answered, "
            f"{len(self.different)} of them otherwise than by the offline GenAuth."
        )

    def _line(self, one: Asked) -> str:
        told = one.problem or f"HTTP {one.http}, {one.numbers}  {_shortened(one.message)}".rstrip()
        if one.problem or self._is_alike(one):
            return f"{one.case.name}: {told}"
        mock = self.mock.get(one.case.name)
        assumed = f"  (offline GenAuth: HTTP {mock.http}, {mock.numbers})" if mock else ""
        return f"{one.case.name}: {told}{assumed}"

    def _row(self, one: Asked) -> str:
        mock = self.mock.get(one.case.name)
        same = "the same" if self._is_alike(one) else ""
        cells = (
            one.case.settles,
            one.case.name,
            str(one.http or "-"),
            one.problem or one.numbers,
            _shortened(one.message),
            same or (f"HTTP {mock.http}, {mock.numbers}" if mock else "-"),
        )
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    def _is_alike(self, one: Asked) -> bool:
        mock = self.mock.get(one.case.name)
        return mock is not None and mock.told_apart_by[:2] == one.told_apart_by[:2]


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
