"""The messages of every app in this process's memory."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import define, field

from genauth_mock.outbox import (
    MOST_ENDED,
    OUTBOX_SIZE,
    Message,
    Wanted,
    has_ended,
    recipient,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from genauth_mock.pass_code import PassCode

DROPPED_AT_ONCE: Final = 2
"""How many old messages a new one may push out: more than one, so that a ring shrinks again after a rush."""


@define
class _Ring:
    """The messages of one app.

    Attributes:
        codes: What the messages carry, by cursor, oldest first.
        newest: The cursor of each recipient's newest message.
        earlier: For a message that was not its recipient's first, the cursor of the one before.
    """

    cursor: int = 0
    codes: dict[int, PassCode] = field(factory=dict[int, "PassCode"])
    newest: dict[str, int] = field(factory=dict[str, int])
    earlier: dict[int, int] = field(factory=dict[int, int])
    arrived: asyncio.Event | None = None


class MemoryOutbox:
    """The messages of every app; implements `Outbox`."""

    def __init__(self, size: int = OUTBOX_SIZE, most_ended: int = MOST_ENDED) -> None:
        self._size = size
        self._most_ended = min(size, most_ended)
        self._apps: defaultdict[str, _Ring] = defaultdict(_Ring)

    async def add(self, app_id: str, code: PassCode) -> Message:
        """Put a message in, and wake whoever waits for one."""
        ring = self._apps[app_id]
        cursor = ring.cursor = ring.cursor + 1
        ring.codes[cursor] = code
        to = recipient(code)
        before = ring.newest.get(to)
        if before is not None:
            ring.earlier[cursor] = before
        ring.newest[to] = cursor
        if len(ring.codes) > self._most_ended:
            self._drop_old(ring, code.sent_at)
        if ring.arrived is not None:
            ring.arrived.set()
            ring.arrived = None
        return Message(cursor, app_id, code)

    async def update(self, app_id: str, code: PassCode) -> None:
        """Show a code as it is now."""
        ring = self._apps[app_id]
        cursor = ring.newest.get(recipient(code))
        while cursor in ring.codes:
            shown = ring.codes[cursor]
            if shown.code_id == code.code_id:
                ring.codes[cursor] = code
            elif shown.sent_at < code.sent_at:
                return
            cursor = ring.earlier.get(cursor)

    async def find(self, app_id: str, wanted: Wanted) -> list[Message]:
        """Find messages, newest first."""
        ring = self._apps.get(app_id)
        if ring is None:
            return []
        found = (
            Message(cursor, app_id, code)
            for cursor in _newest_first(ring, wanted)
            if wanted.takes(code := ring.codes[cursor])
        )
        return list(islice(found, wanted.limit))

    async def cursor(self, app_id: str) -> int:
        """Give the cursor of the newest message of an app."""
        ring = self._apps.get(app_id)
        return 0 if ring is None else ring.cursor

    async def wait(self, app_id: str, wanted: Wanted, seconds: float) -> list[Message]:
        """Find messages, waiting for one to arrive where there is none yet."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := await self.find(app_id, wanted)):
                    await self._next_arrival(app_id)
                return found
        except TimeoutError:
            return []

    async def forget(self, app_id: str) -> None:
        """Empty an app's ring."""
        ring = self._apps.get(app_id)
        if ring is not None:
            ring.codes.clear()
            ring.newest.clear()
            ring.earlier.clear()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _drop_old(self, ring: _Ring, now: datetime) -> None:
        for _ in range(DROPPED_AT_ONCE):
            # Cursors follow each other without a gap. To ask the dict for its first key would cost more
            # with every key deleted before it.
            cursor = ring.cursor - len(ring.codes) + 1
            code = ring.codes[cursor]
            is_needed = len(ring.codes) <= self._size and not has_ended(code, now)
            if is_needed or len(ring.codes) <= self._most_ended:
                return
            _drop(ring, cursor, recipient(code))

    async def _next_arrival(self, app_id: str) -> None:
        ring = self._apps[app_id]
        if ring.arrived is None:
            ring.arrived = asyncio.Event()
        await ring.arrived.wait()


def _newest_first(ring: _Ring, wanted: Wanted) -> Iterator[int]:
    cursors = reversed(ring.codes) if wanted.to is None else _of_recipient(ring, wanted.to)
    for cursor in cursors:
        if cursor <= wanted.after:
            return
        yield cursor


def _of_recipient(ring: _Ring, to: str) -> Iterator[int]:
    """Give the cursors of a recipient's messages, newest first; the oldest may point at one that is gone."""
    cursor = ring.newest.get(to)
    while cursor in ring.codes:
        yield cursor
        cursor = ring.earlier.get(cursor)


def _drop(ring: _Ring, cursor: int, to: str) -> None:
    del ring.codes[cursor]
    ring.earlier.pop(cursor, None)
    if ring.newest[to] == cursor:
        del ring.newest[to]
