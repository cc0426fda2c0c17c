"""The events of every process that shares a Redis."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Final

from genauth_mock.events import Event, Reader
from genauth_mock.feed.writing import Told, read_back
from genauth_mock.store import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.feed.history import Entry, History

log = logging.getLogger("genauth_mock")


class SharedEvents:
    """The last events of every app, whichever process they happened in; used as `Events` is.

    Every reader has a task that follows the feed from where the reader began, and ends when the reader leaves.

    Attributes:
        is_heard: Always true: somebody may listen in another process.
    """

    is_heard: Final = True

    def __init__(self, tell: Callable[[Told], None], history: History, journal_size: int) -> None:
        self._tell = tell
        self._history = history
        self._journal_size = journal_size
        self._run = ""
        self._readers: dict[Reader, asyncio.Task[None]] = {}

    def tell(
        self, name: str, app_id: str, what: object = None, now: datetime | None = None
    ) -> None:
        """Tell everybody, as soon as the feed is flushed."""
        self._tell(Told(name, app_id, what, now, self._journal_size))

    async def listen(self, reader: Reader, last_event_id: str | None = None) -> None:
        """Let a reader hear what happens from now on, or from after the event it names."""
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
        """Name an event so that nobody takes one of another Redis for it."""
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
