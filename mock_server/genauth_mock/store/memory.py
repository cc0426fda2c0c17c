"""The state of every app in this process's memory."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from genauth_mock.store import GRACE, MOST_EXPIRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from genauth_mock.records import Record, Records
    from genauth_mock.store import Answer

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
        self._mortal: dict[int, list[str | object]] = {}
        self._seconds: list[int] = []
        self._mortal_count = 0
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
            self._mortal_count += 1

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record."""
        self._kinds[kind].pop(key, None)

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Give every record of one type, oldest first."""
        return [record for _, record in self.filed(kind)]

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Give every record of one type with its key, oldest first."""
        return list(cast("dict[str, Record]", self._kinds[kind]).items())

    def sweep(self, now: datetime) -> None:
        """Clear away some of what is to be forgotten: past its grace, or expired where there is too much of it."""
        if not self._seconds or self._swept_at <= now < self._sweep_at:
            return
        self._swept_at, self._sweep_at = now, now + BETWEEN_SWEEPS
        moment = now.timestamp()
        for _ in range(SWEPT_AT_ONCE):
            grace = _GRACE_SECONDS if self._mortal_count <= self._most_expired else 0.0
            if not self._seconds or self._seconds[0] + grace > moment:
                return
            self._forget_one(self._seconds[0])

    def _ending_with(self, expires_at: datetime) -> list[str | object]:
        """Give what expires in the same second: keys and records in turn, since pairs would take more memory."""
        second = math.ceil(expires_at.timestamp())
        ending = self._mortal.get(second)
        if ending is None:
            ending = self._mortal[second] = []
            heapq.heappush(self._seconds, second)
        return ending

    def _forget_one(self, second: int) -> None:
        ending = self._mortal[second]
        record, key = ending.pop(), cast("str", ending.pop())
        self._mortal_count -= 1
        if not ending:
            heapq.heappop(self._seconds)
            del self._mortal[second]
            self._ending_at = None
        filed = self._kinds[type(record)]
        if filed.get(key) is record:
            del filed[key]


class MemoryStore:
    """The records of every app; implements `Store`. One thread, no waiting in a move: nothing comes in between."""

    may_play_again: ClassVar[bool] = False

    def __init__(self, most_expired: int = MOST_EXPIRED) -> None:
        self._apps: dict[str, MemoryRecords] = {}
        self._most_expired = most_expired

    async def play(self, app_id: str, move: Callable[[Records], Answer]) -> Answer:
        """Run ``move`` at once."""
        records = self._apps.get(app_id)
        if records is None:
            records = self._apps[app_id] = MemoryRecords(self._most_expired)
        return move(records)

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        self._apps.pop(app_id, None)

    async def app_ids(self) -> list[str]:
        """Name the apps that have records."""
        return list(self._apps)

    async def check(self) -> None:
        """Memory is always there."""

    async def close(self) -> None:
        """Nothing to let go of."""
