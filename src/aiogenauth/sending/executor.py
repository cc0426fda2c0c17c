"""The one loop that every call goes through: token, attempt, answer, perhaps once more."""

import asyncio
import random
from collections.abc import Awaitable, Coroutine
from typing import Any, Final, Generic, TypeVar, cast
from urllib.parse import urlencode

from attrs import define, field, frozen

from aiogenauth.clock import monotonic, seconds_since
from aiogenauth.configuration import Options, Settings
from aiogenauth.errors import GenAuthError, NotDelivered, NotSignedIn, OutcomeUnknown, Phase
from aiogenauth.protocol import AUTHORIZATION, JSON, Auth, Call, Request, Transport, describe
from aiogenauth.redaction import Hidden, Secret
from aiogenauth.sending import hooks as telemetry
from aiogenauth.sending.headers import (
    CONTENT_TYPE,
    Headers,
    base_headers,
    secrets_sent,
    with_access_token,
    with_client_secret,
)
from aiogenauth.sending.hooks import Hooks
from aiogenauth.sending.interpretation import interpret
from aiogenauth.sending.retry import RetryRule, leaves_outcome_unknown, wait_before_retry
from aiogenauth.sending.tokens import TokenSource, no_token

T = TypeVar("T")

_REQUIRED: Final = Auth.REQUIRED
_NEVER: Final = Auth.NEVER
_EXPLICIT: Final = Auth.EXPLICIT
"""Members of an enumeration by name: up to Python 3.11 its own way to them is a slow one."""


@define(eq=False, repr=False)
class CallState:
    """Where one call stands.

    Attributes:
        began: When the call began, on `monotonic`.
        deadline: When it has to be over.
        attempts: How often the request was sent.
        token: What a provider gave for the last attempt.
        is_in_callers_code: A token provider or a callback was called and has not returned: what is
            raised is its own.
        was_renewed: A refused token was dropped; that is done once.
    """

    began: float
    deadline: float
    attempts: int = 0
    token: Secret | None = field(default=None, repr=False)
    is_in_callers_code: bool = False
    was_renewed: bool = False

    def seconds_left(self) -> float:
        """Return the seconds until the deadline; fewer than none when it has passed."""
        return self.deadline - monotonic()

    async def token_from(self, source: TokenSource) -> Secret:
        """Get a token from a provider before the deadline. What the provider raises is its own.

        Raises:
            NotDelivered: The deadline came first.
        """
        self.token = token = await self.of_caller(
            source.token(), "the token provider gave no access token", "token"
        )
        return token

    async def of_caller(self, awaited: Awaitable[T], late: str, phase: Phase) -> T:
        """Wait for code of the caller until the deadline. What it raises is its own.

        Args:
            awaited: What the caller's function returned.
            late: What did not happen.
            phase: Of the call.

        Raises:
            NotDelivered: The deadline came first.
        """
        self.is_in_callers_code = True
        limit = asyncio.timeout(self.seconds_left())
        try:
            async with limit:
                result = await awaited
        except TimeoutError:
            if not limit.expired():
                raise
            self.is_in_callers_code = False
            message = f"{late} before the deadline; nothing was sent"
            raise NotDelivered(message).with_facts(phase=phase) from None
        self.is_in_callers_code = False
        return result

    def ended(self, call: Call[object], error: GenAuthError) -> GenAuthError:
        """Turn what the last attempt ended with into what the call ends with."""
        endpoint = call.endpoint
        error.__traceback__ = None  # its frames hold headers and payloads
        if leaves_outcome_unknown(endpoint, error) or isinstance(error, OutcomeUnknown):
            ended: GenAuthError = endpoint.unknown_error(
                f"{describe(call)}: outcome unknown: {error}"
            )
            ended.__cause__ = error.__cause__ if isinstance(error, OutcomeUnknown) else error
        elif isinstance(error, NotDelivered):
            ended = NotDelivered(f"{describe(call)}: {error}")
            ended.__cause__ = error.__cause__
        else:
            ended = error
        return ended.with_facts(**vars(error)).with_facts(
            endpoint=endpoint.safe_path,
            phone=None if call.phone is None else str(call.phone),
            elapsed=seconds_since(self.began),
            attempts=self.attempts,
        )


@define(eq=False, repr=False)
class AttemptEnded(Generic[T]):
    """What an attempt ended with, while a callback looks at it; it shows nothing.

    Attributes:
        result: What to return.
        error: What to raise; were it raised already, it would be chained to what the callback raises.
    """

    result: T | None = field(repr=False)
    error: BaseException | None = field(repr=False)

    def result_or_raise(self) -> T:
        """Return the result, or raise the error."""
        error, self.error = self.error, None  # which will hold this frame
        if error is not None:
            raise error
        return cast("T", self.result)


