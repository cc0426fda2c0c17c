"""The one loop that every call goes through: token, attempt, verdict, perhaps once more."""

import asyncio
import random
from typing import TYPE_CHECKING, TypeVar

from attrs import define, field, frozen

from aiogenauth.clock import monotonic, seconds_since
from aiogenauth.configuration import Options, Settings
from aiogenauth.errors import GenAuthError, NotDelivered, NotSignedIn, OutcomeUnknown
from aiogenauth.protocol import Call, Login, Request, Transport, describe
from aiogenauth.redaction import Secret
from aiogenauth.sending import hooks as telemetry
from aiogenauth.sending.headers import (
    CONTENT_TYPE,
    Headers,
    app_proven,
    base_headers,
    signed,
)
from aiogenauth.sending.hooks import Attempt, Hooks
from aiogenauth.sending.interpretation import interpret
from aiogenauth.sending.retry import RetryRule, leaves_outcome_unknown, wait_before_retry
from aiogenauth.sending.tokens import TokenSource, no_token

if TYPE_CHECKING:
    from tenacity import RetryCallState


@define
class Journey:
    """Where one call stands.

    Attributes:
        began: When the call began, on `monotonic`.
        deadline: When it has to be over.
        attempts: How often the request was sent.
        token: What a provider gave for the last attempt.
        is_asking: A provider was asked for a token and has given none: what is raised is its own.
        was_renewed: A refused token was dropped; that is done once.
    """

    began: float
    deadline: float
    attempts: int = 0
    token: Secret | None = field(default=None, repr=False)
    is_asking: bool = False
    was_renewed: bool = False

    def seconds_left(self) -> float:
        """Give the seconds until the deadline; fewer than none when it has passed."""
        return self.deadline - monotonic()

    async def token_from(self, source: TokenSource) -> Secret:
        """Get a token from a provider before the deadline. What the provider raises is its own.

        Raises:
            NotDelivered: The deadline came first.
        """
        self.is_asking = True
        limit = asyncio.timeout(self.seconds_left())
        try:
            async with limit:
                token = await source.token()
        except TimeoutError:
            if not limit.expired():
                raise
            self.is_asking = False
            text = "the token provider gave no access token before the deadline; nothing was sent"
            raise NotDelivered(text).having(phase="token") from None
        self.is_asking, self.token = False, token
        return token

    def ended(self, call: Call[object], error: GenAuthError) -> GenAuthError:
        """Turn what the last attempt ended with into what the call ends with."""
        endpoint = call.endpoint
        if leaves_outcome_unknown(endpoint.kind, error) or isinstance(error, OutcomeUnknown):
            ended: GenAuthError = endpoint.unknown(f"{describe(call)}: outcome unknown: {error}")
            ended.__cause__ = error.__cause__ if isinstance(error, OutcomeUnknown) else error
        elif isinstance(error, NotDelivered):
            ended = NotDelivered(f"{describe(call)}: {error}")
            ended.__cause__ = error.__cause__
        else:
            ended = error
        return ended.having(**vars(error)).having(
            endpoint=endpoint.where,
            phone=None if call.phone is None else str(call.phone),
            elapsed=seconds_since(self.began),
            attempts=self.attempts,
        )


T = TypeVar("T")


