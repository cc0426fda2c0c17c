"""What stands where a secret was, `<phone:1>`: numbered, so that one secret looks the same everywhere."""

from __future__ import annotations

import re
from typing import Final

import attrs

PLACEHOLDER: Final = re.compile(r"<([a-z]+):(\d+)>")


@attrs.define
class Placeholders:
    """Those of one scenario; each kind is numbered from 1."""

    _numbered: dict[tuple[str, str], int] = attrs.field(factory=dict[tuple[str, str], int])

    def of(self, kind: str, value: str) -> str:
        """Give what stands for a secret; a token is the same with and without `Bearer `."""
        key = (kind, value.removeprefix("Bearer "))
        if key not in self._numbered:
            self._numbered[key] = 1 + sum(other == kind for other, _ in self._numbered)
        return f"<{kind}:{self._numbered[key]}>"


@attrs.define
class Identities:
    """Placeholders are the same when they stand for the same thing, whatever their number."""

    _there: dict[str, str] = attrs.field(factory=dict[str, str])
    _back: dict[str, str] = attrs.field(factory=dict[str, str])

    def same(self, one: object, other: object) -> bool:
        """Tell whether two values are the same, or stand for the same."""
        here = PLACEHOLDER.fullmatch(one) if isinstance(one, str) else None
        there = PLACEHOLDER.fullmatch(other) if isinstance(other, str) else None
        if not here or not there:
            return one == other and type(one) is type(other)
        if here[1] != there[1]:
            return False
        forth = self._there.setdefault(here[0], there[0]) == there[0]
        return self._back.setdefault(there[0], here[0]) == here[0] and forth
