"""Who and what a scenario talks about: phones, users, pass codes. None shows its secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeGuard

import attrs

from genauth_contract.outcomes.hiding import masked

HOME_COUNTRY: Final = "+86"
"""The country calling code of a number given without one. Source: API reference, bind-phone."""


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
    """Return whether a decoded value is a JSON object."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Return whether a decoded value is a JSON array."""
    return isinstance(value, list)
