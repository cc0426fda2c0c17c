"""What a request is about, as far as faults ask: its path, its channel, the numbers that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from genauth_mock.address import DEFAULT_COUNTRY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PHONE: Final = re.compile("phone(number)?$", re.IGNORECASE)
_EMAIL: Final = re.compile("email$", re.IGNORECASE)


@frozen
class Subject:
    """What a request is, as far as faults ask.

    Attributes:
        numbers: The phone numbers and e-mail addresses that it names.
    """

    route: str
    numbers: frozenset[str] = field(default=frozenset(), repr=False)
    channel: str | None = None


def subject_of(path: str, body: Mapping[str, object]) -> Subject:
    """Tell what a request is about."""
    named = frozenset(_named(body))
    channels = [part["channel"] for part in _parts(body) if isinstance(part.get("channel"), str)]
    return Subject(path, named, cast("str", channels[0]) if channels else None)


def _parts(body: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Give an object and the objects in it."""
    yield body
    for value in body.values():
        if isinstance(value, dict):
            yield from _parts(cast("Mapping[str, object]", value))


def _named(body: Mapping[str, object]) -> Iterator[str]:
    for part in _parts(body):
        for name, value in part.items():
            if not isinstance(value, str):
                continue
            if _EMAIL.search(name) or name == "account":
                yield value.lower()
            if (stem := _PHONE.search(name)) or name == "account":
                prefix = name[: stem.start()] if stem else ""
                yield value
                yield _country_code(part, prefix) + value


def _country_code(part: Mapping[str, object], prefix: str) -> str:
    for name in (f"{prefix}phoneCountryCode", f"{prefix}PhoneCountryCode"):
        code = part.get(name)
        if isinstance(code, str) and code:
            return f"+{code.lstrip('+')}"
    return DEFAULT_COUNTRY_CODE
