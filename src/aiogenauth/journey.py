"""Where one call stands between its first attempt and its end, and the error it ends with."""

import asyncio

from attrs import define, field

from aiogenauth.clock import monotonic, seconds_since
from aiogenauth.errors import GenAuthError, NotDelivered, OutcomeUnknown
from aiogenauth.protocol import Call, describe
from aiogenauth.retry import leaves_outcome_unknown
from aiogenauth.secrets import Secret
from aiogenauth.tokens import TokenSource


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
