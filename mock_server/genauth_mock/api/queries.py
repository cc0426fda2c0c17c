"""What the queries of several calls have in common: texts that must be there, pages, flags and moments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.api.fields import required
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Query = Mapping[str, str]

Entry = TypeVar("Entry")

PAGE: Final = 10
MOST: Final = 50
"""Source: API reference, limit: 10 where it is left out, 50 at most."""

_FLAGS: Final[Mapping[str, bool]] = {"true": True, "false": False}

_LAST_MOMENT: Final = 253_402_300_799_999
"""The end of the calendar, in milliseconds since 1970."""


def page_of(listed: Sequence[Entry], query: Query) -> list[Entry]:
    """Return the page that ``page`` and ``limit`` ask for.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    page, limit = _whole(query, "page", 1), _whole(query, "limit", PAGE)
    if limit > MOST:
        raise Refusal(Outcome.INVALID_ARGUMENT, f"limit must not be greater than {MOST}")
    return list(listed[(page - 1) * limit : page * limit])


def text_of(query: Query, name: str) -> str:
    """Return a text that must be there.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    return required(name, query.get(name) or None)


def flag_of(query: Query, name: str) -> bool | None:
    """Return a flag; None where it is left out.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    text = query.get(name) or None
    if text is None:
        return None
    if text.lower() not in _FLAGS:  # the official Python SDK writes True
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name} must be a boolean value")
    return _FLAGS[text.lower()]


def moment_of(query: Query, name: str) -> datetime | None:
    """Return a moment that is given in milliseconds since 1970; None where it is left out.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    text = query.get(name) or None
    if text is None:
        return None
    try:
        milliseconds = float(text)
    except ValueError:
        milliseconds = -1
    if not 0 <= milliseconds <= _LAST_MOMENT:
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name} must be a number of milliseconds")
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _whole(query: Query, name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and int(text)):
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name} must not be less than 1")
    return int(text)
