"""What processes call to each other: a reset ends the waits in all of them, and a clock that is moved is looked at."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from genauth_mock.store.redis import PREFIX
from genauth_mock.store.redis_failures import unreachable_is_said
from genauth_mock.store.subscription import Subscription

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redis.asyncio import Redis

CHANNEL: Final = f"{PREFIX}-called"


class Calls:
    """Calls to the other processes, and hears them.

    Args:
        client: The Redis between them.
        where: How it is named to people.
        answers: What is done with an app id, by the word that is called.
    """

    def __init__(
        self, client: Redis, where: str, answers: Mapping[str, Callable[[str], None]]
    ) -> None:
        self._redis = client
        self._where = where
        self._answers = answers
        self._me = token_hex(8)
        self._subscription = Subscription(client, where, CHANNEL, self)

    async def call(self, word: str, app_id: str) -> None:
        """Call a word to the other processes."""
        with unreachable_is_said(self._where):
            await self._redis.publish(CHANNEL, f"{self._me} {word} {app_id}")  # pyright: ignore[reportUnknownMemberType]  # untyped options

    async def hear(self) -> None:
        """Return as soon as nothing that is called is missed any more."""
        await self._subscription.begin()

    def close(self) -> None:
        """Listen no more."""
        self._subscription.close()

    def heard(self, channel: str, said: str) -> None:  # noqa: ARG002 - there is only one
        """Do what another process calls for."""
        caller, word, app_id = said.split(" ", 2)
        if caller != self._me:
            self._answers[word](app_id)

    def lost(self) -> None:
        """Do nothing: nobody waits for a call."""
