"""What a scenario is: a function with a sentence for a name, and what its claim rests on."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Final

import attrs

from genauth_contract.catalogue import EVERY_OUTCOME
from genauth_contract.evidence import Evidence
from genauth_contract.world import World

Play = Callable[[World], None]

_HASH_LENGTH: Final = 16


@attrs.frozen
class Scenario:
    """One sentence about GenAuth that can be played against a target.

    Attributes:
        name: The function's name.
        play: Plays it.
        evidence: What the sentence rests on (each expected answer has evidence of its own).
        source: Where that is written.
        mock_only: Why no live account can be brought into this state; empty when it can.
        wire_only: Why the SDK cannot be made to send this; empty when it can.
        question: Number of the open question it asks; None for an ordinary scenario.
        needs_strict_apps: Whether the mock has to refuse applications it does not know.
    """

    name: str
    play: Play = attrs.field(repr=False)
    evidence: Evidence
    source: str
    mock_only: str = ""
    wire_only: str = ""
    question: int | None = None
    needs_strict_apps: bool = False

    @property
    def sentence(self) -> str:
        """The name as a sentence."""
        text = self.name.replace("_", " ")
        return text[:1].upper() + text[1:]

    @property
    def fingerprint(self) -> str:
        """Change when the scenario, or an outcome it names, is edited.

        Written with letters only, so that it never looks like a pass code or a phone number.
        """
        code = getattr(self.play, "__code__", None)
        names: tuple[str, ...] = code.co_names if code else ()
        outcomes = [one for one in EVERY_OUTCOME if one.name in names]
        text = inspect.getsource(self.play) + "".join(map(repr, outcomes))
        digest = hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]
        return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def scenario(  # noqa: PLR0913 - each is one fact about a scenario
    evidence: Evidence,
    source: str,
    *,
    mock_only: str = "",
    wire_only: str = "",
    question: int | None = None,
    needs_strict_apps: bool = False,
) -> Callable[[Play], Scenario]:
    """Make a scenario of a function; see `Scenario` for the arguments."""

    def made(play: Play) -> Scenario:
        return Scenario(
            name=getattr(play, "__name__", ""),
            play=play,
            evidence=evidence,
            source=source,
            mock_only=mock_only,
            wire_only=wire_only,
            question=question,
            needs_strict_apps=needs_strict_apps,
        )

    return made
