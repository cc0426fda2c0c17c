"""Where calls take their access token from: the caller, the environment, or a function of the caller."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Final

from attrs import define, field

from aiogenauth import shapes
from aiogenauth.clock import monotonic, utc_now
from aiogenauth.configuration import header_value, optional_secret
from aiogenauth.errors import AccessTokenMissing, ConfigurationError
from aiogenauth.protocol import Call, describe
from aiogenauth.redaction import Secret, sealed
from aiogenauth.vocabulary import checked_secret

TokenProvider = Callable[[], Awaitable["str | shapes.SignIn"]]
"""An async function that gets an access token, as a string or as the result of a sign-in."""

RENEW_BEFORE: Final = 30.0
"""Seconds before its end at which a token with a known end is replaced; half its life for a shorter one."""


@define(eq=False)
class TokenSource:
    """Asks the provider for a token, keeps it, and asks again when it is no longer good.

    One source belongs to one user. It survives the end of an event loop.
    """

    provider: TokenProvider = field(repr=False)
    _token: Secret | None = field(default=None, init=False)
    _good_until: float | None = field(default=None, init=False)
    _asking: "asyncio.Task[Secret] | None" = field(default=None, init=False, repr=False)

    async def token(self) -> Secret:
        """Return the token at hand, else ask for one; all who wait share one question."""
        if self._token is not None and not self._is_over():
            return self._token
        if self._asking is None or not self._is_alive(self._asking):
            self._asking = asyncio.create_task(self._ask())
            self._asking.add_done_callback(_notice)
        return await asyncio.shield(self._asking)

    def forget(self, token: Secret | None) -> None:
        """Drop a token that was refused, unless a newer one is here already."""
        if self._token == token:
            self._token = None

    def hold(self, tokens: "shapes.SignIn") -> None:
        """Begin with tokens that are here already.

        Raises:
            ConfigurationError: The access token cannot stand in a header.
        """
        self._good_until = _good_until(tokens)
        self._token = Secret(header_value(Secret(tokens.access_token), "access_token"))

    async def _ask(self) -> Secret:
        answer = sealed(await self.provider())
        self._good_until = None
        token: object = answer
        if not isinstance(answer, str) and isinstance(answer, shapes.SignIn):  # pyright: ignore[reportUnnecessaryIsInstance] - callers without types
            self._good_until = _good_until(answer)
            token = sealed(answer.access_token)
        if not isinstance(token, str):
            message = (
                "access_token: the provider must return a token string, or the result of a sign-in"
            )
            raise ConfigurationError(message).with_facts(field="access_token")
        self._token = Secret(header_value(token, "access_token"))
        return self._token

    def _is_over(self) -> bool:
        return self._good_until is not None and monotonic() >= self._good_until

    @staticmethod
    def _is_alive(task: "asyncio.Task[Secret]") -> bool:
        return not task.done() and task.get_loop() is asyncio.get_running_loop()


def _good_until(tokens: "shapes.SignIn") -> float:
    """Return when tokens have to be replaced, on `monotonic`: shortly before they expire.

    Tokens that were kept somewhere say when that is, and those of an answer in how many seconds.
    """
    left = tokens.expires_in
    if tokens.expires_at is not None:
        end = tokens.expires_at
        end = end if end.tzinfo is not None else end.replace(tzinfo=UTC)
        left = (end - utc_now()).total_seconds()
    return monotonic() + left - min(RENEW_BEFORE, tokens.expires_in / 2)


def of_client(access_token: str | TokenProvider | None) -> Secret | TokenSource | None:
    """Make what a client's calls take their token from; the environment may give it, or nobody.

    Raises:
        ConfigurationError: The token cannot stand in a header.
    """
    if callable(access_token):
        return TokenSource(access_token)
    return optional_secret(access_token, "access_token")


def of_user(access_token: str | TokenProvider) -> Secret | TokenSource:
    """Make what the calls of one user take their token from.

    Raises:
        InvalidInput: The token cannot be one.
    """
    if callable(access_token):
        return TokenSource(access_token)
    return checked_secret(access_token, "access_token")


def no_token(call: Call[object]) -> AccessTokenMissing:
    """Return the error of a call that needs a user; it names the ways to give one."""
    message = (
        f"{describe(call)} needs a signed-in user: pass access_token=..., "
        "set GENAUTH_ACCESS_TOKEN, or make the call on client.as_user(access_token)"
    )
    return AccessTokenMissing(message).with_facts(field="access_token")


def _notice(task: "asyncio.Task[Secret]") -> None:
    """Read the failure even if nobody waits any more; asyncio warns of one that was never read."""
    if not task.cancelled():
        task.exception()
