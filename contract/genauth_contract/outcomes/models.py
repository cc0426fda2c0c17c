"""Who and what a scenario talks about: phones, users, pass codes. None shows its secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeGuard

import attrs

HOME_COUNTRY: Final = "+86"
"""The country calling code of a number given without one. Source: API reference, bind-phone."""

_SHOWN_AT_START: Final = 3
_SHOWN_AT_END: Final = 4

HIDDEN: Final = "<hidden>"
"""What stands where something looked like a secret."""

_LOOKS_SECRET: Final = re.compile(
    r"[\w.+-]+@[\w.-]+"  # an e-mail address
    r"|(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]+)*"  # a token
    r"|\d{4,}",  # a pass code or a phone number
    re.ASCII,
)


def without_lookalikes(text: str) -> str:
    """Return a text of the target without anything that looks like a secret, known or not."""
    return _LOOKS_SECRET.sub(HIDDEN, text)


def masked(number: str) -> str:
    """Show a phone number as `188****8888`; a short one is hidden whole."""
    if len(number) <= _SHOWN_AT_START + _SHOWN_AT_END:
        return "****"
    return f"{number[:_SHOWN_AT_START]}****{number[-_SHOWN_AT_END:]}"


@attrs.frozen
class Phone:
    """A phone number as the API wants it: the number, and its country calling code apart."""

    number: str = attrs.field(repr=masked)
    country_code: str = HOME_COUNTRY

    def __str__(self) -> str:
        """Show the masked number."""
        return f"{self.country_code} {masked(self.number)}"


@attrs.frozen
class PassCode:
    """The digits somebody was texted."""

    digits: str = attrs.field(repr=False)

    def but_wrong(self) -> PassCode:
        """Return another code of the same length that was never texted."""
        last = (int(self.digits[-1]) + 1) % 10
        return PassCode(f"{self.digits[:-1]}{last}")


@attrs.frozen
class User:
    """A signed-in user."""

    access_token: str = attrs.field(repr=False)


@attrs.frozen
class Client:
    """An application that proves itself with its secret."""

    app_id: str
    app_secret: str = attrs.field(repr=False)


NOBODY: Final = User("")
"""Nobody is signed in: no authorization header is sent."""


JsonObject = Mapping[str, object]


def is_object(value: object) -> TypeGuard[JsonObject]:
    """Tell whether a decoded value is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Tell whether a decoded value is a JSON array."""
    return isinstance(value, list)
