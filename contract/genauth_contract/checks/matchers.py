"""What a value of an answer has to be, where it is not one known value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from genauth_contract.outcomes.models import is_list, is_object

Fits = Callable[[object], bool]


def described(fits: Callable[..., object]) -> str:
    """Return what a matcher accepts, in words."""
    told = (fits.__doc__ or "").partition("\n")[0].removeprefix("Accept ").rstrip(".")
    return "a value" if isinstance(fits, type) else told


def positive(value: object) -> bool:
    """Accept a number above 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def text(value: object) -> bool:
    """Accept a text that is not empty."""
    return isinstance(value, str) and bool(value)


def bearer(value: object) -> bool:
    """Accept the one token type there is, however it is written. Source: RFC 6749, section 5.1."""
    return isinstance(value, str) and value.lower() == "bearer"


def ends_with(end: str) -> Fits:
    """Accept a text with this end."""

    def fits(value: object) -> bool:
        """Accept a text with the expected end."""
        return isinstance(value, str) and value.endswith(end)

    return fits


def other_than(one: object) -> Fits:
    """Accept a value of the same type that is another one."""

    def fits(value: object) -> bool:
        """Accept a value other than the one before."""
        return type(value) is type(one) and value != one

    return fits


def listing(name: str, *values: str) -> Fits:
    """Accept a list of objects in which this field has these values, in any order."""

    def fits(items: object) -> bool:
        """Accept a list of just what was made, in any order."""
        found = [one.get(name) for one in items if is_object(one)] if is_list(items) else None
        return found is not None and sorted(map(str, found)) == sorted(values)

    return fits


def each_has(name: str) -> Fits:
    """Accept a list, also an empty one, in which every object has a text of this name."""
    return lambda items: (
        is_list(items) and all(is_object(one) and text(one.get(name)) for one in items)
    )


def first_has(**values: object) -> Fits:
    """Accept a list whose first object has these values, or values that fit these predicates."""

    def fits(items: object) -> bool:
        first = items[0] if is_list(items) and items else None
        return is_object(first) and all(
            wanted(first.get(name)) if callable(wanted) else first.get(name) == wanted
            for name, wanted in values.items()
        )

    return fits


def having(**values: object) -> Fits:
    """Accept an object that has these values, or values that fit these predicates."""
    return lambda one: first_has(**values)([one])


def of_length(count: int) -> Fits:
    """Accept a list with so many entries."""
    return lambda items: is_list(items) and len(items) == count


def same_text(one: str) -> Fits:
    """Accept the same text; a secret of the SDK counts as its text."""
    return lambda value: isinstance(value, str) and str(value) == one


def beyond(one: Any) -> Fits:  # noqa: ANN401 - a number or a moment, as the SDK or the wire has it
    """Accept a greater number, or a later moment, of the same type."""

    def fits(value: Any) -> bool:  # noqa: ANN401 - as above
        """Accept a greater number, or a later moment, than before."""
        return value is not None and type(value) is type(one) and bool(value > one)

    return fits


def absent_or(one: object) -> Fits:
    """Accept this value, and none at all."""

    def fits(value: object) -> bool:
        """Accept the expected value, or none at all."""
        return value is None or value == one

    return fits
