"""The answers of each profile that an app of a deployment uses, made when they are asked for first."""

from __future__ import annotations

from typing import Final

from genauth_mock.api.envelope import Envelopes
from genauth_mock.engine.profiles import profile_of

MOST_KEPT: Final = 256
"""How many profiles are kept at most: ``shuffle`` has as many as there are seeds."""


class ProfiledAnswers:
    """Knows what is answered under each profile.

    Args:
        seed: What ``shuffle`` draws by.
    """

    def __init__(self, seed: str | None) -> None:
        self._seed = seed or ""
        self._made: dict[str, Envelopes] = {}

    def under(self, profile: str) -> Envelopes:
        """Return what wraps the answers of a profile."""
        made = self._made.get(profile)
        if made is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            meant = profile_of(profile, self._seed)
            made = self._made[profile] = Envelopes(meant.answers, meant.shape)
        return made
