"""What the engine needs from outside: chance, and a mint for tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Chance(Protocol):
    """Where what nobody can guess comes from."""

    def digits(self, length: int) -> str:
        """Draw a pass code."""
        ...

    def identifier(self) -> str:
        """Draw the id of a user: 24 hexadecimal digits."""
        ...

    def token(self) -> str:
        """Draw a token."""
        ...


class Mint(Protocol):
    """What makes tokens that a stranger can verify."""

    @property
    def issuer(self) -> str:
        """Who says so: the claim ``iss``."""
        ...

    def signed(self, claims: Mapping[str, object]) -> str:
        """Make a JWT of claims; ``iss`` is added."""
        ...

    def public_keys(self) -> dict[str, object]:
        """Give the key set that verifies what is made here."""
        ...
