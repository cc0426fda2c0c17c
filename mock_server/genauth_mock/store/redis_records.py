"""The records of one app during one run of a move on Redis: what was fetched, what was read, what is to be written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import define, field

from genauth_mock.store import GRACE
from genauth_mock.store.encoding import STRAY_BYTES, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from genauth_mock.records import Record

REAL_GRACE: Final = timedelta(days=1)
"""How much longer than by the app's clock a record stays in Redis, in real time.

The app's clock decides what has expired; the expiry of keys only clears away what nobody asks for any more. A day is
generous because an app's clock may be frozen or slow: what expires is lost if its clock stands still for longer.
"""


@define
class Seen:
    """What was fetched of an app: records by name, and all records of a kind as version, key, record, key, ..."""

    values: dict[str, bytes | None]
    lists: dict[str, list[bytes]]

    def with_more(self, more: Seen) -> Seen:
        """Add what was fetched later."""
        return Seen({**self.values, **more.values}, {**self.lists, **more.lists})


class NotSeen(BaseException):  # not an Exception: nothing in a move may take it for a failure
    """The move asked for what was not fetched."""

    def __init__(self, names: tuple[str, ...] = (), lists: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.names = names
        self.lists = lists


@define
class _Write:
    kind: str
    key: str
    record: object | None
    expires_at: datetime | None

    def given(self, now: datetime | None) -> list[bytes | str | int]:
        """Give a write as `COMMIT` takes it, at a moment of the app's time."""
        if self.record is None:
            return [self.kind, self.key, "", "", ""]
        if self.expires_at is None:
            return [self.kind, self.key, encode(self.record), "", ""]
        left = self.expires_at - now if now else timedelta(0)
        lifetime = max(left, timedelta(0)) + GRACE + REAL_GRACE
        expires_at = int(self.expires_at.timestamp() * 1000)
        return [self.kind, self.key, encode(self.record), expires_at, milliseconds(lifetime)]


@define
class RedisRecords:
    """One run of a move: what it may read, what it has read, what it wants to write; implements `Records`."""

    _seen: Seen
    _read: dict[str, bytes] = field(factory=dict[str, bytes])
    _writes: dict[str, _Write] = field(factory=dict[str, "_Write"])
    _now: datetime | None = None

    def get(self, kind: type[Record], key: str) -> Record | None:
        """Look a record up."""
        name = f"r:{kind.__name__}:{key}"
        if (write := self._writes.get(name)) is not None:
            return write.record if isinstance(write.record, kind) else None
        if name not in self._seen.values:
            raise NotSeen(names=(name,))
        written = self._seen.values[name]
        self._read[name] = written or b""
        return None if written is None else decode(kind, written)

    def put(self, key: str, record: object, expires_at: datetime | None = None) -> None:
        """File a record; see `Records.put`."""
        kind = type(record).__name__
        self._writes[f"r:{kind}:{key}"] = _Write(kind, key, record, expires_at)

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record."""
        name = kind.__name__
        self._writes[f"r:{name}:{key}"] = _Write(name, key, None, None)

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Give every record of one type, oldest first."""
        return [record for _, record in self.filed(kind)]

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Give every record of one type with its key, oldest first."""
        name = kind.__name__
        if name not in self._seen.lists:
            raise NotSeen(lists=(name,))
        version, *listed = self._seen.lists[name]
        self._read[f"v:{name}"] = version
        found: dict[str, object | None] = {
            key.decode(errors=STRAY_BYTES): decode(kind, written)
            for key, written in zip(listed[::2], listed[1::2], strict=True)
        }
        found |= {write.key: write.record for write in self._writes.values() if write.kind == name}
        return [(key, record) for key, record in found.items() if isinstance(record, kind)]

    def sweep(self, now: datetime) -> None:
        """Note the app's time; what is to be forgotten goes with the next write."""
        self._now = now

    @property
    def swept_at(self) -> int | str:
        """The app's time in milliseconds, or nothing."""
        return "" if self._now is None else int(self._now.timestamp() * 1000)

    def without_writes(self) -> RedisRecords:
        """Keep only what was read."""
        return RedisRecords(self._seen, self._read)

    def read(self) -> list[bytes | str | int]:
        """Give what was read, as `COMMIT` takes it."""
        pairs = [part for name, value in self._read.items() for part in (name, value)]
        return [len(self._read), *pairs]

    def written(self) -> list[bytes | str | int]:
        """Give what was written, as `COMMIT` takes it."""
        parts: list[bytes | str | int] = [len(self._writes)]
        for write in self._writes.values():
            parts += write.given(self._now)
        return parts


def milliseconds(span: timedelta) -> int:
    """Give a span in whole milliseconds."""
    return span // timedelta(milliseconds=1)
