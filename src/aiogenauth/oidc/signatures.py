"""Whether a token is signed by whom it says; the only place that knows joserfc, which is an extra."""

import json
import warnings
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from aiogenauth.decoding import is_object
from aiogenauth.errors import (
    ConfigurationError,
    InvalidInput,
    TokenAlgorithmRejected,
    TokenMalformed,
    TokenRejected,
    TokenSignatureWrong,
)
from aiogenauth.redaction import Secret, sealed

if TYPE_CHECKING:
    from types import ModuleType

    from joserfc.jwk import OctKey, RSAKey
    from joserfc.jws import JWSRegistry

ALGORITHMS: Final = ("RS256", "HS256")
"""What GenAuth signs with: the published key, or the secret of the app. Source: API reference."""

FEWEST_BITS: Final = 2048
"""Of an RSA key. Source: RFC 7518, 3.3."""

MOST_BITS: Final = 16384
"""Of an RSA key; checking takes longer with each bit. Source: OpenSSL, OPENSSL_RSA_MAX_MODULUS_BITS."""

LONGEST_EXPONENT: Final = 11
"""Characters of the exponent of an RSA key: 64 bits. Source: OpenSSL, OPENSSL_RSA_MAX_PUBEXP_BITS."""

MOST_KEYS: Final = 100
"""Keys of a set that are read; a server that changes its key each day has two. Source: ours."""

LONGEST_HEADER: Final = 8192
"""Characters of a token's header, of which 64 are kept; GenAuth's have 60. Source: ours."""


@frozen
class Header:
    """How a token says that it is signed.

    Attributes:
        alg: One of `ALGORITHMS`.
        kid: Which key; None where it does not say.
    """

    alg: str
    kid: str | None


def header_of(token: Secret) -> Header:
    """Read how a token says that it is signed.

    Raises:
        TokenMalformed: It is not a JWT.
        TokenAlgorithmRejected: It is signed in another way, or not at all.
    """
    segment = token.partition(".")[0]
    if token.count(".") != 2 or len(segment) > LONGEST_HEADER:  # noqa: PLR2004 - a JWT has three parts
        text = "the token is not a JWT"
        raise TokenMalformed(text)
    return _header(segment)


@lru_cache(maxsize=64)
def _header(segment: str) -> Header:
    """Read a header. All tokens of one key have the same, so few are ever read."""
    try:
        given: object = json.loads(urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        text = "the token is not a JWT"
        raise TokenMalformed(text)
    fields = cast("dict[str, object]", given)
    alg, kid = fields.get("alg"), fields.get("kid")
    if alg not in ALGORITHMS:
        named = alg if isinstance(alg, str) and alg.isalnum() and len(alg) <= 20 else "another"  # noqa: PLR2004
        text = f"the token says alg {named}; GenAuth signs with {' or '.join(ALGORITHMS)}"
        raise TokenAlgorithmRejected(text)
    if "crit" in fields:  # Source: RFC 7515, 4.1.11: whoever does not know what it lists refuses
        text = "the token has an extension in its header (crit), which GenAuth's tokens have not"
        raise TokenMalformed(text)
    return Header(alg, kid if isinstance(kid, str) else None)


def claims_of(token: Secret, header: Header, key: "RSAKey | OctKey") -> dict[str, object]:
    """Return what a token says, once its signature is found to be right.

    Raises:
        TokenSignatureWrong: It was changed, or somebody else signed it.
        TokenMalformed: It is not a JWT.
    """
    its = library()
    try:
        decoded = its.jwt.decode(token, key, registry=its.registries[header.alg])
        return cast("dict[str, object]", decoded.claims)
    except its.errors.BadSignatureError:
        flaw: TokenRejected = TokenSignatureWrong(
            f"the {header.alg} signature of the token is wrong"
        )
    except Exception:  # noqa: BLE001 - whoever writes a token can make the library raise anything
        flaw = TokenMalformed("the token is not a JWT")
    raise flaw  # out here, so that no frame of the library is chained


@frozen
class Joserfc:
    """The library, imported.

    Attributes:
        registries: What takes one algorithm and no other.
    """

    jwt: "ModuleType"
    errors: "ModuleType"
    registries: "Mapping[str, JWSRegistry]"


@cache
def library() -> Joserfc:
    """Import the library; importing it takes longer than checking a thousand tokens.

    Raises:
        ConfigurationError: It is not installed; the text says how to get it.
    """
    try:
        from joserfc import errors, jwt  # noqa: PLC0415 - an extra
        from joserfc.jws import JWSRegistry  # noqa: PLC0415
    except ImportError:
        message = "checking tokens offline needs joserfc: pip install 'aiogenauth[oidc]'"
    else:
        return Joserfc(jwt, errors, {alg: JWSRegistry(algorithms=[alg]) for alg in ALGORITHMS})
    raise ConfigurationError(message)


def key_of_secret(app_secret: Secret) -> "OctKey":
    """Make the key of HS256 out of the secret of the app.

    Raises:
        ConfigurationError: The secret is a public key, which anybody could sign with.
    """
    library()
    from joserfc.jwk import OctKey  # noqa: PLC0415 - an extra

    try:
        with warnings.catch_warnings(action="ignore"):  # how long a secret is, is GenAuth's choice
            return OctKey.import_key(str(app_secret))
    except ValueError:
        text = "app_secret: it is a public key, and no secret"
    raise ConfigurationError(text).with_facts(field="app_secret")


def published_keys(key_set: object) -> dict[str | None, "RSAKey"]:
    """Return the keys of a key set that RS256 can be checked with, by their `kid`.

    Keys of another kind or for another use are passed over, as are weak, huge and broken ones, and
    those after the first `MOST_KEYS`.

    Raises:
        InvalidInput: It is not a key set.
    """
    key_set = sealed(key_set)
    found = sealed(_member(key_set, "keys"))
    if not isinstance(found, (list, tuple)):
        text = "server_jwks: give the key set that GenAuth publishes, a dict with a list of keys"
        raise InvalidInput(text).with_facts(field="server_jwks")
    keys: dict[str | None, RSAKey] = {}
    for each in cast("list[object]", found)[:MOST_KEYS]:
        key = _rsa_key(each) if is_object(each) else None
        if key is not None:
            keys[key.kid] = key
    return keys


def _member(value: object, name: str) -> object:
    return value.get(name) if is_object(value) else None


def _rsa_key(given: Mapping[str, object]) -> "RSAKey | None":
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - an extra

    is_fit = given.get("kty") == "RSA" and given.get("use", "sig") == "sig"
    if not is_fit or given.get("alg", "RS256") != "RS256" or not _is_of_usual_size(given):
        return None
    public: dict[str, str | list[str]] = {
        name: str(given[name]) for name in ("kty", "n", "e", "kid") if name in given
    }
    try:
        key = RSAKey.import_key(public)
        key.public_key  # noqa: B018 - read now, so that a broken one is found now
    except Exception:  # noqa: BLE001 - nobody can list what the library raises for what a server wrote
        return None
    return key


def _is_of_usual_size(given: Mapping[str, object]) -> bool:
    """Whether modulus and exponent are texts that can be read, and checked with, in little time."""
    modulus, exponent = given.get("n"), given.get("e")
    if not isinstance(modulus, str) or not isinstance(exponent, str):
        return False
    bits = len(modulus.rstrip("=")) * 6
    is_short = len(exponent.rstrip("=")) <= LONGEST_EXPONENT
    return is_short and FEWEST_BITS <= bits <= MOST_BITS + 6
