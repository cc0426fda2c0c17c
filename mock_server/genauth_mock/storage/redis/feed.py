"""The feed: publishes what happens in this process to all that share a Redis, and keeps it there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, overload

from attrs import evolve

from genauth_mock.activity.events import RING_SIZE, Event, Reader
from genauth_mock.activity.journal import MOST_APPS, Exchange
from genauth_mock.storage.interfaces import StoreUnreachable
from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.storage.redis.history import (
    COUNTER,
    EVENTS,
    JOURNALS,
    History,
    journal_of,
)
from genauth_mock.storage.redis.pubsub import Broadcast
from genauth_mock.storage.serialization import FeedEntry, exchange_of, read_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redis.asyncio import Redis

    from genauth_mock.storage.redis.history import Entry


log = logging.getLogger("genauth_mock")


class SharedEvents:
    """The last events of every app, whichever process they happened in; used as `Events` is.

    Every reader has a task that follows the feed from where the reader began, and ends when the reader leaves.

    Attributes:
        is_heard: Always true: somebody may listen in another process.
    """

    is_heard: Final = True

    def __init__(
        self, publish: Callable[[FeedEntry], None], history: History, journal_size: int
    ) -> None:
        self._publish = publish
        self._history = history
        self._journal_size = journal_size
        self._run = ""
        self._readers: dict[Reader, asyncio.Task[None]] = {}

    def publish(
        self, name: str, app_id: str, what: object = None, now: datetime | None = None
    ) -> None:
        """Publish to every reader, as soon as the feed is flushed."""
        self._publish(FeedEntry(name, app_id, what, now, self._journal_size))

    async def listen(self, reader: Reader, last_event_id: str | None = None) -> None:
        """Register a reader for what happens from now on, or from after the event it names."""
        self._run = run = await self._history.run()
        number = await self._history.newest()
        if last_event_id:
            last_run, _, last = last_event_id.partition("-")
            known = last_run == run and last.isdecimal()
            number = int(last) if known else 0
            reader.missed = 0 if known else None
        self._readers[reader] = asyncio.create_task(self._follow(reader, run, number))

    def leave(self, reader: Reader) -> None:
        """Forget a reader."""
        following = self._readers.pop(reader, None)
        if following is not None:
            reader.close()
            following.cancel()

    def close(self) -> None:
        """Send every reader away: the server stops."""
        for reader in self._readers:
            reader.close()

    def event_id(self, event: Event) -> str:
        """Return the id of an event, unique across Redis servers."""
        return f"{self._run}-{event.number}"

    async def _follow(self, reader: Reader, run: str, number: int) -> None:
        try:
            while not reader.closed:
                entries = await self._history.events_after(number)
                if (now := await self._history.run()) != run:
                    # Somebody emptied Redis, and events are counted anew.
                    self._run = run = now
                    number, reader.missed = 0, None
                    continue
                if entries and entries[0].number > number + 1:
                    reader.missed = None  # the feed keeps no more than the last ones
                for entry in entries:
                    number = entry.number
                    self._hear(reader, entry)
        except StoreUnreachable as error:
            if not reader.closed:
                log.warning("a reader of events is sent away: %s", error)
            reader.close()

    def _hear(self, reader: Reader, entry: Entry) -> None:
        name, app_id = entry.text(b"name"), entry.text(b"app")
        unread = Event(entry.number, name, app_id, None, None)
        if not reader.wants(unread):
            return
        what = read_back(entry.text(b"kind"), app_id, entry.number, entry.fields[b"what"])
        now = entry.text(b"now")
        reader.hear(unread._replace(what=what, now=datetime.fromisoformat(now) if now else None))


class SharedJournal:
    """The last requests of every app, whichever process answered them; asked as a `Journal` is.

    A request that a fault holds up is known to the process that holds it up alone, until it is answered.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._held: dict[int, Exchange] = {}

    def note(self, exchange: Exchange) -> None:
        """Remember a request that waits; publishing the event writes one that is answered, in the same step."""
        if self._held:
            self._held = {key: each for key, each in self._held.items() if each.is_pending}
        if exchange.is_pending and exchange.reply is None:
            self._held[id(exchange)] = exchange

    def note_answer(self, exchange: Exchange) -> None:
        """Do nothing: what is answered waits no longer."""

    async def after(self, app_id: str, number: int = 0) -> Sequence[Exchange]:
        """Return the exchanges of an app after a number, oldest first; those that wait come last."""
        written = _Written(app_id, await self._history.exchanges_after(app_id, number))
        held = [each for each in self._held.values() if each.app_id == app_id and each.is_pending]
        if not held:
            return written
        last = written[-1].number if written else number
        return [*written, *(evolve(each, number=last) for each in held)]

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have exchanges."""
        return await self._history.journalled()

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; return how many exchanges are gone."""
        return await self._history.forget(app_id)

    async def cursor(self) -> int:
        """Return the number of the newest exchange or a later one; later exchanges have larger numbers."""
        return await self._history.newest()

    async def wait_for_more(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an exchange of an app after that one is written down, at most so long, or a shorter while."""
        await self._history.wait_for_more(app_id, number, seconds)


class _Written(Sequence[Exchange]):
    """Exchanges as they were written; each is read when somebody looks at it, since mostly few are looked at."""

    def __init__(self, app_id: str, entries: list[tuple[int, bytes]]) -> None:
        self._app_id = app_id
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, which: int) -> Exchange: ...

    @overload
    def __getitem__(self, which: slice) -> Sequence[Exchange]: ...

    def __getitem__(self, which: int | slice) -> Exchange | Sequence[Exchange]:
        if isinstance(which, slice):
            return _Written(self._app_id, self._entries[which])
        return exchange_of(self._app_id, *self._entries[which])


_PUBLISH: Final = """
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
    """Publishes events in one order for every process.

    Publishing only appends to a list; `flush` writes the list in one exchange with Redis, shared by concurrent
    callers.
    """

    def __init__(self, client: Redis, where: str) -> None:
        self._redis = client
        self._where = where
        self._history = History(client, where)
        self._publish = client.register_script(_PUBLISH)
        self._waiting: list[FeedEntry] = []
        self._published = self._flushed = 0
        self._writing = asyncio.Lock()

    def journal(self) -> SharedJournal:
        """Return the journal of every process."""
        return SharedJournal(self._history)

    def events(self, journal_size: int) -> SharedEvents:
        """Return the events of every process."""
        return SharedEvents(self.publish, self._history, journal_size)

    def broadcast(self, answers: Mapping[str, Callable[[str], None]]) -> Broadcast:
        """Return what broadcasts to other processes, and hears them."""
        return Broadcast(self._redis, self._where, answers)

    def publish(self, entry: FeedEntry) -> None:
        """Queue an event until `flush`."""
        self._waiting.append(entry)
        self._published += 1

    async def flush(self) -> None:
        """Write every queued event; events that cannot be written are lost, with a line in the log."""
        mine = self._published
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

    async def _write(self, batch: list[FeedEntry]) -> None:
        keys = [EVENTS, COUNTER, JOURNALS, *(journal_of(entry.app_id) for entry in batch)]
        given: list[str | bytes | int] = [RING_SIZE, MOST_APPS]
        for entry in batch:
            given += entry.written()
        with translate_errors(self._where):
            await self._publish(keys=keys, args=given)
