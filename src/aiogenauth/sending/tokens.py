"""Where calls take their access token from: the caller, the environment, or a function of the caller."""

import asyncio
import inspect
import math
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from datetime import UTC, datetime
from typing import Any, Final, cast

from attrs import define, field

from aiogenauth import shapes
from aiogenauth.clock import monotonic, utc_now
from aiogenauth.configuration import header_value, optional_secret
from aiogenauth.errors import AccessTokenMissing, ConfigurationError
from aiogenauth.protocol import Call, describe
from aiogenauth.redaction import Secret, sealed
from aiogenauth.vocabulary import checked_secret

Expiry = datetime | float
"""When a token ends: a moment, or seconds from now."""
TokenProvider = Callable[[], Awaitable["str | tuple[str, Expiry] | shapes.SignIn"]]
"""An async function that gets an access token: alone, with its expiry, or as a sign-in's result."""
OnRefresh = Callable[["shapes.SignIn"], Awaitable[object]]
"""An async function that stores new tokens. They are used once it has returned."""

RENEW_BEFORE: Final = 30.0
"""Seconds before its end at which a token with a known end is replaced; half its life for a shorter one."""


@define(eq=False)
class TokenSource:
    """Asks the provider for a token, and keeps one as long as it says that it lives.

    A token that says nothing of its life goes to the calls that waited for it, and to no other: the
    next call may be made for another user. It survives the end of an event loop.

    Attributes:
        provider: A function of the caller.
        is_of_one_user: It belongs to one user, so that all who wait may share one question.
            Otherwise those do whose context variables are the same, as a web application keeps
            the user of a request there; and all do once it gave a token that is kept for all.
        keeps_all: It keeps a token that says nothing of its life until it is refused.
    """

    provider: TokenProvider = field(repr=False)
    is_of_one_user: bool = False
    keeps_all: bool = False
    _token: Secret | None = field(default=None, init=False)
    _good_until: float = field(default=-math.inf, init=False)
    _open: "list[_Question]" = field(factory=list["_Question"], init=False, repr=False)

    async def token(self) -> Secret:
        """Return the token at hand, else ask for one.

        Who stops waiting, at a deadline for instance, takes the question away if nobody else waits
        for it, so that one that hangs is asked again.
        """
        if self._token is not None and monotonic() < self._good_until:
            return self._token
        question = self._joined() or self._asked()
        question.waiting += 1
        try:
            return await asyncio.shield(question.task)
        finally:
            question.waiting -= 1
            if not question.waiting:
                self._let_go(question)

    def forget(self, token: Secret | None) -> None:
        """Drop a token that was refused, unless a newer one is here already."""
        if self._token == token:
            self._token = None

    def hold(self, tokens: "shapes.SignIn") -> None:
        """Begin with tokens that are here already.

        Raises:
            ConfigurationError: The access token cannot stand in a header.
        """
        self._keep(*_read(tokens))

    def _joined(self) -> "_Question | None":
        loop, context = asyncio.get_running_loop(), copy_context()
        is_shared = self.is_of_one_user or self._good_until > -math.inf
        for each in self._open:
            if each.task.get_loop() is loop and (is_shared or each.context == context):
                return each
        return None

    def _asked(self) -> "_Question":
        question = _Question(asyncio.create_task(self._ask()), copy_context())
        question.task.add_done_callback(notice)
        self._open.append(question)
        return question

    def _let_go(self, question: "_Question") -> None:
        if question in self._open:
            self._open.remove(question)
        question.task.cancel()

    async def _ask(self) -> Secret:
        asked: object = self.provider()
        if not inspect.isawaitable(asked):
            text = "access_token: the function must be `async def`, or return an awaitable"
            raise ConfigurationError(text).with_facts(field="access_token")
        token, good_until = _read(sealed(await asked))
        self._keep(token, good_until)
        return token

    def _keep(self, token: Secret, good_until: float | None) -> None:
        if good_until is not None or self.keeps_all:
            self._token, self._good_until = token, math.inf if good_until is None else good_until


@define(eq=False, repr=False)
class _Question:
    """A question to a provider that is open, and how many wait for its answer."""

    task: "asyncio.Task[Secret]"
    context: Context
    waiting: int = 0


def _read(answer: object) -> tuple[Secret, float | None]:
    """Return the token that a provider gave, and until when on `monotonic` it may be kept."""
    left: float | None = None
    life: float | None = None
    token = answer
    if isinstance(answer, tuple):
        token, *rest = cast("tuple[object, ...]", answer) or (None,)
        left = _seconds_left(rest[0]) if len(rest) == 1 else None
        token = token if left is not None else None
    elif not isinstance(answer, str) and isinstance(answer, shapes.SignIn):
        left = _seconds_left(
            answer.expires_at if answer.expires_at is not None else answer.expires_in
        )
        life, token = answer.expires_in, answer.access_token
    if not isinstance(token, str):
        text = (
            "access_token: the provider must return a token string, a pair of it and its expiry "
            "(a datetime, or seconds from now), or the result of a sign-in"
        )
        raise ConfigurationError(text).with_facts(field="access_token")
    secret = Secret(header_value(sealed(token), "access_token"))
    if left is None:
        return secret, None
    return secret, monotonic() + left - min(RENEW_BEFORE, (life or left) / 2)


def _seconds_left(expiry: object) -> float | None:
    if isinstance(expiry, datetime):
        end = expiry if expiry.tzinfo is not None else expiry.replace(tzinfo=UTC)
        return (end - utc_now()).total_seconds()
    if not isinstance(expiry, (int, float)) or isinstance(expiry, bool):
        return None
    return float(expiry) if math.isfinite(expiry) else None


def of_client(access_token: str | TokenProvider | None) -> Secret | TokenSource | None:
    """Make what a client's calls take their token from; the environment may give it, or nobody.

    Raises:
        ConfigurationError: The token is empty, or cannot stand in a header.
    """
    if callable(access_token):
        return TokenSource(access_token)
    if access_token == "":
        text = "access_token: is empty; leave it out to take GENAUTH_ACCESS_TOKEN, or nobody's"
        raise ConfigurationError(text).with_facts(field="access_token")
    return optional_secret(access_token, "access_token")


def of_user(access_token: str | TokenProvider) -> Secret | TokenSource:
    """Make what the calls of one user take their token from.

    Raises:
        InvalidInput: The token cannot be one.
    """
    if callable(access_token):
        return TokenSource(access_token, is_of_one_user=True)
    return checked_secret(access_token, "access_token")


def no_token(call: Call[object]) -> AccessTokenMissing:
    """Return the error of a call that needs a user; it names the ways to give one."""
    message = (
        f"{describe(call)} needs a signed-in user: pass access_token=..., "
        "set GENAUTH_ACCESS_TOKEN, or make the call on client.as_user(access_token)"
    )
    return AccessTokenMissing(message).with_facts(field="access_token")


def notice(task: "asyncio.Task[Any]") -> None:
    """Read the failure even if nobody waits any more; asyncio warns of one that was never read."""
    if not task.cancelled():
        task.exception()