@frozen
class Courier:
    """Carries the calls of one user with one set of options. Views share its transport.

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
    _signed: Headers = field(init=False, repr=False)
    _secrets: tuple[str, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Prepare what all calls of this view have in common."""
        base = base_headers(self.settings, self.options.lang)
        token = self.tokens if isinstance(self.tokens, Secret) else None
        with_token = base if token is None else signed(base, self.settings, token)
        secrets = tuple(each for each in (self.settings.app_secret, token) if each is not None)
        for name, value in (("_base", base), ("_signed", with_token), ("_secrets", secrets)):
            object.__setattr__(self, name, value)

    async def carry(self, call: Call[T]) -> T:
        """Make a call and give its result, or raise the one error that says what happened.

        Raises:
            GenAuthError: One of its leaves.
        """
        if not telemetry.is_on():
            return await self.deliver(call)
        with telemetry.span(call.endpoint):
            return await self.deliver(call)

    async def deliver(self, call: Call[T], *, spare: float = 0.0) -> T:
        """Carry a call without a span of its own.

        Args:
            call: What to ask for.
            spare: Seconds before the deadline that are left for what comes afterwards.

        Raises:
            GenAuthError: One of its leaves.
        """
        now = monotonic()
        journey = Journey(now, now + self.options.deadline - spare)
        try:
            return await self._send(call, journey)
        except GenAuthError as error:
            if journey.is_asking:
                raise
            failed = error
        try:
            return await self._go_on(call, journey, failed)
        except GenAuthError as error:
            if journey.is_asking:
                raise
            failed = error
        # Raised out here, so that an attempt's error is not chained to itself.
        raise journey.ended(call, failed)

    async def _go_on(self, call: Call[T], journey: Journey, failed: GenAuthError) -> T:
        """Try again as often as the rule allows, or end with the error of the last attempt."""
        if self._may_renew(failed, journey):
            try:
                return await self._send(call, journey)
            except GenAuthError as error:
                if journey.is_asking:
                    raise
                failed = error
        rule = RetryRule(call.endpoint.kind, self.options.retries)
        if not rule.may_send_again(failed, journey.attempts, journey.seconds_left()):
            raise failed
        return await self._retry(call, journey, failed, rule)

    async def _retry(
        self, call: Call[T], journey: Journey, failed: GenAuthError, rule: RetryRule
    ) -> T:
        """Wait and send again, until the rule says that it is enough."""
        from tenacity import AsyncRetrying  # noqa: PLC0415 - needed after a loss only

        earlier = [failed]

        async def attempt() -> T:
            if earlier:
                raise earlier.pop()
            return await self._attempt(call, journey)

        def may_go_on(state: "RetryCallState") -> bool:
            error = None if journey.is_asking else _error_of(state)
            left = journey.seconds_left()
            return error is not None and rule.may_send_again(error, journey.attempts, left)

        def wait(state: "RetryCallState") -> float:
            error = _error_of(state)
            asked = None if error is None else error.retry_after
            luck, left = random.random(), journey.seconds_left()  # noqa: S311 - jitter
            return wait_before_retry(asked, journey.attempts, luck, left)

        return await AsyncRetrying(retry=may_go_on, wait=wait, reraise=True)(attempt)

    async def _attempt(self, call: Call[T], journey: Journey) -> T:
        """Send once; once more with a new token if the one from a provider was refused."""
        try:
            return await self._send(call, journey)
        except NotSignedIn as refused:
            if not self._may_renew(refused, journey):
                raise
        return await self._send(call, journey)

    def _may_renew(self, error: GenAuthError, journey: Journey) -> bool:
        """Forget a refused token of a provider, once a call, so that the next attempt asks."""
        source = self.tokens
        if not isinstance(error, NotSignedIn) or not isinstance(source, TokenSource):
            return False
        may, journey.was_renewed = not (journey.was_renewed or journey.is_asking), True
        if may:
            source.forget(journey.token)
        return may

    async def _send(self, call: Call[T], journey: Journey) -> T:
        headers, secrets = self._base, self._secrets
        if call.endpoint.login is Login.NEVER:
            headers = app_proven(headers, self.settings)
        elif isinstance(self.tokens, TokenSource):
            token = await journey.token_from(self.tokens)
            headers, secrets = signed(headers, self.settings, token), (*secrets, token)
        elif self.tokens is not None:
            headers = self._signed
        elif call.endpoint.login is Login.REQUIRED:
            raise no_token(call)
        journey.attempts += 1
        request = self._request(call, headers, journey)
        if self.hooks.are_wanted:
            return await self._watched(call, request, journey, secrets)
        return interpret(call, await self.transport.send(request), secrets)

    def _request(self, call: Call[object], headers: Headers, journey: Journey) -> Request:
        endpoint = call.endpoint
        if call.content_type != "application/json":
            headers = headers.with_header(CONTENT_TYPE, call.content_type)
        seconds = max(0.001, min(self.options.timeout, journey.seconds_left()))
        url = self.settings.app_host + endpoint.path
        return Request(endpoint.method, url, headers, call.body, call.query, seconds)

    async def _watched(
        self, call: Call[T], request: Request, journey: Journey, secrets: tuple[str, ...]
    ) -> T:
        endpoint, phone = call.endpoint, None if call.phone is None else str(call.phone)
        attempt = Attempt(endpoint.name, endpoint.method, endpoint.where, journey.attempts, phone)
        self.hooks.begin(attempt)
        began = monotonic()
        try:
            result = interpret(call, await self.transport.send(request), secrets)
        except BaseException as exc:
            self.hooks.end(attempt, endpoint, seconds_since(began), exc)
            raise
        self.hooks.end(attempt, endpoint, seconds_since(began), None)
        return result


def _error_of(state: "RetryCallState") -> GenAuthError | None:
    error = None if state.outcome is None else state.outcome.exception()
    return error if isinstance(error, GenAuthError) else None
