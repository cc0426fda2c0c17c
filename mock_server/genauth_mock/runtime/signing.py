"""Who makes the tokens of an issuer, with the keys that sign at the time."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from threading import Lock
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.context import HERE
from genauth_mock.engine.value import frozen
from genauth_mock.runtime.extra import check_extra
from genauth_mock.runtime.key_ring import KeyRing, ring_of
from genauth_mock.runtime.signer import fresh_signer, new_signer, signer_of
from genauth_mock.runtime.signing_keys import given_signer, joined, loaded_ring

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from genauth_mock.runtime.signer import Signer


@frozen
class JwtIssuer:
    """Makes the tokens of one issuer; implements `genauth_mock.engine.context.TokenIssuer`.

    Attributes:
        issuer: The base URL that the caller used, and ``/oidc``.
    """

    issuer: str
    ring: Callable[[], KeyRing] = field(repr=False)

    def signed(self, claims: Mapping[str, object]) -> str:
        """Make a JWT of this issuer."""
        return self.ring().signer.signed({"iss": self.issuer, **claims})

    def signed_by_secret(self, claims: Mapping[str, object], secret: str) -> str:
        """Make a JWT of this issuer that the app verifies with its secret: HS256, and no ``kid``.

        Source: tokens that people published; RFC 7515, section 3.
        """
        said = json.dumps({"iss": self.issuer, **claims}, separators=(",", ":"), ensure_ascii=False)
        parts = b'{"alg":"HS256","typ":"JWT"}', said.encode(errors="replace")
        signed = b".".join(_base64(part) for part in parts)
        return b".".join((signed, _by_secret(signed, secret))).decode()

    def has_signed(self, token: str, now: datetime, secret: str | None) -> bool:
        """Return whether a JWT is signed with a key that is published, or with an app's secret."""
        signed, _, shown = token.encode(errors="surrogateescape").rpartition(b".")
        if secret is not None and hmac.compare_digest(shown, _by_secret(signed, secret)):
            return True
        return self.ring().has_signed(token, now)

    def public_keys(self, now: datetime) -> dict[str, object]:
        """Return the key set that verifies the tokens that are alive."""
        return self.ring().public_keys(now)

    def public_key(self) -> str:
        """Return the key that passwords are encrypted with."""
        return self.ring().signer.public_key()

    def decrypted(self, text: str) -> str:
        """Decrypt a password."""
        return self.ring().signer.decrypted(text)


def _by_secret(signed: bytes, secret: str) -> bytes:
    """Return the signature of the first two parts of a JWT. Source: RFC 7518, section 3.2."""
    return _base64(hmac.digest(secret.encode(errors="surrogateescape"), signed, "sha256"))


def _base64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


_MAKING: Final = Lock()


class TokenIssuers:
    """Makes token issuers; their key is made when the first one is needed.

    Args:
        shared_key: Offers a signing key; gives the one that was offered first.
        replace_key: Puts keys in the place of those known; false where others are there by now.
        is_shared: Whether other processes sign with the same keys.
        given_key: The key to sign with, in PEM; None for one that is made, or loaded.
        public_url: The base URL of the one issuer; None where each caller's own base URL makes one.
    """

    def __init__(  # noqa: PLR0913 - whose keys, and whose issuer
        self,
        shared_key: Callable[[str], Awaitable[str]],
        replace_key: Callable[[str, str], Awaitable[bool]],
        *,
        is_shared: bool = False,
        given_key: str | None = None,
        public_url: str | None = None,
    ) -> None:
        self._given_key = given_key
        self._is_one = public_url is not None
        self._is_shared = is_shared
        self._shared_key = shared_key
        self._replace_key = replace_key
        self._ring: KeyRing | None = None
        self._base_url = HERE
        self._latest = self._here = JwtIssuer(f"{public_url or HERE}/oidc", self._ready_ring)

    async def ready(self) -> KeyRing:
        """Return the keys, after making the first one in a thread the first time.

        Keys that processes share are looked up each time: another process may have rotated them, and whoever empties
        the store drops them, so that all must offer theirs anew.
        """
        ring = self._ring
        if ring is None:
            check_extra("the offline GenAuth")
            made = KeyRing(await asyncio.to_thread(self._first_signer))
            ring = self._ring or made  # another call may have been faster
        elif not self._is_shared:
            return ring
        offered = ring.text
        kept = await self._shared_key(offered)
        if kept != offered:
            ring = await asyncio.to_thread(ring_of, kept, signer_of)
            if self._ring is None and self._given_key is not None:
                ours = joined(KeyRing(self._first_signer()), ring)
                await self._replace_key(kept, ours.text)
                ring = ours
        self._ring = ring
        return ring

    async def private_keys(self) -> str | None:
        """Return every private key as JSON; None where nothing was signed or published yet."""
        if self._ring is None and not self._is_shared and self._given_key is None:
            return None
        return (await self.ready()).text

    async def take(self, text: str) -> None:
        """Publish the keys of a state that is loaded, and sign with its key; a given key goes on signing.

        Raises:
            ValueError: These are no keys.
        """
        loaded = await asyncio.to_thread(loaded_ring, text)
        if self._ring is None and self._given_key is None and not self._is_shared:
            self._ring = loaded  # nobody has seen a key of ours yet
            return
        is_first = self._given_key is None
        await self._changed(
            lambda known: joined(loaded, known) if is_first else joined(known, loaded)
        )

    async def rotate(self, now: datetime, until: datetime, *, forget: bool) -> KeyRing:
        """Have a new key sign; return the keys from now on.

        Args:
            now: By the clock of the app that asks.
            until: How long the key before is published, by that clock.
            forget: Whether to drop every key before at once.
        """
        made = await asyncio.to_thread(new_signer)
        return await self._changed(lambda known: known.rotated(made, now, until, forget=forget))

    def _first_signer(self) -> Signer:
        if self._given_key is None:
            with _MAKING:  # of first calls at once, one makes it
                return fresh_signer()
        return given_signer(self._given_key)

    async def _changed(self, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Change the keys, anew where another process changed them meanwhile; return them."""
        while True:
            known = await self.ready()
            ring = change(known)
            if await self._replace_key(known.text, ring.text):
                self._ring = ring
                return ring

    def of(self, base_url: str) -> JwtIssuer:
        """Return the token issuer of an issuer; callers mostly come one way, so that of the last one is kept."""
        if self._is_one or base_url is HERE:
            return self._here
        if base_url != self._base_url:
            self._base_url = base_url
            self._latest = JwtIssuer(f"{base_url}/oidc", self._ready_ring)
        return self._latest

    def _ready_ring(self) -> KeyRing:
        if self._ring is None:
            message = "TokenIssuers.ready was not awaited before a move that makes tokens"
            raise RuntimeError(message)
        return self._ring
