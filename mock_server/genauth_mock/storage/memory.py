"""The state of every app in this process's memory."""

from __future__ import annotations

import heapq
import math
from collections import OrderedDict, defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from attrs import field

from genauth_mock.engine.value import define
from genauth_mock.engine.waiting import Signal, time_limit
from genauth_mock.storage.interfaces import (
    GRACE,
    MOST_ENDED,
    MOST_EXPIRED,
    OUTBOX_SIZE,
    Message,
    Wanted,
    has_ended,
    recipient,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.engine.records import Record, Records
    from genauth_mock.storage.interfaces import Answer


MOST_APPS: Final = 10_000
"""How many apps are kept at most: an app that is merely named takes 3 KiB."""

SWEPT_AT_ONCE: Final = 2_000
"""How many records one sweep forgets at most: more than can be written between two, so that memory stays flat."""

BETWEEN_SWEEPS: Final = timedelta(milliseconds=10)
"""How much of the app's time passes between two sweeps: looking costs more than filing a record."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_GRACE_SECONDS: Final = GRACE.total_seconds()


class MemoryRecords:
    """The records of one app; implements `Records`."""

    def __init__(self, most_expired: int = MOST_EXPIRED) -> None:
        self._kinds: defaultdict[type[object], dict[str, Any]] = defaultdict(dict)
        self._expiring: dict[int, list[str | object]] = {}
        self._seconds: list[int] = []
        self._expiring_count = 0
        self._ending_at: datetime | None = None
        self._ending: list[str | object] = []
        self._most_expired = most_expired
        self._swept_at = self._sweep_at = _NEVER

    def get(self, kind: type[Record], key: str) -> Record | None:
        """Look a record up."""
        found: Record | None = self._kinds[kind].get(key)
        return found

    def put(self, key: str, record: object, expires_at: datetime | None = None) -> None:
        """File a record; see `Records.put`."""
        self._kinds[type(record)][key] = record
        if expires_at is not None:
            if (
                expires_at is not self._ending_at
            ):  # one call mostly files several that expire together
                self._ending_at, self._ending = expires_at, self._ending_with(expires_at)
            self._ending.append(key)
            self._ending.append(record)
            self._expiring_count += 1

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record."""
        self._kinds[kind].pop(key, None)

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Return every record of one type, oldest first."""
        return [record for _, record in self.filed(kind)]

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Return every record of one type with its key, oldest first."""
        return list(cast("dict[str, Record]", self._kinds[kind]).items())

    def sweep(self, now: datetime) -> None:
        """Clear away some of what is to be forgotten: past its grace, or expired where there is too much of it."""
        if not self._seconds or self._swept_at <= now < self._sweep_at:
            return
        self._swept_at, self._sweep_at = now, now + BETWEEN_SWEEPS
        moment = now.timestamp()
        for _ in range(SWEPT_AT_ONCE):
            grace = _GRACE_SECONDS if self._expiring_count <= self._most_expired else 0.0
            if not self._seconds or self._seconds[0] + grace > moment:
                return
            self._forget_one(self._seconds[0])

    def _ending_with(self, expires_at: datetime) -> list[str | object]:
        """Return what expires in the same second: keys and records alternating, since pairs would take more memory."""
        second = math.ceil(expires_at.timestamp())
        ending = self._expiring.get(second)
        if ending is None:
            ending = self._expiring[second] = []
            heapq.heappush(self._seconds, second)
        return ending

    def _forget_one(self, second: int) -> None:
        ending = self._expiring[second]
        record, key = ending.pop(), cast("str", ending.pop())
        self._expiring_count -= 1
        if not ending:
            heapq.heappop(self._seconds)
            del self._expiring[second]
            self._ending_at = None
        filed = self._kinds[type(record)]
        if filed.get(key) is record:
            del filed[key]


class MemoryStore:
    """The records of every app; implements `Store`.

    A transaction is atomic because it never awaits, and holds a lock: clients in several threads may share a store.
    """

    may_retry: ClassVar[bool] = False

    def __init__(self, most_expired: int = MOST_EXPIRED, most_apps: int = MOST_APPS) -> None:
        self._apps: OrderedDict[str, MemoryRecords] = OrderedDict()
        self._most_expired = most_expired
        self._lock = Lock()
        self._latest: MemoryRecords | None = None
        self._most_apps = most_apps
        self._lasting: frozenset[str] = frozenset()
        self._forgotten: Callable[[str], None] | None = None

    def bound(self, lasting: frozenset[str], forgotten: Callable[[str], None]) -> None:
        """Forget the app that was unused the longest where there are too many.

        Args:
            lasting: The apps that stay, whatever happens.
            forgotten: Told of each app that is forgotten.
        """
        self._lasting, self._forgotten = lasting, forgotten

    async def transact(self, app_id: str, operation: Callable[[Records], Answer]) -> Answer:
        """Run ``operation`` at once."""
        records = self._apps.get(app_id)
        if records is None:
            records = self._begun(app_id)
        with self._lock:
            if records is not self._latest:
                self._latest = records
                if app_id in self._apps:
                    self._apps.move_to_end(app_id)
            return operation(records)

    def _begun(self, app_id: str) -> MemoryRecords:
        with self._lock:
            records = self._apps.setdefault(app_id, MemoryRecords(self._most_expired))
            if len(self._apps) > self._most_apps and self._forgotten is not None:
                self._forget_unused(self._forgotten)
            return records

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        self._apps.pop(app_id, None)

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have records."""
        return list(self._apps)

    async def check(self) -> None:
        """Do nothing: memory is always available."""

    async def evicting_policy(self) -> str | None:
        """Return None: nothing that an app needs is dropped."""
        return None

    async def close(self) -> None:
        """Do nothing: there are no connections."""

    def _forget_unused(self, forgotten: Callable[[str], None]) -> None:
        *others, _ = islice(self._apps, len(self._lasting) + 2)
        for app_id in others:
            if app_id not in self._lasting:
                del self._apps[app_id]
                forgotten(app_id)
                return


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
    arrived: Signal | None = None


class MemoryOutbox:
    """The messages of every app; implements `Outbox`. Like the store, it holds a lock while it changes or looks."""

    def __init__(self, size: int = OUTBOX_SIZE, most_ended: int = MOST_ENDED) -> None:
        self._lock = Lock()
        self._size = size
        self._most_ended = min(size, most_ended)
        self._apps: defaultdict[str, _Ring] = defaultdict(_Ring)

    async def add(self, app_id: str, code: PassCode) -> Message:
        """Add a message, and wake the readers that wait."""
        to = recipient(code)
        with self._lock:
            ring = self._apps[app_id]
            cursor = ring.cursor = ring.cursor + 1
            ring.codes[cursor] = code
            before = ring.newest.get(to)
            if before is not None:
                ring.earlier[cursor] = before
            ring.newest[to] = cursor
            if len(ring.codes) > self._most_ended:
                self._drop_old(ring, code.sent_at)
            arrived, ring.arrived = ring.arrived, None
        if arrived is not None:
            arrived.set()
        return Message(cursor, app_id, code)

    async def update(self, app_id: str, code: PassCode) -> None:
        """Show a code as it is now."""
        with self._lock:
            self._show(self._apps[app_id], code)

    def _show(self, ring: _Ring, code: PassCode) -> None:
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
        with self._lock:
            return list(islice(found, wanted.limit))

    async def cursor(self, app_id: str) -> int:
        """Return the cursor of the newest message of an app."""
        ring = self._apps.get(app_id)
        return 0 if ring is None else ring.cursor

    async def wait(self, app_id: str, wanted: Wanted, seconds: float) -> list[Message]:
        """Find messages, waiting for one to arrive where there is none yet."""
        found = await self.find(app_id, wanted)
        if found or seconds <= 0:
            return found
        ring = self._apps[app_id]
        with suppress(TimeoutError):
            async with time_limit(seconds):
                while not found:
                    with self._lock:
                        arrived = ring.arrived = ring.arrived or Signal()
                    found = await self.find(app_id, wanted)
                    if not found:
                        await arrived.wait()
        return found

    async def forget(self, app_id: str) -> None:
        """Empty an app's ring."""
        ring = self._apps.get(app_id)
        if ring is not None:
            with self._lock:
                ring.codes.clear()
                ring.newest.clear()
                ring.earlier.clear()

    def drop(self, app_id: str) -> None:
        """Forget an app and its cursor: nobody has used it for long."""
        ring = self._apps.pop(app_id, None)
        if ring is not None and ring.arrived is not None:
            ring.arrived.set()

    async def close(self) -> None:
        """Do nothing: there are no connections."""

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


def _newest_first(ring: _Ring, wanted: Wanted) -> Iterator[int]:
    cursors = reversed(ring.codes) if wanted.to is None else _of_recipient(ring, wanted.to)
    for cursor in cursors:
        if cursor <= wanted.after:
            return
        yield cursor


def _of_recipient(ring: _Ring, to: str) -> Iterator[int]:
    """Yield the cursors of a recipient's messages, newest first; the oldest may point at one that is gone."""
    cursor = ring.newest.get(to)
    while cursor in ring.codes:
        yield cursor
        cursor = ring.earlier.get(cursor)


def _drop(ring: _Ring, cursor: int, to: str) -> None:
    del ring.codes[cursor]
    ring.earlier.pop(cursor, None)
    if ring.newest[to] == cursor:
        del ring.newest[to]
