"""One signing key: RS256 with 2048 bits, made when the first token needs it.

joserfc is imported with the first signature, not at start-up: the import takes longer than making a key.
"""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    def has_signed(self, token: str) -> bool:
        """Return whether a JWT is signed with this key; what it says is not looked at."""
        from joserfc import jws  # noqa: PLC0415 - see the module's docstring

        try:
            jws.deserialize_compact(token, self._key, [ALGORITHM])
        except Exception:  # noqa: BLE001 - whoever writes a token can make the library raise anything
            return False
        return True

    @property
    def kid(self) -> str:
        """What tokens name the key by."""
        return str(self._key.kid)

    @property
    def public_jwk(self) -> dict[str, object]:
        """The key that verifies these signatures. Source: RFC 7517."""
        return cast("dict[str, object]", self._key.as_dict(private=False))

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
