"""The messages of every app in Redis or Valkey, shared by all processes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.engine.pass_code import PassCode
from genauth_mock.http.connections import end_if_cancelled
from genauth_mock.storage.interfaces import (
    MOST_ENDED,
    OUTBOX_SIZE,
    Message,
    Wanted,
    recipient,
)
from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.storage.redis.pubsub import Subscription
from genauth_mock.storage.redis.records import PREFIX, base_of
from genauth_mock.storage.redis.scripts import ADD, FORGET_MESSAGES, UPDATE
from genauth_mock.storage.serialization import decode, encode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis


class Arrivals:
    """Wakes readers when a message arrives; implements `genauth_mock.storage.redis.pubsub.Listener`."""

    def __init__(self, client: Redis, where: str) -> None:
        self._next: dict[str, asyncio.Event] = {}
        self._subscription = Subscription(client, where, f"{PREFIX}:*:outbox:arrived", self)

    async def next_in(self, ring: str) -> asyncio.Event:
        """Return an event that is set when the next message arrives in a ring, or when the subscription ends."""
        await self._subscription.begin()
        return self._next.setdefault(f"{ring}:arrived", asyncio.Event())

    def close(self) -> None:
        """End the subscription."""
        self._subscription.close()

    def heard(self, channel: str, said: str) -> None:  # noqa: ARG002 - whoever waits looks for itself
        """Wake the readers that wait for a message in a ring."""
        arrived = self._next.pop(channel, None)
        if arrived is not None:
            arrived.set()

    def lost(self) -> None:
        """Wake everybody."""
        for channel in list(self._next):
            self.heard(channel, "")


_AT_ONCE: Final = 100
"""How many messages are looked at in one exchange with Redis."""

_ENDED: Final = 1_000_000
"""Progress of a code that has ended; one that has not has made as many steps as there were wrong attempts."""


class RedisOutbox:
    """The messages of every app; implements `Outbox`."""

    def __init__(
        self, client: Redis, where: str, size: int = OUTBOX_SIZE, most_ended: int = MOST_ENDED
    ) -> None:
        self._redis = client
        self._where = where
        self._size = size
        self._most_ended = min(size, most_ended)
        self._add = client.register_script(ADD)
        self._update = client.register_script(UPDATE)
        self._forget = client.register_script(FORGET_MESSAGES)
        self._arrivals = Arrivals(client, where)

    async def add(self, app_id: str, code: PassCode) -> Message:
        """Add a message, and notify every process."""
        now = _milliseconds(code.sent_at.timestamp())
        given: list[str | bytes | int] = [
            recipient(code),
            _written(code),
            self._size,
            self._most_ended,
            now,
        ]
        with translate_errors(self._where):
            cursor = await self._add(keys=[_ring(app_id)], args=given)
        return Message(int(cursor), app_id, code)

    async def update(self, app_id: str, code: PassCode) -> None:
        """Show a code as it is now; of two that are shown at once, the one further in its life stays."""
        given: list[str | bytes | int] = [
            recipient(code),
            code.code_id,
            _progress(code),
            _written(code),
        ]
        with translate_errors(self._where):
            await self._update(keys=[_ring(app_id)], args=given)

    async def find(self, app_id: str, wanted: Wanted) -> list[Message]:
        """Find messages, newest first."""
        found: list[Message] = []
        with translate_errors(self._where):
            async for cursor, written in self._newest_first(app_id, wanted):
                code = decode(PassCode, written.split(b"\n", 4)[4])
                if wanted.takes(code):
                    found.append(Message(cursor, app_id, code))
                if len(found) >= wanted.limit:
                    break
        return found

    async def cursor(self, app_id: str) -> int:
        """Return the cursor of the newest message of an app."""
        with translate_errors(self._where):
            cursor = await self._redis.hget(_ring(app_id), "cursor")
        return int(cursor or 0)

    async def wait(self, app_id: str, wanted: Wanted, seconds: float) -> list[Message]:
        """Find messages, waiting for any process to put one in where there is none yet."""
        found = await self.find(app_id, wanted)
        if found or seconds <= 0:
            return found
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while loop.time() < deadline:
            arrived = await self._arrivals.next_in(_ring(app_id))
            if found := await self.find(app_id, wanted):
                return found
            with suppress(TimeoutError):
                async with asyncio.timeout_at(deadline):
                    await arrived.wait()
            end_if_cancelled()
        return []

    async def forget(self, app_id: str) -> None:
        """Empty an app's ring."""
        with translate_errors(self._where):
            await self._forget(keys=[_ring(app_id)])

    async def close(self) -> None:
        """Close the connections."""
        self._arrivals.close()
        await self._redis.aclose()

    async def _newest_first(self, app_id: str, wanted: Wanted) -> AsyncIterator[tuple[int, bytes]]:
        ring = _ring(app_id)
        start = 0
        while cursors := await self._cursors(ring, wanted.to, start):
            wanted_cursors = [cursor for cursor in cursors if cursor > wanted.after]
            if not wanted_cursors:
                return
            keys = [f"{ring}:m:{cursor}" for cursor in wanted_cursors]
            messages = cast("list[bytes | None]", await self._redis.mget(keys))
            for cursor, written in zip(wanted_cursors, messages, strict=True):
                if written is not None:
                    yield cursor, written
            start += len(cursors)

    async def _cursors(self, ring: str, to: str | None, start: int) -> list[int]:
        if to is not None:
            listed = await self._redis.lrange(f"{ring}:to:{to}", start, start + _AT_ONCE - 1)
            return [int(cursor) for cursor in listed]
        marks = await self._redis.hmget(ring, ["cursor", "first"])
        newest, first = int(marks[0] or 0) - start, int(marks[1] or 1)
        return list(range(newest, max(newest - _AT_ONCE, first - 1), -1))


def _ring(app_id: str) -> str:
    return f"{base_of(app_id)}outbox"


def _written(code: PassCode) -> bytes:
    """Write a code after the lines that Redis itself looks at."""
    expires_at = _milliseconds(code.expires_at.timestamp())
    lines = f"{recipient(code)}\n{code.code_id}\n{_progress(code)}\n{expires_at}\n"
    return lines.encode() + encode(code)


def _progress(code: PassCode) -> int:
    return _ENDED if code.ended is not None else code.wrong_attempts


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
