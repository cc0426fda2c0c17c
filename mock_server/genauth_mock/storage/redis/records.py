"""The state of every app in Redis or Valkey, shared by any number of processes and hosts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, ClassVar, Final, Generic, cast
from urllib.parse import quote, unquote
from weakref import WeakValueDictionary

from attrs import define, field

from genauth_mock.engine.clock import Clock
from genauth_mock.engine.settings import Settings
from genauth_mock.faults.matching import FaultSet
from genauth_mock.storage.interfaces import GRACE, MOST_EXPIRED, Answer
from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.storage.redis.scripts import COMMIT, FORGET, LIST, REPLACE
from genauth_mock.storage.serialization import STRAY_BYTES, decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from redis.asyncio import Redis

    from genauth_mock.engine.records import Record, Records


REAL_GRACE: Final = timedelta(days=1)
"""How much longer than by the app's clock a record stays in Redis, in real time.

The app's clock decides what has expired; the expiry of keys only clears away what nobody asks for any more. A day is
generous because an app's clock may be frozen or slow: what expires is lost if its clock stands still for longer.
"""


@define
class ReadSet:
    """What was fetched of an app: records by name, and all records of a kind as version, key, record, key, ..."""

    values: dict[str, bytes | None]
    lists: dict[str, list[bytes]]

    def with_more(self, more: ReadSet) -> ReadSet:
        """Add what was fetched later."""
        return ReadSet({**self.values, **more.values}, {**self.lists, **more.lists})


class CacheMiss(
    BaseException
):  # not an Exception: nothing in a operation may take it for a failure
    """The operation asked for what was not fetched."""

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
        """Return a write as `COMMIT` takes it, at a moment of the app's time."""
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
    """One run of an operation: what it may read, what it has read, what it wants to write; implements `Records`."""

    _read_set: ReadSet
    _read: dict[str, bytes] = field(factory=dict[str, bytes])
    _writes: dict[str, _Write] = field(factory=dict[str, "_Write"])
    _now: datetime | None = None

    def get(self, kind: type[Record], key: str) -> Record | None:
        """Look a record up."""
        name = f"r:{kind.__name__}:{key}"
        if (write := self._writes.get(name)) is not None:
            return write.record if isinstance(write.record, kind) else None
        if name not in self._read_set.values:
            raise CacheMiss(names=(name,))
        written = self._read_set.values[name]
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
        """Return every record of one type, oldest first."""
        return [record for _, record in self.filed(kind)]

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Return every record of one type with its key, oldest first."""
        name = kind.__name__
        if name not in self._read_set.lists:
            raise CacheMiss(lists=(name,))
        version, *listed = self._read_set.lists[name]
        self._read[f"v:{name}"] = version
        found: dict[str, object | None] = {
            key.decode(errors=STRAY_BYTES): decode(kind, written)
            for key, written in zip(listed[::2], listed[1::2], strict=True)
        }
        found |= {write.key: write.record for write in self._writes.values() if write.kind == name}
        return [(key, record) for key, record in found.items() if isinstance(record, kind)]

    def sweep(self, now: datetime) -> None:
        """Keep the app's time; expired records are removed with the next write."""
        self._now = now

    @property
    def swept_at(self) -> int | str:
        """The app's time in milliseconds, or nothing."""
        return "" if self._now is None else int(self._now.timestamp() * 1000)

    def without_writes(self) -> RedisRecords:
        """Keep only what was read."""
        return RedisRecords(self._read_set, self._read)

    def read(self) -> list[bytes | str | int]:
        """Return the reads, as `COMMIT` takes them."""
        pairs = [part for name, value in self._read.items() for part in (name, value)]
        return [len(self._read), *pairs]

    def written(self) -> list[bytes | str | int]:
        """Return the writes, as `COMMIT` takes them."""
        parts: list[bytes | str | int] = [len(self._writes)]
        for write in self._writes.values():
            parts += write.given(self._now)
        return parts


def milliseconds(span: timedelta) -> int:
    """Return a span in whole milliseconds."""
    return span // timedelta(milliseconds=1)


PREFIX: Final = "genauth-mock"
"""What every key in Redis begins with."""

SWEPT_AT_ONCE: Final = 8
"""How many records one operation forgets: more than one operation can write, so that memory stays flat."""

USUAL: Final = tuple(f"r:{kind.__name__}:" for kind in (Clock, Settings, FaultSet))
"""What every operation reads, fetched before it asks."""


KEYS: Final = f"{PREFIX}-keys"
"""The signing keys, as every process reads them."""


async def shared_key(client: Redis, where: str, offered: str) -> str:
    """Keep the signing key that was offered first: what one process signs verifies with every process's keys."""
    with translate_errors(where):
        kept = cast("bytes | None", await client.get(KEYS))
        if kept is None:
            await client.set(KEYS, offered, nx=True)
            kept = cast("bytes | None", await client.get(KEYS))
    return offered if kept is None else kept.decode()


