"""The server's signing key: RS256 with 2048 bits, made when the first token needs it.

joserfc is imported with the first signature, not at start-up: the import takes longer than making a key.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from genauth_mock.engine.context import HERE
from genauth_mock.runtime.extra import check_extra
from genauth_mock.runtime.key_ring import KeyRing, ring_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from joserfc.jwk import RSAKey


ALGORITHM: Final = "RS256"
"""Source: API reference, introspection: RS256 tokens are verified with the keys of jwks.json."""

KEY_BITS: Final = 2048


def new_signer() -> Signer:
    """Make a key, which takes long."""
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - see the module's docstring

    return Signer(RSAKey.generate_key(KEY_BITS, {"use": "sig", "alg": ALGORITHM}, auto_kid=True))


@cache
def fresh_signer() -> Signer:
    """Make the first key. The servers of one process share it: the issuer tells them apart."""
    return new_signer()


@cache
def signer_of(private_key: str) -> Signer:
    """Take a key that another process made: the JSON of a private JWK."""
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - see the module's docstring

    return Signer(RSAKey.import_key(json.loads(private_key)))


class Signer:
    """Signs with one key."""

    def __init__(self, key: RSAKey) -> None:
        self._key = key
        self._header = {"alg": ALGORITHM, "typ": "JWT", "kid": key.kid}

    @property
    def private_key(self) -> str:
        """The JSON of the private JWK, for other processes of the same deployment."""
        return json.dumps(self._key.as_dict(private=True))

    def signed(self, claims: Mapping[str, object]) -> str:
        """Make a JWT."""
        from joserfc import jwt  # noqa: PLC0415 - see the module's docstring

        try:
            return jwt.encode(self._header, dict(claims), self._key)
        except UnicodeEncodeError:
            # A header that is not UTF-8 named the app; a JWT holds UTF-8 alone.
            written = json.dumps(claims, ensure_ascii=False).encode(errors="replace")
            return jwt.encode(self._header, json.loads(written), self._key)

    @property
    def kid(self) -> str:
        """What tokens name the key by."""
        return str(self._key.kid)

    @property
    def public_jwk(self) -> dict[str, object]:
        """The key that verifies these signatures. Source: RFC 7517."""
        return cast("dict[str, object]", self._key.as_dict(private=False))

    def public_keys(self) -> dict[str, object]:
        """Return the key set of this key alone."""
        return {"keys": [self.public_jwk]}

    def public_key(self) -> str:
        """Return the key that passwords are encrypted with, in PEM; that it is the signing key is ours."""
        return self._key.as_pem(private=False).decode()

    def decrypted(self, text: str) -> str:
        """Decrypt a password: PKCS #1 v1.5, in Base64. Source: API reference, passwordEncryptType.

        The padding is that of JSEncrypt, which the official login pages use.

        Raises:
            ValueError: It was encrypted in another way, or with another key.
        """
        from cryptography.hazmat.primitives.asymmetric.padding import (  # noqa: PLC0415 - see the module's docstring
            PKCS1v15,
        )

        private_key = cast("RSAPrivateKey", self._key.private_key)
        return private_key.decrypt(b64decode(text, validate=True), PKCS1v15()).decode()


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
        signature = hmac.digest(secret.encode(errors="surrogateescape"), signed, "sha256")
        return b".".join((signed, _base64(signature))).decode()

    def public_keys(self, now: datetime) -> dict[str, object]:
        """Return the key set that verifies the tokens that are alive."""
        return self.ring().public_keys(now)

    def public_key(self) -> str:
        """Return the key that passwords are encrypted with."""
        return self.ring().signer.public_key()

    def decrypted(self, text: str) -> str:
        """Decrypt a password."""
        return self.ring().signer.decrypted(text)


def _base64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


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
            ring = KeyRing(await asyncio.to_thread(self._first_signer))
        elif not self._is_shared:
            return ring
        offered = ring.text
        kept = await self._shared_key(offered)
        if kept != offered:
            ring = await asyncio.to_thread(ring_of, kept, signer_of)
            if self._ring is None and self._given_key is not None:
                from genauth_mock.runtime.signing_keys import joined  # noqa: PLC0415 - it imports this module

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
        from genauth_mock.runtime.signing_keys import joined, loaded_ring  # noqa: PLC0415 - it imports this module

        loaded = await asyncio.to_thread(loaded_ring, text)
        if self._ring is None and self._given_key is None and not self._is_shared:
            self._ring = loaded  # nobody has seen a key of ours yet
            return
        while True:
            known = await self.ready()
            ring = joined(loaded, known) if self._given_key is None else joined(known, loaded)
            if await self._replace_key(known.text, ring.text):
                self._ring = ring
                return

    def _first_signer(self) -> Signer:
        if self._given_key is None:
            return fresh_signer()
        from genauth_mock.runtime.signing_keys import given_signer  # noqa: PLC0415 - it imports this module

        return given_signer(self._given_key)

    async def rotate(self, now: datetime, until: datetime, *, forget: bool) -> KeyRing:
        """Have a new key sign; return the keys from now on.

        Args:
            now: By the clock of the app that asks.
            until: How long the key before is published, by that clock.
            forget: Whether to drop every key before at once.
        """
        made = await asyncio.to_thread(new_signer)
        while True:
            known = await self.ready()
            ring = known.rotated(made, now, until, forget=forget)
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
