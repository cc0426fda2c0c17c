"""How strongly a claim about GenAuth is supported, and the sources that support one, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs


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
    """Inferred: from neighbouring calls, from the former API, or from the library behind it."""
    UNKNOWN = "unknown"
    """Nobody outside can know; only a live run tells."""


STRONGEST_FIRST: Final = tuple(Evidence)
"""The levels in order of strength."""


def weakest(levels: list[Evidence]) -> Evidence:
    """Return the weakest of several levels: a chain of claims is as strong as that one."""
    return max(levels, key=STRONGEST_FIRST.index, default=Evidence.UNKNOWN)


class Field(StrEnum):
    """The parts of an answer that tell one outcome from another; each has sources of its own."""

    HTTP = "HTTP"
    STATUS_CODE = "statusCode"
    API_CODE = "apiCode"
    TEXT = "text"
    ERROR = "error"


class Generation(StrEnum):
    """Which API a source speaks of."""

    V2 = "V2"
    V3 = "V3"
    OIDC = "OIDC"
    NONE = ""


@attrs.frozen
class Source:
    """Something public that fixes fields of answers.

    Attributes:
        key: Short name, with the commit where there is one.
        what: What it is.
        generation: Which API it speaks of.
        date: When it was written or seen, as exactly as is known; empty where that is not known.
        level: How strongly it supports what it fixes.
        fixes: The values that it fixes, by field.
    """

    key: str
    what: str
    generation: Generation
    date: str
    level: Evidence
    fixes: Mapping[Field, frozenset[object]] = attrs.field(repr=False)

    def supports(self, field: Field, value: object) -> bool:
        """Whether it says that a field has this value."""
        return value in self.fixes.get(field, frozenset())


@attrs.frozen
class Claim:
    """One field of an answer, and the strongest source that fixes it.

    Attributes:
        field: The field.
        value: Its value.
        source: What fixes it.
    """

    field: Field
    value: object
    source: Source


def assumed(why: str) -> Source:
    """Return the source of a value that no public source fixes; it says what it was inferred from."""
    return Source("assumed", why, Generation.NONE, "", Evidence.ASSUMED, {})
