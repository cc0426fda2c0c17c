"""The answers of each profile that an app of a deployment uses, made when they are asked for first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.envelope import Envelopes
from genauth_mock.engine.profiles import profile_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.error_codes import ErrorCode
    from genauth_mock.engine.outcomes import Outcome

MOST_KEPT: Final = 256
"""How many profiles are kept at most: ``shuffle`` has as many as there are seeds."""


class ProfiledAnswers:
    """Knows what is answered under each profile.

    Args:
        learned: Answers that were seen live; they stand above those of any profile.
        seed: What ``shuffle`` draws by.
    """

    def __init__(self, learned: Mapping[Outcome, ErrorCode], seed: str | None) -> None:
        self._learned = learned
        self._seed = seed or ""
        self._made: dict[str, Envelopes] = {}

    def under(self, profile: str) -> Envelopes:
        """Return what wraps the answers of a profile."""
        made = self._made.get(profile)
        if made is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            meant = profile_of(profile, self._seed)
            rows = {**meant.answers, **self._learned}
            made = self._made[profile] = Envelopes(rows, meant.shape)
        return made
