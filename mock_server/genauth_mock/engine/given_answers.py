"""Answers that a test gives in the place of ``NOT_IMITATED``: data for calls that have no rules here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.records import Records


@frozen_for_checkers
class GivenAnswer:
    """What a call that is not imitated is answered with; filed under its documented path.

    Attributes:
        data: The envelope's ``data``, any JSON; None leaves it out.
        is_bare: Whether ``data`` is the whole answer, without an envelope.
    """

    data: object = field(default=None, repr=False)
    is_bare: bool = False


def give(records: Records, route: str, answer: GivenAnswer) -> None:
    """File an answer, in the place of one that was given before."""
    records.put(route, answer)


def given(records: Records, route: str) -> GivenAnswer | None:
    """Return the answer of a path, or None where none was given."""
    return records.get(GivenAnswer, route)


def take_back(records: Records, route: str | None) -> list[str]:
    """Take back the answer of one path, or every answer.

    Returns:
        The paths that have none from now on.
    """
    taken = [path for path, _ in records.filed(GivenAnswer) if route in (None, path)]
    for path in taken:
        records.delete(GivenAnswer, path)
    return taken


def check_shape(data: object, *, is_bare: bool) -> None:
    """Refuse an answer that cannot be.

    Raises:
        ValueError: A bare answer is not an object.
    """
    if is_bare and not isinstance(data, dict):
        message = "data must be an object where bare is true: it is the whole answer"
        raise ValueError(message)