@frozen(eq=False, repr=False)
class CallExecutor:
    """Makes the calls of one user with one set of options. Views share its transport.

    Attributes:
        settings: Who the client is.
        options: How long and how often.
        transport: Does the sending.
        tokens: The user's access token, a source of such, or None.
        hooks: Who wants to know.
    """

    settings: Settings
    options: Options
    transport: Transport = field(repr=False)
    tokens: Secret | TokenSource | None = field(repr=False)
    hooks: Hooks
    _base: Headers = field(init=False, repr=False)
    _with_token: Headers = field(init=False, repr=False)
    _secrets: tuple[str, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Prepare what all calls of this view have in common."""
        base = base_headers(self.settings, self.options.lang)
        token = self.tokens if isinstance(self.tokens, Secret) else None
        headers = base if token is None else with_access_token(base, self.settings, token)
        secrets = secrets_sent(self.settings, token)
        for name, value in (("_base", base), ("_with_token", headers), ("_secrets", secrets)):
            object.__setattr__(self, name, value)

    def execute(self, call: Call[T]) -> Coroutine[Any, Any, T]:
        """Make a call and return its result, or raise the one error that says what happened.

        Raises:
            GenAuthError: One of its leaves.
        """
        return self._in_span(call) if telemetry.is_on() else self.execute_without_span(call)

    async def _in_span(self, call: Call[T]) -> T:
        with telemetry.span(call.endpoint):
            return await self.execute_without_span(call)

    def begin(self, *, reserve: float = 0.0) -> CallState:
        """Return the state of a call that begins now.

        Args:
            reserve: Seconds before the deadline that are left for what comes afterwards.
        """
        now = monotonic()
        return CallState(now, now + self.options.deadline - reserve)

    async def execute_without_span(self, call: Call[T], begun: CallState | None = None) -> T:
        """Make a call, without a span of its own.

        Args:
            call: What to ask for.
            begun: Where it stands; given by who looks at it afterwards.

        Raises:
            GenAuthError: One of its leaves.
        """
        state = begun or self.begin()
        while True:
            try:
                return await self._send(call, state)
            except GenAuthError as error:
                if state.is_in_callers_code:
                    raise
                failed = error
            if self._may_renew(failed, state):
                continue
            rule = RetryRule(call.endpoint.is_safe, self.options.retries)
            if not rule.may_send_again(failed, state.attempts, state.seconds_left()):
                break
            jitter = random.random()  # noqa: S311 - spreads clients in time, and guards nothing
            left = state.seconds_left()
            wait = wait_before_retry(failed.retry_after, state.attempts, jitter, left)
            telemetry.log_retry(call.endpoint, failed, wait)
            await asyncio.sleep(wait)
        # Raised out here, so that an attempt's error is not chained to itself.
        raise state.ended(call, failed)

    def _may_renew(self, error: GenAuthError, state: CallState) -> bool:
        """Forget a refused token of a provider, once a call, so that the next attempt asks."""
        source = self.tokens
        if not isinstance(error, NotSignedIn) or not isinstance(source, TokenSource):
            return False
        may, state.was_renewed = not (state.was_renewed or state.is_in_callers_code), True
        if may:
            source.forget(state.token)
        return may

    async def _send(self, call: Call[T], state: CallState) -> T:
        headers, secrets, auth = self._base, self._secrets, call.endpoint.auth
        if auth is _NEVER:
            headers = with_client_secret(headers, self.settings)
        elif auth is _EXPLICIT:
            if call.authorization is not None:
                headers = headers.with_header(AUTHORIZATION, call.authorization)
                secrets = (*secrets, Secret(call.authorization.rpartition(" ")[2]))
        elif isinstance(self.tokens, TokenSource):
            token = await state.token_from(self.tokens)
            secrets = (*secrets, token)
            bearer = call.endpoint.takes_bearer
            headers = with_access_token(headers, self.settings, token, bearer=bearer)
        elif self.tokens is not None:
            headers = self._with_token
            if call.endpoint.takes_bearer:
                headers = with_access_token(headers, self.settings, self.tokens, bearer=True)
        elif auth is _REQUIRED:
            raise no_token(call)
        if self.hooks.enabled:
            return await self._watched(call, headers, state, secrets)
        state.attempts += 1
        request = self._request(call, headers, state)
        return interpret(call, await self.transport.send(request), secrets)

    def _request(self, call: Call[object], headers: Headers, state: CallState) -> Request:
        endpoint = call.endpoint
        if endpoint.content_type != JSON:
            headers = headers.with_header(CONTENT_TYPE, endpoint.content_type)
        seconds, left = self.options.timeout, state.deadline - monotonic()
        if left < seconds:
            seconds = max(0.001, left)
        url = self.settings.app_host + endpoint.path
        if call.query:  # encoded here, so that it is the same over every transport
            url = Hidden(f"{url}{'&' if '?' in url else '?'}{urlencode(call.query)}")
        return Request(endpoint.method, url, headers, call.body, None, seconds)

    async def _watched(
        self, call: Call[T], headers: Headers, state: CallState, secrets: tuple[str, ...]
    ) -> T:
        from aiogenauth.sending.attempts import Attempt  # noqa: PLC0415 - most look at none

        endpoint, phone = call.endpoint, None if call.phone is None else str(call.phone)
        number = state.attempts + 1
        attempt = Attempt(endpoint.name, endpoint.method, endpoint.safe_path, number, phone)
        state.is_in_callers_code = True
        awaited = self.hooks.begin(attempt)
        state.is_in_callers_code = False
        if awaited is not None:
            await state.of_caller(awaited, "on_request did not return", "connect")
        state.attempts = number
        request = self._request(call, headers, state)
        began = monotonic()
        ended = await self._ended(call, request, secrets)
        state.is_in_callers_code = True
        await self.hooks.end(attempt, endpoint, seconds_since(began), ended.error)
        state.is_in_callers_code = False
        return ended.result_or_raise()

    async def _ended(
        self, call: Call[T], request: Request, secrets: tuple[str, ...]
    ) -> AttemptEnded[T]:
        try:
            return AttemptEnded(interpret(call, await self.transport.send(request), secrets), None)
        except BaseException as exc:  # noqa: BLE001 - raised once the callback has seen it
            return AttemptEnded(None, exc)
