"""The keys that tokens are checked with: fetched once, for all views of a client."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import define, field

from aiogenauth.clock import epoch_seconds, monotonic
from aiogenauth.errors import (
    InvalidInput,
    TokenAlgorithmRejected,
    TokenKeyUnknown,
    TokenMalformed,
    TokenRejected,
    UnexpectedAnswer,
)
from aiogenauth.oidc.claims import Expected, TokenClaims
from aiogenauth.oidc.signatures import (
    Header,
    claims_of,
    header_of,
    key_of_secret,
    library,
    published_keys,
)
from aiogenauth.redaction import Secret, redacted, sealed

if TYPE_CHECKING:
    from joserfc.jwk import OctKey, RSAKey

FETCH_FLOOR: Final = 30.0
"""Seconds between two fetches: a token with a made-up `kid` must not make a client ask each time."""

KEEP_SECONDS: Final = 3600.0
"""After this, the set is fetched again while the one at hand is still used: a key may be withdrawn."""

Keys = Mapping[str | None, "RSAKey"]


def key_in(keys: Keys, kid: str | None) -> "RSAKey | None":
    """Find the key of a token; one that names none can only mean the only one."""
    if kid is None and len(keys) == 1:
        return next(iter(keys.values()))
    return keys.get(kid)


def key_of_set(server_jwks: object, header: Header) -> "RSAKey":
    """Find the key of a token in a set that the caller has.

    Raises:
        InvalidInput: It is not a key set.
        TokenKeyUnknown: The key is not in it.
    """
    try:
        keys = _read_keys(_public_parts(server_jwks))
    except (AttributeError, KeyError, TypeError):  # it is none: said in words of ours
        keys = published_keys(server_jwks)
    key = key_in(keys, header.kid)
    if key is None:
        raise _unknown()
    return key


_PUBLIC: Final = ("kty", "kid", "n", "e", "use", "alg")


_Parts = tuple[tuple[tuple[str, object], ...], ...]


def _public_parts(key_set: Any) -> _Parts:  # noqa: ANN401 - whatever a caller gave
    """Return what counts of each key, as a value that compares; nothing of it is secret.

    Raises:
        TypeError: Or another error: it is not a key set.
    """
    keys = key_set["keys"]
    if not isinstance(keys, (list, tuple)):
        raise TypeError
    many = cast("Sequence[Mapping[str, object]]", keys)
    return tuple([tuple([(name, key[name]) for name in _PUBLIC if name in key]) for key in many])


@lru_cache(maxsize=16)
def _read_keys(parts: _Parts) -> Keys:
    """Read a set that a caller has. A caller has the same one each time, and reading it costs as much as a check."""
    return published_keys({"keys": [dict(part) for part in parts]})


@define(eq=False)
class SigningKeys:
    """What the tokens of one app are checked with.

    Attributes:
        app_secret: Secret of the app; None where this program has none.
        fetch: Gets the set that GenAuth publishes.
    """

    app_secret: Secret | None = field(repr=redacted)
    fetch: Callable[[], Awaitable[object]] = field(repr=False)
    _secret_key: "OctKey | None" = field(default=None, init=False, repr=False)
    _published: Keys | None = field(default=None, init=False, repr=False)
    _asked_at: float = field(default=0.0, init=False)
    _fetching: "asyncio.Task[None] | None" = field(default=None, init=False, repr=False)

    def at_hand(self, header: Header) -> "RSAKey | OctKey | None":
        """Return the key of a token, or None if it has to be fetched. Waits for nothing.

        Raises:
            TokenAlgorithmRejected: No key counts for such a token.
        """
        if header.alg == "HS256":
            return self._key_of_secret(header)
        key = None if self._published is None else key_in(self._published, header.kid)
        if key is not None and self._age() > KEEP_SECONDS:
            self._start_fetching()
        return key

    def _key_of_secret(self, header: Header) -> "OctKey":
        """Return the key of HS256: the secret of the app, and never a key that anybody can read."""
        if header.kid is not None and header.kid in (self._published or ()):
            text = "the token says HS256, and names a published key: anybody could sign so"
            raise TokenAlgorithmRejected(text)
        if self.app_secret is None:
            text = (
                "the token says HS256, which is checked with the secret of the app: give app_secret"
            )
            raise TokenAlgorithmRejected(text)
        if self._secret_key is None:
            self._secret_key = key_of_secret(self.app_secret)
        return self._secret_key

    async def fetched(self, header: Header) -> "RSAKey":
        """Fetch the set, unless that was done a moment ago, and return the key of a token.

        Raises:
            TokenKeyUnknown: The key is not published.
            GenAuthError: The set could not be fetched.
        """
        if self._published is None or self._fetching is not None or self._age() >= FETCH_FLOOR:
            await asyncio.shield(self._start_fetching())
        key = key_in(self._published or {}, header.kid)
        if key is None:
            raise _unknown()
        return key

    def _start_fetching(self) -> "asyncio.Task[None]":
        """Begin to fetch, or join those who wait already; a loop that has ended waits for nobody."""
        task = self._fetching
        if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
            task = self._fetching = asyncio.create_task(self._fetch())
            task.add_done_callback(_notice)
        return task

    async def _fetch(self) -> None:
        self._asked_at = monotonic()
        try:
            key_set = sealed(await self.fetch())
        finally:
            self._fetching = None
        try:
            self._published = published_keys(key_set)
        except InvalidInput:
            text = "GenAuth's answer is not a key set"
            raise UnexpectedAnswer(text) from None

    def _age(self) -> float:
        return monotonic() - self._asked_at


def _unknown() -> TokenKeyUnknown:
    text = "the token is signed with a key that is not among the published ones"
    return TokenKeyUnknown(text)


def _notice(task: "asyncio.Task[None]") -> None:
    """Look at a failure even if nobody waits for it, or asyncio complains."""
    if not task.cancelled():
        task.exception()


async def checked_offline(
    token: object, keys: SigningKeys, expected: Expected, server_jwks: object = None
) -> TokenClaims:
    """Check a token.

    Args:
        token: It may be anything: it comes from outside.
        keys: What it may be signed with.
        expected: What it has to say.
        server_jwks: A key set to use instead of the published one.

    Raises:
        TokenRejected: It is not good.
    """
    if not isinstance(token, str):
        text = "the token is not text"
        raise TokenMalformed(text)
    token = Secret(token)
    library()
    header = header_of(token)
    if server_jwks is not None and header.alg != "HS256":
        claims = TokenClaims(claims_of(token, header, key_of_set(server_jwks, header)))
    else:
        key = keys.at_hand(header) or await keys.fetched(header)
        claims = TokenClaims(claims_of(token, header, key))
    try:
        expected.check(claims, epoch_seconds())
    except TokenRejected as refused:
        del claims  # they name people, and printers of tracebacks look into them
        raise refused.with_traceback(None) from None
    return claims
