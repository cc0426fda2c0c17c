"""Messages that arrive in Redis, whichever process sends them, for whoever waits for one in this process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from genauth_mock.store.redis import PREFIX
from genauth_mock.store.subscription import Subscription

if TYPE_CHECKING:
    from redis.asyncio import Redis


class Arrivals:
    """Tells who waits that a message has arrived; implements `genauth_mock.store.subscription.Listener`."""

    def __init__(self, client: Redis, where: str) -> None:
        self._next: dict[str, asyncio.Event] = {}
        self._subscription = Subscription(client, where, f"{PREFIX}:*:outbox:arrived", self)

    async def next_in(self, ring: str) -> asyncio.Event:
        """Give what is set when the next message arrives in a ring, or when nothing is heard any more."""
        await self._subscription.begin()
        return self._next.setdefault(f"{ring}:arrived", asyncio.Event())

    def close(self) -> None:
        """Listen no more."""
        self._subscription.close()

    def heard(self, channel: str, said: str) -> None:  # noqa: ARG002 - whoever waits looks for itself
        """Wake whoever waits for a message in a ring."""
        arrived = self._next.pop(channel, None)
        if arrived is not None:
            arrived.set()

    def lost(self) -> None:
        """Wake everybody."""
        for channel in list(self._next):
            self.heard(channel, "")
