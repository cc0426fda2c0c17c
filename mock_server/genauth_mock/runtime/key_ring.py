"""The keys of a server: the one that signs now, and those before it whose tokens may still be alive."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, cast

from attrs import field

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.runtime.signer import Signer


@frozen
class RetiredKey:
    """A key that signs no more.

    Attributes:
        until: When its last token expires, by the clock of the app that rotated the keys.
    """

    signer: Signer = field(repr=False)
    until: datetime


@frozen
class KeyRing:
    """The keys, newest first.

    Attributes:
        signer: The one that signs.
        retired: Those before it.
    """

    signer: Signer = field(repr=False)
    retired: tuple[RetiredKey, ...] = ()

    def rotated(self, signer: Signer, now: datetime, until: datetime, *, forget: bool) -> KeyRing:
        """Return the ring in which another key signs.

        Args:
            signer: The new key.
            now: By the app's clock; keys whose tokens have expired are dropped.
            until: When the last token of the key before expires.
            forget: Whether to drop every key before at once.
        """
        if forget:
            return KeyRing(signer)
        left = (key for key in self.retired if now < key.until)
        return KeyRing(signer, (RetiredKey(self.signer, until), *left))

    def public_keys(self, now: datetime) -> dict[str, object]:
        """Return the key set that verifies the tokens that are alive. Source: RFC 7517.

        Args:
            now: By the app's clock.
        """
        return {"keys": [signer.public_jwk for signer in self._published(now)]}

    def has_signed(self, token: str, now: datetime) -> bool:
        """Return whether one of the published keys has signed a JWT."""
        return any(signer.has_signed(token) for signer in self._published(now))

    def _published(self, now: datetime) -> list[Signer]:
        return [self.signer, *(key.signer for key in self.retired if now < key.until)]

    @property
    def text(self) -> str:
        """The private keys as JSON, for other processes of the same deployment."""
        retired = [[key.signer.private_key, key.until.isoformat()] for key in self.retired]
        return json.dumps({"signs": self.signer.private_key, "retired": retired})


def ring_of(text: str, signer_of: Callable[[str], Signer]) -> KeyRing:
    """Read what another process wrote.

    Args:
        text: What `KeyRing.text` gave.
        signer_of: Reads one private key.
    """
    content = cast("_Written", json.loads(text))
    keys = [
        RetiredKey(signer_of(key), datetime.fromisoformat(until))
        for key, until in content["retired"]
    ]
    return KeyRing(signer_of(content["signs"]), tuple(keys))


class _Written(TypedDict):
    """A ring as it is written."""

    signs: str
    retired: list[tuple[str, str]]