async def replace_key(client: Redis, where: str, known: str, keys: str) -> bool:
    """Put keys in the place of those known; return false, and change nothing, where others are there by now."""
    with translate_errors(where):
        return bool(await client.register_script(REPLACE)(keys=[KEYS], args=[known, keys]))


def base_of(app_id: str) -> str:
    """Return the prefix of every key of an app; no app's keys can look like another's."""
    return f"{PREFIX}:{quote(app_id, safe='', errors=STRAY_BYTES)}:"


def app_of(key: str) -> str:
    """Return the app that a key belongs to."""
    return unquote(key.split(":")[1], errors=STRAY_BYTES)


class RedisStore:
    """The records of every app; implements `Store`.

    An operation runs here, on fetched records. Redis takes its writes only where nothing that it read has changed; else
    the operation is retried on the current records. So a code that works once works once, in every process.
    """

    may_retry: ClassVar[bool] = True

    def __init__(self, client: Redis, where: str, most_expired: int = MOST_EXPIRED) -> None:
        self._redis = client
        self._where = where
        self._most_expired = most_expired
        self._commit = client.register_script(COMMIT)
        self._list = client.register_script(LIST)
        self._forget = client.register_script(FORGET)
        self._late_ones: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._nonces = (f"{token_hex(8)}-{number}" for number in count())

    async def transact(self, app_id: str, operation: Callable[[Records], Answer]) -> Answer:
        """Run ``operation`` until it ran on a state that was still there when it ended."""
        with translate_errors(self._where):
            result = await self._tried(app_id, operation, await self._fetched(app_id, USUAL, ()))
            if isinstance(result, ReadSet):
                # Who was too late goes on one by one: if all ran again at once, all but one would be too late again.
                async with self._late_ones.setdefault(app_id, asyncio.Lock()):
                    while isinstance(result, ReadSet):
                        read_set = await self._fetched(app_id, result.values, result.lists)
                        result = await self._tried(app_id, operation, read_set)
        return result.answer

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        with translate_errors(self._where):
            await self._forget(keys=[base_of(app_id), f"{PREFIX}-apps"], args=[app_id])

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have records."""
        with translate_errors(self._where):
            named = cast("set[bytes]", await self._redis.smembers(f"{PREFIX}-apps"))
        return sorted(name.decode(errors=STRAY_BYTES) for name in named)

    async def check(self) -> None:
        """Write something that goes at once: a Redis that is full or a replica reads all the same."""
        with translate_errors(self._where):
            await self._redis.set(f"{PREFIX}-checked", "", px=1)

    async def evicting_policy(self) -> str | None:
        """Return by which policy this Redis drops what was stored once it is full; None where it refuses to write."""
        with translate_errors(self._where):
            memory = cast(
                "dict[str, object]",
                await self._redis.info("memory"),  # pyright: ignore[reportUnknownMemberType]
            )
        policy = str(memory.get("maxmemory_policy", "noeviction"))
        return None if policy == "noeviction" or not memory.get("maxmemory") else policy

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def _tried(
        self, app_id: str, operation: Callable[[Records], Answer], read_set: ReadSet
    ) -> _Committed[Answer] | ReadSet:
        """Run ``operation``, fetching what it asks for; return what it saw where that has changed meanwhile."""
        while True:
            records = RedisRecords(read_set)
            try:
                answer = operation(records)
            except CacheMiss as miss:
                read_set = read_set.with_more(await self._fetched(app_id, miss.names, miss.lists))
                continue
            except Exception:
                # It may have failed because what it saw was out of date; only if that was not so, it has failed.
                if await self._taken(app_id, records.without_writes()):
                    raise
                return read_set
            return _Committed(answer) if await self._taken(app_id, records) else read_set

    async def _fetched(self, app_id: str, names: Iterable[str], lists: Iterable[str]) -> ReadSet:
        base, names = base_of(app_id), list(names)
        keys = [base + name for name in names]
        values = cast("list[bytes | None]", await self._redis.mget(keys))
        listed = {kind: await self._list(keys=[base], args=[kind]) for kind in lists}
        return ReadSet(dict(zip(names, values, strict=True)), listed)

    async def _taken(self, app_id: str, records: RedisRecords) -> bool:
        keys = [base_of(app_id), f"{PREFIX}-apps"]
        sweeping = [records.swept_at, milliseconds(GRACE), self._most_expired, SWEPT_AT_ONCE]
        given = [app_id, next(self._nonces), *records.read(), *records.written(), *sweeping]
        return bool(await self._commit(keys=keys, args=given))


@define
class _Committed(Generic[Answer]):
    """What an operation gave that was taken."""

    answer: Answer
