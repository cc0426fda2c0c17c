"""Reads single JSON values: a reader returns the value, or raises a ValueError with what it must be."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import StrEnum

    from attrs import Attribute

Choice = TypeVar("Choice", bound="StrEnum")

LONGEST_SECONDS: Final = 1e9
"""Thirty years."""


MOST_SAID: Final = 100
"""How many mistakes of one input are put into words: each may list all that would be right."""

HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
"""Half of a character of UTF-16, which no text in UTF-8 can hold."""


@frozen
class Problem:
    """One mistake in an input.

    Attributes:
        path: Where it is, such as ``users[0].email``; empty for the input as a whole.
        text: What is wrong there, such as ``must be a string``.
    """

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path} {self.text}".strip()


class InvalidInput(ValueError):  # noqa: N818 - named by what is wrong
    """An input that cannot be used.

    Attributes:
        problems: Every mistake in it.
        file: The file that it is from, or empty.
    """

    def __init__(self, *problems: Problem, file: str = "") -> None:
        said = [str(problem) for problem in problems[:MOST_SAID]]
        if len(problems) > MOST_SAID:
            said.append(f"and {len(problems) - MOST_SAID} more mistakes")
        lines = (f"{file}: {each}" for each in said)
        super().__init__("\n".join(lines) if file else "; ".join(said))
        self.problems = problems
        self.file = file

    def inside(self, path: str) -> InvalidInput:
        """Return the same mistakes, in a larger input that has this one at ``path``."""
        inner = (
            Problem(f"{path}.{each.path}" if each.path else f"{path}:", each.text)
            for each in self.problems
        )
        return InvalidInput(*inner, file=self.file)

    def in_file(self, file: object) -> InvalidInput:
        """Return the same mistakes, as those of a file."""
        return InvalidInput(*self.problems, file=str(file))


def camel_cased(_: type[object], fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Return the fields of an attrs class with their names in JSON: a ``field_transformer``."""
    return [each.evolve(alias=camel_case(each.name)) for each in fields]


def camel_case(name: str) -> str:
    """Return the name in JSON of a Python name: ``passCode`` for ``pass_code``."""
    return re.sub("_([a-z])", lambda found: found[1].upper(), name)


def camel_cased_keys(names: Mapping[str, object]) -> dict[str, object]:
    """Return an object of JSON for arguments by their Python names."""
    return {camel_case(name): value for name, value in names.items()}


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the text about an unknown name: ``unknown filter 'rout'; expected one of: route, ...``."""
    return f"unknown {what} {name!r}; expected one of: {', '.join(known)}"


def text(value: object) -> str:
    """Read a string."""
    if not isinstance(value, str):
        msg = "a string"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    if HALF_CHARACTER.search(value):
        msg = "a string of whole characters, without a lone surrogate"
        raise ValueError(msg)
    return value


def flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        msg = "true or false"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def whole(smallest: int, largest: int) -> Callable[[object], int]:
    """Return a reader of whole numbers, ends included."""

    def read(value: object) -> int:
        given = None if isinstance(value, bool) else value
        if isinstance(given, int) and smallest <= given <= largest:
            return given
        msg = f"a whole number from {smallest} to {largest}"
        raise ValueError(msg)

    return read


def number(smallest: float, largest: float) -> Callable[[object], float]:
    """Return a reader of numbers, ends included."""

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
        msg = f"a number of seconds from 0 to {LONGEST_SECONDS:g}"
        raise ValueError(msg) from None


def limit(read: Callable[[object], int]) -> Callable[[object], int | None]:
    """Return what reads null, too, as unlimited."""

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
    """Return a reader of the members of an enumeration."""

    def read(value: object) -> Choice:
        try:
            return kind(cast("str", value))
        except ValueError:
            msg = f"one of {', '.join(kind)}"
            raise ValueError(msg) from None

    return read
