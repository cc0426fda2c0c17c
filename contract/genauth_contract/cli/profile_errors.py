"""The table of what the SDK makes of each outcome, whichever profile of the offline GenAuth tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from genauth_contract.api.sdk import error_of
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.targets.offline import profile_answers

INTRODUCTION: Final = """
## The error under each profile

What the SDK raises for each outcome where the offline GenAuth answers by a
[profile](howto/survive-the-real-genauth.md), and the answer (`statusCode / apiCode`) where it is not that of
`default`. Where there are two errors, the call decides. A `ServerFailed` of a call that changes something is
raised as an error whose name ends in `OutcomeUnknown`.
"""

Operations = Mapping[str, tuple[str, ...]]
"""The operations that end in each outcome, by its name."""


@attrs.frozen
class Told:
    """How a profile tells an outcome.

    Attributes:
        reply: What it answers.
        errors: What the SDK makes of it, of each call that ends so.
        is_usual: Whether the profile `default` answers the same.
    """

    reply: ExpectedReply
    errors: tuple[str, ...]
    is_usual: bool

    def __str__(self) -> str:
        """Name the errors, and the figures that are not the usual ones."""
        named = ", ".join(f"`{one}`" for one in self.errors)
        return named if self.is_usual else f"{named} ({self.reply})"


def told_by_profile(operations: Operations) -> dict[str, dict[str, Told]]:
    """Return, by outcome and profile, what the SDK makes of a refusal."""
    answers = profile_answers()
    usual = answers["default"]
    return {
        outcome.name: {
            profile: _told(replies.get(outcome.name), usual.get(outcome.name), outcome, names)
            for profile, replies in answers.items()
        }
        for outcome in EVERY_OUTCOME
        if (names := operations.get(outcome.name)) and is_refusal_of_the_sdk(outcome)
    }


def is_refusal_of_the_sdk(outcome: Outcome) -> bool:
    """Return whether the SDK can meet it: an answer to a browser is none of its."""
    return not outcome.is_success and outcome.sdk_error is not None


def _told(
    reply: ExpectedReply | None, usual: ExpectedReply | None, outcome: Outcome, names: Iterable[str]
) -> Told:
    """Return how a profile tells an outcome; only answers in an envelope differ."""
    found = reply or outcome.default
    errors = tuple(sorted({error_of(found, operation) for operation in names}))
    return Told(found, errors, is_usual=reply == usual)


def table(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows, one for each outcome, of pairs of an operation and an outcome that it ends in."""
    operations: dict[str, tuple[str, ...]] = {}
    for operation, outcome in pairs:
        operations[outcome] = (*operations.get(outcome, ()), operation)
    told = told_by_profile(operations)
    rows = [[outcome, *map(str, by_profile.values())] for outcome, by_profile in told.items()]
    return ["outcome", *profile_answers()], rows
