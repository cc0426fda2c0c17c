"""What a scenario is: a function with a sentence for a name, and what its claim rests on."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Final, TypeGuard

import attrs

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import Phone
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.play.context import World

Play = Callable[[World], None]

_HASH_LENGTH: Final = 16
_SCENARIOS: Final = "genauth_contract.scenarios."


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
        is_staged: Whether the mock is made to answer so: that shows what the SDK makes of it.
    """

    name: str
    play: Play = attrs.field(repr=False)
    evidence: Evidence
    source: str
    mock_only: str = ""
    wire_only: str = ""
    question: int | None = None
    needs_strict_apps: bool = False
    is_staged: bool = False

    @property
    def sentence(self) -> str:
        """The name as a sentence."""
        text = self.name.replace("_", " ")
        return text[:1].upper() + text[1:]

    @property
    def fingerprint(self) -> str:
        """A hash of the source of the scenario and of everything that it names: letters only.

        Anything: a helper, a constant, an outcome. It has no digits, so that it never looks like a
        pass code or a phone number.
        """
        digest = hashlib.sha256("\n".join(_told(self.play)).encode()).hexdigest()[:_HASH_LENGTH]
        return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def scenario(  # noqa: PLR0913 - each is one fact about a scenario
    evidence: Evidence,
    source: str,
    *,
    mock_only: str = "",
    wire_only: str = "",
    question: int | None = None,
    needs_strict_apps: bool = False,
    is_staged: bool = False,
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
            is_staged=is_staged,
        )

    return made


def _told(play: Play) -> list[str]:
    """Write down a function, and all that it names: functions of scenarios, outcomes, constants."""
    seen: dict[str, str] = {}
    waiting = [play] if isinstance(play, FunctionType) else []
    while waiting:
        function = waiting.pop()
        seen[function.__qualname__] = inspect.getsource(function)
        for name in sorted(_named(function.__code__)):
            value = function.__globals__.get(name)
            if isinstance(value, Outcome | str | int | float | Phone):
                seen[f"{function.__module__}.{name}"] = repr(value)
            elif _is_helper(value) and value.__qualname__ not in seen:
                waiting.append(value)
    return list(seen.values())


def _named(code: CodeType) -> set[str]:
    """Return every name of some code, of what is nested in it too."""
    nested = [_named(one) for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*nested)


def _is_helper(value: object) -> TypeGuard[FunctionType]:
    return isinstance(value, FunctionType) and value.__module__.startswith(_SCENARIOS)
