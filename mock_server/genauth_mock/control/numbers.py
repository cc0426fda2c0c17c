"""Numbers in a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.asking import Objection

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_number(query: Mapping[str, str], name: str, largest: float, default: float = 0) -> float:
    """Read a number from 0 to ``largest``.

    Raises:
        Objection: It is something else.
    """
    text = query.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= largest:
        message = f"{name} must be a number from 0 to {largest}"
        raise Objection(message)
    return number
