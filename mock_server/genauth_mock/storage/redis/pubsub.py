"""Receives on one connection what other processes publish in Redis.

Readers wait on an `asyncio.Event` of this process, not on Redis: a wait that is cancelled while redis-py reads or
connects may never end, and one connection per reader would be too many.
"""

from __future__ import annotations

import asyncio
import logging
from secrets import token_hex
from typing import TYPE_CHECKING, Final, Protocol, cast

from genauth_mock.storage.interfaces import StoreUnreachable
from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.storage.redis.records import PREFIX
from genauth_mock.storage.serialization import STRAY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redis.asyncio import Redis


log = logging.getLogger("genauth_mock")


class Listener(Protocol):
    """Whom something is published for."""

    def heard(self, channel: str, said: str) -> None:
        """Take what was published on a channel."""
        ...

    def lost(self) -> None:
        """End the subscription: those who wait have to look for themselves."""
        ...


class Subscription:
    """Hears what is published, from the first time that somebody waits for it.

    Args:
        client: The Redis.
        where: How it is named to people.
        pattern: The channels, as ``PSUBSCRIBE`` takes them.
        listener: Whom it is for.
    """

    def __init__(self, client: Redis, where: str, pattern: str, listener: Listener) -> None:
        self._redis = client
        self._where = where
        self._pattern = pattern
        self._listener = listener
        self._begun = asyncio.Event()
        self._hearing: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Return as soon as nothing that is published is missed any more; at once where that is so already."""
        if self._hearing is None or self._hearing.done():
            self._begun.clear()
            self._hearing = asyncio.create_task(self._listen())
        await self._begun.wait()

    def close(self) -> None:
        """End the subscription."""
        if self._hearing is not None:
            self._hearing.cancel()

    async def _listen(self) -> None:
        try:
            await self._heard()
        except StoreUnreachable as error:
            log.warning("nothing is heard of other processes: %s", error)
        finally:
            self._begun.set()  # nobody waits for ever for what cannot be heard
            self._listener.lost()

    async def _heard(self) -> None:
        with translate_errors(self._where):
            async with self._redis.pubsub() as heard:  # pyright: ignore[reportUnknownMemberType]  # untyped options
                await heard.psubscribe(self._pattern)
                async for said in heard.listen():  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  # untyped words
                    self._begun.set()  # the first word says that Redis took the subscription
                    if said["type"] == "pmessage":
                        channel, data = cast("tuple[bytes, bytes]", (said["channel"], said["data"]))
                        self._listener.heard(channel.decode(), data.decode(errors=STRAY_BYTES))


CHANNEL: Final = f"{PREFIX}-called"


class Broadcast:
    """Sends words to the other processes, and runs a handler for each word received.

    Args:
        client: The Redis between them.
        where: How it is named to people.
        answers: The handler of an app id, by word.
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
        """Send a word to the other processes."""
        with translate_errors(self._where):
            await self._redis.publish(CHANNEL, f"{self._me} {word} {app_id}")  # pyright: ignore[reportUnknownMemberType]  # untyped options

    async def hear(self) -> None:
        """Return once every later word will be received."""
        await self._subscription.begin()

    def close(self) -> None:
        """End the subscription."""
        self._subscription.close()

    def heard(self, channel: str, said: str) -> None:  # noqa: ARG002 - whoever waits looks for itself
        """Run the handler of another process's word."""
        caller, word, app_id = said.split(" ", 2)
        if caller != self._me:
            self._answers[word](app_id)

    def lost(self) -> None:
        """Do nothing: nobody waits for a call."""
