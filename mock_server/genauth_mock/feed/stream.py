"""The feed in Redis: one stream of what happened for all apps, and one for the journal of each."""

from __future__ import annotations

import asyncio
import logging
from secrets import token_hex
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from attrs import frozen

from genauth_mock.events import RING_SIZE
from genauth_mock.feed.calls import Calls
from genauth_mock.feed.events import SharedEvents
from genauth_mock.feed.journal import SharedJournal
from genauth_mock.feed.writing import is_request, written
from genauth_mock.journal import MOST_APPS
from genauth_mock.store import StoreUnreachable
from genauth_mock.store.encoding import STRAY_BYTES
from genauth_mock.store.redis import PREFIX, app_of, base_of
from genauth_mock.store.redis_failures import unreachable_is_said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from redis.asyncio import Redis

log = logging.getLogger("genauth_mock")

EVENTS: Final = f"{PREFIX}-events"
COUNTER: Final = f"{PREFIX}-events-counted"
RUN: Final = f"{PREFIX}-events-run"
JOURNALS: Final = f"{PREFIX}-journals"

_NAP_SECONDS: Final = 2.0
"""How long Redis is asked to wait at once: redis-py takes a connection that is silent for 5 s for dead."""

_TELL: Final = """
local events, counter, journals = KEYS[1], KEYS[2], KEYS[3]
local ring_size, most_apps, at = ARGV[1], tonumber(ARGV[2]), 2
local function take() at = at + 1; return ARGV[at] end
for entry = 4, #KEYS do
  local journal, number = KEYS[entry], redis.call('INCR', counter)
  local name, app_id, now, kind, what, size = take(), take(), take(), take(), take(), take()
  local id = number .. '-0'
  redis.call('XADD', events, 'MAXLEN', '~', ring_size, id,
             'name', name, 'app', app_id, 'now', now, 'kind', kind, 'what', what)
  if size ~= '0' then
    redis.call('XADD', journal, 'MAXLEN', size, id, 'what', what)
    redis.call('ZADD', journals, number, journal)
    if redis.call('ZCARD', journals) > most_apps then
      redis.call('DEL', redis.call('ZPOPMIN', journals)[1])
    end
  end
end
return 1
"""

_READ: Final = """
local lines = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. ARGV[1] .. '-0', '+')) do
  lines[#lines + 1] = string.match(entry[1], '^%d+') .. ' ' .. entry[2][2]
end
return table.concat(lines, '\\n')
"""
"""One text for a whole journal: redis-py would take a second to read ten thousand entries."""


@frozen
class _Told:
    """An event that waits to be written.

    Attributes:
        journal_size: How many requests the app's journal keeps; 0 where the event is not a request.
    """

    name: str
    app_id: str
    now: datetime | None
    what: object
    journal_size: int


class Entry(NamedTuple):
    """An event as it was read: its number grows, and its fields are as they were written."""

    number: int
    fields: dict[bytes, bytes]

    def text(self, name: bytes) -> str:
        """Give a field as text."""
        return self.fields[name].decode(errors=STRAY_BYTES)


