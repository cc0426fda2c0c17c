"""The feed: what happens in this process is told to all that share a Redis, and kept there."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from genauth_mock.events import RING_SIZE
from genauth_mock.feed.calls import Calls
from genauth_mock.feed.events import SharedEvents
from genauth_mock.feed.history import COUNTER, EVENTS, JOURNALS, History, journal_of
from genauth_mock.feed.journal import SharedJournal
from genauth_mock.journal import MOST_APPS
from genauth_mock.store import StoreUnreachable
from genauth_mock.store.redis_failures import unreachable_is_said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redis.asyncio import Redis

    from genauth_mock.feed.writing import Told

log = logging.getLogger("genauth_mock")

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


class Feed:
    """Tells what happens, in one order for every process.

    Telling costs nothing but a place in a list; `flush` writes everything that waits in one exchange with Redis, and
    those who flush at the same time share it.
    """

    def __init__(self, client: Redis, where: str) -> None:
        self._redis = client
        self._where = where
        self._history = History(client, where)
        self._tell = client.register_script(_TELL)
        self._waiting: list[Told] = []
        self._told = self._flushed = 0
        self._writing = asyncio.Lock()

    def journal(self) -> SharedJournal:
        """Give the journal of every process."""
        return SharedJournal(self._history)

    def events(self, journal_size: int) -> SharedEvents:
        """Give the events of every process."""
        return SharedEvents(self.tell, self._history, journal_size)

    def calls(self, answers: Mapping[str, Callable[[str], None]]) -> Calls:
        """Give what calls to other processes, and hears them."""
        return Calls(self._redis, self._where, answers)

    def tell(self, told: Told) -> None:
        """Let an event wait for `flush`."""
        self._waiting.append(told)
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

    async def _write(self, batch: list[Told]) -> None:
        keys = [EVENTS, COUNTER, JOURNALS, *(journal_of(told.app_id) for told in batch)]
        given: list[str | bytes | int] = [RING_SIZE, MOST_APPS]
        for told in batch:
            given += told.written()
        with unreachable_is_said(self._where):
            await self._tell(keys=keys, args=given)
