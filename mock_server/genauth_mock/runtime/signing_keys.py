"""Keys that come from outside: one that a person gives, and those that a state brings along."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Final

from genauth_mock.runtime.key_ring import KeyRing, RetiredKey, ring_of
from genauth_mock.runtime.signer import ALGORITHM, KEY_BITS, Signer, signer_of

FOR_GOOD: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""How long a key is published that a loaded state put out of use."""

MOST_KEYS: Final = 20
"""How many keys are published: as many states with keys of their own can be loaded into one server."""


@cache
def given_signer(pem: str) -> Signer:
    """Take a key that a person gave, in PEM.

    Raises:
        ValueError: It is not an RSA key that can sign, and the text says what is needed; never the key itself.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import (  # noqa: PLC0415 - as joserfc, slow to import
        RSAPrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as above
        load_pem_private_key,
    )
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - as above

    private_key: object = None
    with suppress(TypeError, ValueError):  # it is locked, or none
        private_key = load_pem_private_key(pem.strip().encode(), None)
    if not isinstance(private_key, RSAPrivateKey) or private_key.key_size < KEY_BITS:
        message = (
            f"must be a private RSA key in PEM of {KEY_BITS} bits or more, without a pass phrase"
        )
        raise ValueError(message)
    key = RSAKey.import_key(private_key, {"use": "sig", "alg": ALGORITHM})
    key.ensure_kid()
    return Signer(key)


def loaded_ring(text: str) -> KeyRing:
    """Read the keys of a state.

    Raises:
        ValueError: These are no keys; the text shows none of them.
    """
    from joserfc.errors import JoseError  # noqa: PLC0415 - slow to import

    with suppress(AttributeError, JoseError, KeyError, TypeError, ValueError):  # they are none
        return ring_of(text, signer_of)
    message = "must be the keys of a state as it was dumped"
    raise ValueError(message)


def joined(first: KeyRing, later: KeyRing) -> KeyRing:
    """Return a ring that signs with the first one's key and publishes the keys of both."""
    seen = {first.signer.private_key}
    retired: list[RetiredKey] = []
    for key in (*first.retired, RetiredKey(later.signer, FOR_GOOD), *later.retired):
        if key.signer.private_key not in seen:
            seen.add(key.signer.private_key)
            retired.append(key)
    return KeyRing(first.signer, tuple(retired[: MOST_KEYS - 1]))
