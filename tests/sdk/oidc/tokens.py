"""Tokens to check, made by another library than the one that checks them."""

from __future__ import annotations

import base64
import json
import time
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from aiogenauth.oidc.claims import Expected
from aiogenauth.oidc.keys import SigningKeys
from aiogenauth.redaction import Secret

ISSUER, APP, SECRET = "https://x.example/oidc", "app-1", "canary-secret-of-the-app-of-32-chars"
EXPECTED = Expected(ISSUER, APP)


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """Make a key once."""
    return rsa.generate_private_key(65537, 1024 if name == "weak" else 2048)


def jwk(name: str, **more: str) -> dict[str, str]:
    """Give the public half of a key, as GenAuth publishes it."""
    public = json.loads(RSAAlgorithm.to_jwk(private_key(name).public_key()))
    return {"kty": "RSA", "n": public["n"], "e": public["e"], "kid": name, "use": "sig", **more}


def claims(**changed: object) -> dict[str, object]:
    """Give what a good token says; None takes a claim out."""
    now = int(time.time())
    said = {"iss": ISSUER, "aud": APP, "sub": "u-1", "iat": now, "exp": now + 3600} | changed
    return {name: value for name, value in said.items() if value is not None}


def rs256(name: str = "key-1", kid: str | None = "", **changed: object) -> str:
    """Sign with a key; `kid` names it, unless it is given."""
    header = {} if kid is None else {"kid": kid or name}
    with warnings.catch_warnings(action="ignore"):  # one of the keys is too weak, on purpose
        return jwt.encode(claims(**changed), private_key(name), "RS256", header)


def hs256(secret: str = SECRET, kid: str | None = None, **changed: object) -> str:
    """Sign with a secret."""
    return jwt.encode(claims(**changed), secret, "HS256", {} if kid is None else {"kid": kid})


def unsigned(alg: str, **changed: object) -> str:
    """Sign with nothing."""
    return f"{part({'alg': alg, 'typ': 'JWT'})}.{part(claims(**changed))}."


def part(value: Any) -> str:  # noqa: ANN401 - JSON
    """Encode one part of a JWT."""
    return encoded(json.dumps(value).encode())


def encoded(value: bytes) -> str:
    """Encode bytes as a JWT does."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class Published:
    """A key set to be fetched; counts how often, and can fail."""

    def __init__(self, *keys: object) -> None:
        self.keys: Sequence[object] = keys
        self.fetched = 0
        self.failure: Exception | None = None

    async def fetch(self) -> object:
        self.fetched += 1
        if self.failure is not None:
            raise self.failure
        return {"keys": list(self.keys)}


def signing_keys(published: Published, secret: str | None = SECRET) -> SigningKeys:
    """Give the keys of the app."""
    return SigningKeys(None if secret is None else Secret(secret), published.fetch)
