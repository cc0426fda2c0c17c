"""Publishes what happens: the events behind ``GET /_mock/events``.

Each event has a name, an id and JSON data. ``appId`` is always in the data; the rest has the shape that the
matching ``/_mock/`` call answers with:

- ``message.issued``: ``message``, as in ``GET /_mock/messages``. A text or mail arrived in the outbox.
- ``message.changed``: ``message``, as it is now, without ``cursor``. Its code was used, burned or replaced, or
  counted a wrong attempt.
- ``user.changed``: ``user``, as in ``GET /_mock/users``. A user was made, signed in, bound or unbound.
- ``user.deleted``: ``user``, as it was.
- ``user.event``: ``userEvent``, with ``eventType``, ``userId`` and ``eventData``. What a listener by WebSocket is sent.
- ``request``: ``request``, as in ``GET /_mock/requests``, secrets masked. GenAuth's side answered a request.
- ``faults.changed``: ``faults``, as in ``GET /_mock/faults``. A fault was armed, applied to a request, or removed.
- ``settings.changed``: ``settings``, as in ``GET /_mock/settings``. Settings were posted.
- ``webhook.delivered``, ``webhook.failed``: ``webhook``, as in ``GET /_mock/webhooks``. One has ended.
- ``clock.changed``: ``clock``, as in ``GET /_mock/clock``. The app's clock was moved.
- ``reset``: nothing else. The app went back to where it began.
- ``dropped``: ``dropped``, how many events this reader missed, null where the number is unknown; it has no
  ``appId`` and no id. The reader was too slow, or resumed from an event that is gone, or the Redis that the events
  are in was emptied.

A code that expires changes nothing that is stored: ``expiresAt`` is in its message.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import field

from genauth_mock.activity.journal import Exchange
from genauth_mock.engine.value import define
from genauth_mock.engine.waiting import Signal, time_limit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

USUAL_SIZE: Final = 1024
"""About how many bytes of JSON an event has besides the bodies of a request."""

RING_SIZE: Final = 1000
"""How many past events can be resumed from."""

RING_BYTES: Final = 16 * 1024 * 1024
"""How many bytes of requests and answers the past events hold."""

QUEUE_SIZE: Final = 1000
"""How many events wait for one slow reader before some are dropped."""

QUEUE_BYTES: Final = 4 * 1024 * 1024
"""How many bytes of requests and answers wait for one slow reader before some are dropped."""

TOLD_BYTES: Final = 64 * 1024
"""After how many bytes of requests and answers a reader is written to, before more is sent."""

TOLD_AT_ONCE: Final = 4
"""How many readers get events at once: a call must not wait until a thousand have them."""

BETWEEN_SECONDS: Final = 0.004
"""How long calls come first, between readers that get events; what happens meanwhile goes out together."""

MOST_FRESH: Final = 10 * QUEUE_SIZE
"""How many events wait until every reader has those before."""

USER_EVENT: Final = "user.event"
"""Something happened to a user that may be listened for by WebSocket."""

EVENT_NAMES: Final = (
    "message.issued",
    "message.changed",
    "user.changed",
    "user.deleted",
    USER_EVENT,
    "request",
    "faults.changed",
    "settings.changed",
    "clock.changed",
    "webhook.delivered",
    "webhook.failed",
    "reset",
)
"""Every event a reader can ask for; ``dropped`` goes only to the reader that lost events."""


class Event(NamedTuple):
    """Something that happened; its JSON is made when somebody reads it.

    Attributes:
        what: Whom it happened to, an immutable value: a message, a user, ...
        size: About how many bytes its JSON has.
        now: The app's time, where the JSON needs it.
    """

    number: int
    name: str
    app_id: str
    what: object
    now: datetime | None
    size: int = USUAL_SIZE


def _size(what: object) -> int:
    return USUAL_SIZE + what.size if isinstance(what, Exchange) else USUAL_SIZE


_Entry = tuple[int, str, str, object, "datetime | None", int]
"""An event as it is kept: every request makes some, and most are never read."""


@define(eq=False)
class Reader:
    """A subscriber: which events it wants, and those that wait for it.

    Attributes:
        app_id: The app it listens to, or None for every app.
        names: The events it wants.
        missed: How many events were dropped since the last report; None where the number is unknown.
    """

    app_id: str | None = None
    names: frozenset[str] = frozenset(EVENT_NAMES)
    missed: int | None = 0
    _waiting: deque[Event] = field(factory=deque[Event])
    _bytes: int = 0
    _woken: Signal = field(factory=Signal)
    closed: bool = False

    def wants(self, event: Event) -> bool:
        """Return whether an event is one that this reader listens for."""
        return self.app_id in (None, event.app_id) and event.name in self.names

    def hear(self, event: Event) -> None:
        """Queue an event for the reader, and wake it."""
        self.queue(event)
        self.wake()

    def hear_all(self, batch: Iterable[Event], since: int, *, has_missed: bool) -> None:
        """Queue the events of a batch that are wanted and came after ``since``, and wake the reader once."""
        wanted = [event for event in batch if event.number > since and self.wants(event)]
        for event in wanted:
            self.queue(event)
        if has_missed:
            self.missed = None  # which of those that are gone it wanted is not kept
        if wanted or has_missed:
            self.wake()

    def queue(self, event: Event) -> None:
        """Queue an event for the reader; the oldest are dropped where too many wait, or too long ones."""
        self._waiting.append(event)
        self._bytes += event.size
        while len(self._waiting) > QUEUE_SIZE or self._bytes > QUEUE_BYTES:
            self._bytes -= self._waiting.popleft().size
            self.missed = None if self.missed is None else self.missed + 1

    def wake(self) -> None:
        """Show the reader what waits for it."""
        self._woken.set()

    def close(self) -> None:
        """Send the reader away."""
        self.closed = True
        self._woken.set()

    async def next_events(self, seconds: float) -> list[Event]:
        """Return the next events, after waiting at most ``seconds`` for one; may be none, and leave some waiting."""
        if not self._waiting and not self.closed:
            try:
                async with time_limit(seconds):
                    await self._woken.wait()
            except TimeoutError:
                return []
        self._woken.clear()
        events: list[Event] = []
        told = 0
        while self._waiting and told < TOLD_BYTES:
            events.append(self._waiting.popleft())
            told += events[-1].size
        self._bytes -= told
        return events


class Events:
    """The last events of every app since somebody listened first, and everybody who listens.

    Attributes:
        is_heard: Whether anybody ever listened: who resumes was here before, so nothing is kept until then.
    """

    def __init__(self, size: int = RING_SIZE) -> None:
        self._ring: deque[_Entry] = deque()
        self._ring_size, self._ring_bytes = size, 0
        self._number = 0
        self._run = secrets.token_hex(4)
        self._readers: dict[Reader, int] = {}
        self._fresh: deque[Event] = deque()
        self._fresh_bytes = 0
        self._has_missed = False
        self._spreading_in: asyncio.AbstractEventLoop | None = None
        self.is_heard = False

    def publish(
        self, name: str, app_id: str, what: object = None, now: datetime | None = None
    ) -> None:
        """Publish to every reader; costs nothing where nobody ever listened."""
        if not self.is_heard:
            return
        self._number += 1
        entry = (self._number, name, app_id, what, now, _size(what))
        self._keep(entry)
        if self._readers:
            self._spread_soon(Event(*entry))

    async def listen(self, reader: Reader, last_event_id: str | None = None) -> None:
        """Register a reader for what happens from now on, or from after the event it names."""
        self.is_heard = True
        if last_event_id:
            self._resume(reader, last_event_id)
        self._readers[reader] = self._number

    def leave(self, reader: Reader) -> None:
        """Forget a reader."""
        self._readers.pop(reader, None)

    def close(self) -> None:
        """Send every reader away: the server stops."""
        for reader in self._readers:
            reader.close()

    def event_id(self, event: Event) -> str:
        """Return the id of an event, unique across restarts of the server."""
        return f"{self._run}-{event.number}"

    def _keep(self, entry: _Entry) -> None:
        """Keep an event for who resumes; the oldest go."""
        self._ring.append(entry)
        self._ring_bytes += entry[-1]
        while len(self._ring) > self._ring_size or self._ring_bytes > RING_BYTES:
            self._ring_bytes -= self._ring.popleft()[-1]

    def _spread_soon(self, event: Event) -> None:
        """Have the readers hear of an event, in their turn: a call costs the same however many there are."""
        self._fresh.append(event)
        self._fresh_bytes += event.size
        while len(self._fresh) > MOST_FRESH or self._fresh_bytes > RING_BYTES:
            self._fresh_bytes -= self._fresh.popleft().size
            self._has_missed = True
        if self._spreading_in is None or not self._spreading_in.is_running():
            self._spreading_in = asyncio.get_running_loop()
            self._spreading_in.call_soon(self._begin_spreading)

    def _begin_spreading(self) -> None:
        batch, has_missed = [*self._fresh], self._has_missed
        self._fresh.clear()
        self._fresh_bytes, self._has_missed = 0, False
        self._spread(batch, [*self._readers], has_missed=has_missed)

    def _spread(self, batch: list[Event], readers: list[Reader], *, has_missed: bool) -> None:
        """Queue the same events for some readers, and wake each once; the others follow after calls had their turn."""
        for reader in readers[-TOLD_AT_ONCE:]:
            since = self._readers.get(reader)
            if since is not None:
                reader.hear_all(batch, since, has_missed=has_missed)
        del readers[-TOLD_AT_ONCE:]
        if readers or self._fresh:
            rest = partial(self._spread, batch, readers, has_missed=has_missed)
            loop = asyncio.get_running_loop()
            loop.call_later(BETWEEN_SECONDS, rest if readers else self._begin_spreading)
        else:
            self._spreading_in = None

    def _resume(self, reader: Reader, last_event_id: str) -> None:
        run, _, number = last_event_id.partition("-")
        known = run == self._run and number.isdecimal()
        last = int(number) if known else 0
        for event in (Event(*entry) for entry in self._ring):
            if event.number > last and reader.wants(event):
                reader.hear(event)
        if not known or (self._ring and self._ring[0][0] > last + 1):
            # Which of the events that are gone this reader wanted is not kept.
            reader.missed = None
