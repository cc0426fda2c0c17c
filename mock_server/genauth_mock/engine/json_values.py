"""What a value in JSON may be: a reader gives it, or says in a ValueError what it must be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")

LONGEST_SECONDS: Final = 1e9
"""Thirty years."""


def text(value: object) -> str:
    """Read a string."""
    if not isinstance(value, str):
        msg = "a string"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        msg = "true or false"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def whole(smallest: int, largest: int) -> Callable[[object], int]:
    """Give what reads a whole number, ends included."""

    def read(value: object) -> int:
        given = None if isinstance(value, bool) else value
        if isinstance(given, int) and smallest <= given <= largest:
            return given
        msg = f"a whole number from {smallest} to {largest}"
        raise ValueError(msg)

    return read


def number(smallest: float, largest: float) -> Callable[[object], float]:
    """Give what reads a number, ends included."""

    def read(value: object) -> float:
        given = None if isinstance(value, bool) else value
        if isinstance(given, int | float) and smallest <= given <= largest:
            return float(given)
        msg = f"a number from {smallest:g} to {largest:g}"
        raise ValueError(msg)

    return read


def duration(value: object) -> timedelta:
    """Read a number of seconds."""
    try:
        return timedelta(seconds=number(0, LONGEST_SECONDS)(value))
    except ValueError:
        msg = "a number of seconds, 0 or more"
        raise ValueError(msg) from None


def limit(read: Callable[[object], int]) -> Callable[[object], int | None]:
    """Give what reads null, too: as no limit."""

    def read_or_none(value: object) -> int | None:
        if value is None:
            return None
        try:
            return read(value)
        except ValueError as error:
            msg = f"{error}, or null for no limit"
            raise ValueError(msg) from None

    return read_or_none


def choice(kind: type[Choice]) -> Callable[[object], Choice]:
    """Give what reads one of some words."""

    def read(value: object) -> Choice:
        try:
            return kind(cast("str", value))
        except ValueError:
            msg = f"one of {', '.join(kind)}"
            raise ValueError(msg) from None

    return read
