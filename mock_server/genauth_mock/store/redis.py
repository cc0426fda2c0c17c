"""The state of every app in Redis or Valkey, shared by any number of processes and hosts."""

from __future__ import annotations

import asyncio
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, ClassVar, Final, Generic, cast
from urllib.parse import quote, unquote
from weakref import WeakValueDictionary

from attrs import define

from genauth_mock.clock import Clock
from genauth_mock.faults.armed import Armed
from genauth_mock.settings import Settings
from genauth_mock.store import GRACE, MOST_EXPIRED, Answer
from genauth_mock.store.encoding import STRAY_BYTES
from genauth_mock.store.redis_failures import unreachable_is_said
from genauth_mock.store.redis_records import NotSeen, RedisRecords, Seen, milliseconds
from genauth_mock.store.redis_scripts import COMMIT, FORGET, LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis.asyncio import Redis

    from genauth_mock.records import Records

PREFIX: Final = "genauth-mock"
"""What every key in Redis begins with."""

SWEPT_AT_ONCE: Final = 8
"""How many records one move forgets: more than one move can write, so that memory stays flat."""

USUAL: Final = tuple(f"r:{kind.__name__}:" for kind in (Clock, Settings, Armed))
"""What every move reads, fetched before it asks."""


async def shared_key(client: Redis, where: str, offered: str) -> str:
    """Keep the signing key that was offered first: what one process signs verifies with every process's keys."""
    name = f"{PREFIX}-key"
    with unreachable_is_said(where):
        await client.set(name, offered, nx=True)
        kept = cast("bytes | None", await client.get(name))
    return offered if kept is None else kept.decode()


def base_of(app_id: str) -> str:
    """Name what every key of an app begins with; no app's keys can look like another's."""
    return f"{PREFIX}:{quote(app_id, safe='', errors=STRAY_BYTES)}:"


def app_of(key: str) -> str:
    """Name the app that a key belongs to."""
    return unquote(key.split(":")[1], errors=STRAY_BYTES)


class RedisStore:
    """The records of every app; implements `Store`.

    A move runs here, on what was fetched; Redis takes its writes only where nothing that it read has changed, else
    the move is run again on what is there now. So what works once works once, whoever asks and wherever.
    """

    may_play_again: ClassVar[bool] = True

    def __init__(self, client: Redis, where: str, most_expired: int = MOST_EXPIRED) -> None:
        self._redis = client
        self._where = where
        self._most_expired = most_expired
        self._commit = client.register_script(COMMIT)
        self._list = client.register_script(LIST)
        self._forget = client.register_script(FORGET)
        self._late_ones: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._nonces = (f"{token_hex(8)}-{number}" for number in count())

    async def play(self, app_id: str, move: Callable[[Records], Answer]) -> Answer:
        """Run ``move`` until it ran on a state that was still there when it ended."""
        with unreachable_is_said(self._where):
            played = await self._tried(app_id, move, await self._fetched(app_id, USUAL, ()))
            if isinstance(played, Seen):
                # Who was too late goes on one by one: if all ran again at once, all but one would be too late again.
                async with self._late_ones.setdefault(app_id, asyncio.Lock()):
                    while isinstance(played, Seen):
                        seen = await self._fetched(app_id, played.values, played.lists)
                        played = await self._tried(app_id, move, seen)
        return played.answer

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        with unreachable_is_said(self._where):
            await self._forget(keys=[base_of(app_id), f"{PREFIX}-apps"], args=[app_id])

    async def app_ids(self) -> list[str]:
        """Name the apps that have records."""
        with unreachable_is_said(self._where):
            named = cast("set[bytes]", await self._redis.smembers(f"{PREFIX}-apps"))
        return sorted(name.decode(errors=STRAY_BYTES) for name in named)

    async def check(self) -> None:
        """Write something that goes at once: a Redis that is full or a replica reads all the same."""
        with unreachable_is_said(self._where):
            await self._redis.set(f"{PREFIX}-checked", "", px=1)

    async def close(self) -> None:
        """Let go of connections."""
        await self._redis.aclose()

    async def _tried(
        self, app_id: str, move: Callable[[Records], Answer], seen: Seen
    ) -> _Played[Answer] | Seen:
        """Run ``move``, fetching what it asks for; give what it saw where that has changed meanwhile."""
        while True:
            records = RedisRecords(seen)
            try:
                answer = move(records)
            except NotSeen as unseen:
                seen = seen.with_more(await self._fetched(app_id, unseen.names, unseen.lists))
                continue
            except Exception:
                # It may have failed because what it saw was out of date; only if that was not so, it has failed.
                if await self._taken(app_id, records.without_writes()):
                    raise
                return seen
            return _Played(answer) if await self._taken(app_id, records) else seen

    async def _fetched(self, app_id: str, names: Iterable[str], lists: Iterable[str]) -> Seen:
        base, names = base_of(app_id), list(names)
        keys = [base + name for name in names]
        values = cast("list[bytes | None]", await self._redis.mget(keys))
        listed = {kind: await self._list(keys=[base], args=[kind]) for kind in lists}
        return Seen(dict(zip(names, values, strict=True)), listed)

    async def _taken(self, app_id: str, records: RedisRecords) -> bool:
        keys = [base_of(app_id), f"{PREFIX}-apps"]
        sweeping = [records.swept_at, milliseconds(GRACE), self._most_expired, SWEPT_AT_ONCE]
        given = [app_id, next(self._nonces), *records.read(), *records.written(), *sweeping]
        return bool(await self._commit(keys=keys, args=given))


@define
class _Played(Generic[Answer]):
    """What a move gave that was taken."""

    answer: Answer
