"""The state of every app in this process's memory."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from genauth_mock.store import Answer, Record, Records

SWEPT_AT_ONCE: Final = 8
"""How many forgotten records one turn clears away: more than one turn can write, so that memory stays flat."""


class MemoryRecords:
    """The records of one app; implements `Records`."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, tuple[object, datetime | None]]] = {}
        self._mortal: list[tuple[datetime, str, str]] = []

    def get(self, kind: type[Record], key: str) -> Record | None:
        """Look a record up."""
        entry = self._kinds.get(kind.__name__, {}).get(key)
        return None if entry is None else cast("Record", entry[0])

    def put(self, key: str, record: object, forget_at: datetime | None = None) -> None:
        """File a record; see `Records.put`."""
        name = type(record).__name__
        self._kinds.setdefault(name, {})[key] = (record, forget_at)
        if forget_at is not None:
            heapq.heappush(self._mortal, (forget_at, name, key))

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record."""
        self._kinds.get(kind.__name__, {}).pop(key, None)

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Give every record of one type, oldest first."""
        return [cast("Record", entry[0]) for entry in self._kinds.get(kind.__name__, {}).values()]

    def sweep(self, now: datetime) -> None:
        """Clear away some of what nobody can need any more."""
        for _ in range(SWEPT_AT_ONCE):
            if not self._mortal or self._mortal[0][0] > now:
                return
            forget_at, name, key = heapq.heappop(self._mortal)
            filed = self._kinds[name].get(key)
            if filed is not None and filed[1] == forget_at:
                del self._kinds[name][key]


class MemoryStore:
    """The records of every app; implements `Store`. One thread, no waiting in a move: nothing comes in between."""

    def __init__(self) -> None:
        self._apps: dict[str, MemoryRecords] = {}

    async def play(self, app_id: str, move: Callable[[Records], Answer]) -> Answer:
        """Run ``move`` at once."""
        records = self._apps.get(app_id)
        if records is None:
            records = self._apps[app_id] = MemoryRecords()
        return move(records)

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        self._apps.pop(app_id, None)

    async def app_ids(self) -> list[str]:
        """Name the apps that have records."""
        return list(self._apps)

    async def close(self) -> None:
        """Nothing to let go of."""
