"""A device with passkeys, in software: makes and uses keys as a browser's `toJSON()` writes them down.

Source: Web Authentication (W3C), 5.8.1, 6.1, 6.5; COSE (RFC 9053), 7.1.1; CBOR (RFC 8949), 3.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, cast

import attrs
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

Json = Mapping[str, object]

_USER_PRESENT: Final = 0x01
_USER_VERIFIED: Final = 0x04
_KEY_INCLUDED: Final = 0x40
_ES256: Final = -7


@attrs.define
class _Key:
    private: ec.EllipticCurvePrivateKey = attrs.field(repr=False)
    user_handle: str
    uses: int = 0


@attrs.define
class Authenticator:
    """A device on one web page.

    Attributes:
        origin: The page that asks for passkeys.
    """

    origin: str
    _keys: dict[str, _Key] = attrs.field(factory=dict[str, _Key], repr=False)

    def make(self, options: Json) -> dict[str, object]:
        """Make a passkey; return what `navigator.credentials.create` gives, as JSON."""
        party, user = cast("Json", options["rp"]), cast("Json", options["user"])
        private = ec.generate_private_key(ec.SECP256R1())
        raw_id = secrets.token_bytes(16)
        held = self._keys[_base64url(raw_id)] = _Key(private, str(user["id"]))
        attested = bytes(16) + len(raw_id).to_bytes(2) + raw_id + _cose(private)
        data = _authenticator_data(str(party["id"]), _KEY_INCLUDED, held.uses) + attested
        attestation = _cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return _credential(
            raw_id,
            clientDataJSON=_base64url(self._client_data("webauthn.create", options)),
            attestationObject=_base64url(attestation),
        )

    def use(self, options: Json) -> dict[str, object]:
        """Use the newest passkey; return what `navigator.credentials.get` gives, as JSON."""
        key_id, held = list(self._keys.items())[-1]
        held.uses += 1
        client_data = self._client_data("webauthn.get", options)
        data = _authenticator_data(str(options["rpId"]), 0, held.uses)
        signed = held.private.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return _credential(
            urlsafe_b64decode(key_id + "=="),
            clientDataJSON=_base64url(client_data),
            authenticatorData=_base64url(data),
            signature=_base64url(signed),
            userHandle=held.user_handle,
        )

    def _client_data(self, kind: str, options: Json) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**told, "crossOrigin": False}).encode()


def _credential(raw_id: bytes, **response: str) -> dict[str, object]:
    encoded = _base64url(raw_id)
    return {"id": encoded, "rawId": encoded, "type": "public-key", "response": response}


def _authenticator_data(rp_id: str, flags: int, uses: int) -> bytes:
    shown = _USER_PRESENT | _USER_VERIFIED | flags
    return sha256(rp_id.encode()).digest() + bytes([shown]) + uses.to_bytes(4)


def _cose(private: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key: type EC2, ES256, P-256, x, y."""
    point = private.public_key().public_numbers()
    return _cbor({1: 2, 3: _ES256, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})


def _cbor(value: object) -> bytes:
    match value:
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case _:
            items = cast("Mapping[object, object]", value).items()
            inside = b"".join(_cbor(key) + _cbor(each) for key, each in items)
            return _head(5, len(items)) + inside


def _head(kind: int, argument: int) -> bytes:
    """Return the first bytes of an item: its kind, and a number below 256 in one byte or two."""
    short = argument < 24  # noqa: PLR2004 - what fits beside the kind
    return bytes([kind << 5 | argument] if short else [kind << 5 | 24, argument])


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
