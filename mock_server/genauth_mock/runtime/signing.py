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

from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.context import HERE
from genauth_mock.runtime.extra import check_extra

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from joserfc.jwk import RSAKey


ALGORITHM: Final = "RS256"
"""Source: API reference, introspection: RS256 tokens are verified with the keys of jwks.json."""

KEY_BITS: Final = 2048

LOOKED_UP_SECONDS: Final = 1.0
"""How long a key that processes share is used before it is looked up again."""


@cache
def fresh_signer() -> Signer:
    """Make a key. The servers of one process share it: the issuer tells them apart, and a key takes long to make."""
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - see the module's docstring

    return Signer(RSAKey.generate_key(KEY_BITS, {"use": "sig", "alg": ALGORITHM}, auto_kid=True))


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

    def public_keys(self) -> dict[str, object]:
        """Return the key set that verifies these signatures. Source: RFC 7517."""
        return {"keys": [cast("object", self._key.as_dict(private=False))]}

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
    signer: Callable[[], Signer] = field(repr=False)

    def signed(self, claims: Mapping[str, object]) -> str:
        """Make a JWT of this issuer."""
        return self.signer().signed({"iss": self.issuer, **claims})

    def signed_by_secret(self, claims: Mapping[str, object], secret: str) -> str:
        """Make a JWT of this issuer that the app verifies with its secret: HS256, and no ``kid``.

        Source: tokens that people published; RFC 7515, section 3.
        """
        said = json.dumps({"iss": self.issuer, **claims}, separators=(",", ":"), ensure_ascii=False)
        parts = b'{"alg":"HS256","typ":"JWT"}', said.encode(errors="replace")
        signed = b".".join(_base64(part) for part in parts)
        signature = hmac.digest(secret.encode(errors="surrogateescape"), signed, "sha256")
        return b".".join((signed, _base64(signature))).decode()

    def public_keys(self) -> dict[str, object]:
        """Return the key set that verifies these tokens."""
        return self.signer().public_keys()

    def public_key(self) -> str:
        """Return the key that passwords are encrypted with."""
        return self.signer().public_key()

    def decrypted(self, text: str) -> str:
        """Decrypt a password."""
        return self.signer().decrypted(text)


def _base64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


class TokenIssuers:
    """Makes token issuers; their key is made when the first one is needed.

    Args:
        shared_key: Offers a signing key; gives the one that was offered first.
        is_shared: Whether other processes sign with the same key.
    """

    def __init__(
        self, shared_key: Callable[[str], Awaitable[str]], *, is_shared: bool = False
    ) -> None:
        self._is_shared = is_shared
        self._looked_at = stopwatch()
        self._shared_key = shared_key
        self._signer: Signer | None = None
        self._base_url = HERE
        self._latest = self._here = JwtIssuer(f"{HERE}/oidc", self._ready_signer)

    async def ready(self) -> Signer:
        """Return the signer, after making its key in a thread the first time."""
        if self._is_shared and self._signer is not None:
            await self._follow_shared_key(self._signer)
        if self._signer is None:
            check_extra("the offline GenAuth")
            made = await asyncio.to_thread(fresh_signer)
            key = await self._shared_key(made.private_key)
            is_ours = key == made.private_key
            self._signer = made if is_ours else await asyncio.to_thread(signer_of, key)
        return self._signer

    async def _follow_shared_key(self, signer: Signer) -> None:
        """Look the key up again now and then: whoever empties the store drops it, and all must offer one anew."""
        if stopwatch() - self._looked_at < LOOKED_UP_SECONDS:
            return
        self._looked_at = stopwatch()
        key = await self._shared_key(signer.private_key)
        if key != signer.private_key:
            self._signer = await asyncio.to_thread(signer_of, key)

    def of(self, base_url: str) -> JwtIssuer:
        """Return the token issuer of an issuer; callers mostly come one way, so that of the last one is kept."""
        if base_url is HERE:
            return self._here
        if base_url != self._base_url:
            self._base_url = base_url
            self._latest = JwtIssuer(f"{base_url}/oidc", self._ready_signer)
        return self._latest

    def _ready_signer(self) -> Signer:
        if self._signer is None:
            message = "TokenIssuers.ready was not awaited before a move that makes tokens"
            raise RuntimeError(message)
        return self._signer
