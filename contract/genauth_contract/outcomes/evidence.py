"""How strongly a claim about GenAuth is supported, from seen live down to unknown."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Evidence(StrEnum):
    """What a claim rests on.

    No claim is written down as `LIVE`: only a pass against a real deployment lifts it there,
    and the ledger remembers when.
    """

    LIVE = "live"
    """Seen in a live run of this contract."""
    DOCS = "docs"
    """The official API reference, OpenAPI document or SDK says so."""
    CLIENT = "client"
    """Production code or a published capture matches it."""
    ASSUMED = "assumed"
    """Inferred from neighbouring calls."""
    UNKNOWN = "unknown"
    """Nobody outside can know; only a live run tells."""


STRONGEST_FIRST: Final = tuple(Evidence)
"""The levels in order of strength."""


def weakest(levels: list[Evidence]) -> Evidence:
    """Return the weakest of several levels: a chain of claims is as strong as that one."""
    return max(levels, key=STRONGEST_FIRST.index, default=Evidence.UNKNOWN)