class Feed:
    """What happened, in one order for every process.

    Telling costs nothing but a place in a list; `flush` writes everything that waits in one exchange with Redis, and
    those who flush at the same time share it.
    """

    def __init__(self, client: Redis, where: str) -> None:
        self._redis = client
        self._where = where
        self._tell = client.register_script(_TELL)
        self._read = client.register_script(_READ)
        self._waiting: list[_Told] = []
        self._told = self._flushed = 0
        self._writing = asyncio.Lock()

    def journal(self) -> SharedJournal:
        """Give the journal of every process."""
        return SharedJournal(self)

    def events(self, journal_size: int) -> SharedEvents:
        """Give the events of every process."""
        return SharedEvents(self, journal_size)

    def calls(self, answers: Mapping[str, Callable[[str], None]]) -> Calls:
        """Give what calls to other processes, and hears them."""
        return Calls(self._redis, self._where, answers)

    def tell(
        self, name: str, app_id: str, what: object, now: datetime | None, journal_size: int
    ) -> None:
        """Let an event wait for `flush`."""
        size = journal_size if is_request(what) else 0
        self._waiting.append(_Told(name, app_id, now, what, size))
        self._told += 1

    async def flush(self) -> None:
        """Write everything that was told so far; what cannot be written is lost, and said in the log."""
        mine = self._told
        while self._flushed < mine:
            async with self._writing:
                if self._flushed >= mine:
                    return
                batch, self._waiting = self._waiting, []
                try:
                    await self._write(batch)
                except StoreUnreachable as error:
                    log.warning("%d events are lost: %s", len(batch), error)
                finally:
                    self._flushed += len(batch)

    async def events_after(self, number: int) -> list[Entry]:
        """Read the events after one, waiting a moment for them; may be none."""
        await self._wait(EVENTS, number, _NAP_SECONDS)
        with unreachable_is_said(self._where):
            read = cast(
                "list[tuple[bytes, dict[bytes, bytes]]]",
                await self._redis.xrange(EVENTS, min=f"({number}-0"),
            )
        return [Entry(int(read_id.partition(b"-")[0]), fields) for read_id, fields in read]

    async def exchanges_after(self, app_id: str, number: int) -> list[tuple[int, bytes]]:
        """Read the requests that an app's journal keeps after one: their numbers, and what was written of them."""
        with unreachable_is_said(self._where):
            read = cast("bytes", await self._read(keys=[_journal(app_id)], args=[number]))
        lines = (line.split(b" ", 1) for line in read.splitlines())
        return [(int(each), text) for each, text in lines]

    async def growth(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an app's journal has a request after one, at most so long."""
        await self._wait(_journal(app_id), number, seconds)

    async def newest(self) -> int:
        """Give the number of the newest event."""
        with unreachable_is_said(self._where):
            return int(await self._redis.get(COUNTER) or 0)

    async def run(self) -> str:
        """Name this numbering of events, so that nobody takes another one's for it."""
        with unreachable_is_said(self._where):
            while (run := cast("bytes | None", await self._redis.get(RUN))) is None:
                await self._redis.set(RUN, token_hex(4), nx=True)
            return run.decode()

    async def journalled(self) -> list[str]:
        """Name the apps that have a journal."""
        with unreachable_is_said(self._where):
            journals = cast("list[bytes]", await self._redis.zrange(JOURNALS, 0, -1))  # pyright: ignore[reportUnknownMemberType]  # untyped options
        return [app_of(journal.decode()) for journal in journals]

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; give how many requests are gone."""
        key = _journal(app_id)
        with unreachable_is_said(self._where):
            async with self._redis.pipeline(transaction=True) as steps:
                steps.xlen(key)
                steps.delete(key)
                steps.zrem(JOURNALS, key)
                gone, *_ = cast("list[int]", await steps.execute())
        return gone

    async def _write(self, batch: list[_Told]) -> None:
        keys = [EVENTS, COUNTER, JOURNALS, *(_journal(told.app_id) for told in batch)]
        given: list[str | bytes | int] = [RING_SIZE, MOST_APPS]
        for told in batch:
            now = told.now.isoformat() if told.now else ""
            given += [told.name, told.app_id, now, *written(told.what), told.journal_size]
        with unreachable_is_said(self._where):
            await self._tell(keys=keys, args=given)

    async def _wait(self, key: str, number: int, seconds: float) -> None:
        """Wait for an entry, for a short time only: redis-py may swallow a cancellation, and go on waiting."""
        milliseconds = max(1, round(min(seconds, _NAP_SECONDS) * 1000))
        with unreachable_is_said(self._where):
            await self._redis.xread({key: f"{number}-0"}, count=1, block=milliseconds)


def _journal(app_id: str) -> str:
    return f"{base_of(app_id)}journal"
