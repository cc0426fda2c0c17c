"""``GET /_mock/events``: server-sent events, described in `genauth_mock.activity.events`."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from aiohttp import web

from genauth_mock.activity.events import EVENT_NAMES, QUEUE_BYTES, Event, Reader
from genauth_mock.activity.journal import Exchange, show_exchange
from genauth_mock.activity.webhooks import WebhookDelivery, show_delivery
from genauth_mock.control.clock import show_clock
from genauth_mock.control.messages import show_message
from genauth_mock.control.request import ControlError, Json, check_filters
from genauth_mock.control.users import show_user
from genauth_mock.engine.accounts import User
from genauth_mock.engine.clock import Clock
from genauth_mock.engine.json_values import unknown
from genauth_mock.engine.settings import Settings, show_settings
from genauth_mock.engine.user_events import UserEvent
from genauth_mock.faults.json_format import show_fault_set
from genauth_mock.faults.matching import FaultSet
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import named_app
from genauth_mock.http.writer import http_date
from genauth_mock.storage.interfaces import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from genauth_mock.activity.events import Events
    from genauth_mock.runtime.deployment import Deployment
    from genauth_mock.storage.redis.feed import SharedEvents

EVENT_FILTERS: Final = ("appId", "events", "lastEventId")
"""What ``GET /_mock/events`` takes."""

KEEP_ALIVE_SECONDS: Final = 15.0
"""How often a comment is sent where nothing happens, so that nobody between takes the connection for dead."""


async def stream_events(deployment: Deployment, request: web.Request) -> web.StreamResponse:
    """Stream what happens, until the reader leaves or the server stops.

    ``appId`` (or the app id header) names one app, else events of all are sent; ``events`` names those wanted.

    Raises:
        ControlError: ``events`` names one that does not exist, or the query has a name that is unknown.
    """
    check_filters(request.query, EVENT_FILTERS)
    events = deployment.events
    reader = Reader(_app_id(request), _names(request))
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            "Date": http_date(),
        }
    )
    last = request.headers.get("last-event-id") or request.query.get("lastEventId")
    await events.listen(reader, last)
    try:
        await response.prepare(request)
        await response.write(b": connected\nretry: 1000\n\n")
        while not reader.closed:
            # What was missed is sent at once.
            wait = KEEP_ALIVE_SECONDS if reader.missed == 0 else 0
            told = await reader.next_events(wait)
            # A reader that pauses is sent nothing more until it reads on: this waits once a piece is written.
            await response.write(written(events, reader, told))
    except ConnectionResetError:
        pass  # the reader left, which is how it ends
    finally:
        events.leave(reader)
    return response


def _app_id(request: web.Request) -> str | None:
    named = named_app(request.headers, request.query)
    return None if named in (None, "", "*") else named


def _names(request: web.Request) -> frozenset[str]:
    named = [name for name in request.query.get("events", "").split(",") if name]
    for name in sorted({*named} - {*EVENT_NAMES}):
        message = unknown("event", name, EVENT_NAMES)
        raise ControlError(message)
    return frozenset(named or EVENT_NAMES)


def written(events: Events | SharedEvents, reader: Reader, told: Iterable[Event]) -> bytes:
    """Write the events for a reader; where there are none, a comment that keeps the connection."""
    missed, reader.missed = reader.missed, 0
    blocks = [] if missed == 0 else [_block("dropped", {"dropped": missed})]
    blocks += [_last_written.of(event, events.event_id(event)) for event in told]
    return b"".join(blocks) or b": still here\n\n"


class _LastWritten:
    """The last events as they were written, by their ids: a thousand readers hear the same ones after each other."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def of(self, event: Event, event_id: str) -> bytes:
        """Write an event, or return what was written of it."""
        block = self._blocks.get(event_id)
        if block is None:
            block = _block(event.name, {"appId": event.app_id, **show(event)}, event_id)
            self._blocks[event_id] = block
            self._bytes += len(block)
            while self._bytes > QUEUE_BYTES:
                self._bytes -= len(self._blocks.popitem(last=False)[1])
        return block


_last_written: Final = _LastWritten()


def _block(name: str, data: Json, event_id: str | None = None) -> bytes:
    head = f"id: {event_id}\nevent: {name}\n" if event_id else f"event: {name}\n"
    return head.encode() + b"data: " + write_json(data) + b"\n\n"


def show(event: Event) -> Json:
    """Return an event's data without the app id."""
    now = event.now
    match event.what:
        case Message() as message if now is not None:
            told = show_message(message, now)
            if event.name == "message.changed":
                told.pop("cursor")
            shown: Json = {"message": told}
        case UserEvent() as happened:
            told = {"eventType": happened.code, "userId": happened.user_id}
            shown = {"userEvent": {**told, "eventData": happened.data}}
        case User() as user:
            shown = {"user": show_user(user)}
        case Exchange() as exchange:
            shown = {"request": show_exchange(exchange)}
        case FaultSet() as armed:
            shown = show_fault_set(armed)
        case Settings() as settings:
            shown = {"settings": show_settings(settings)}
        case Clock() as clock:
            shown = {"clock": show_clock(clock)}
        case WebhookDelivery() as delivery:
            shown = {"webhook": show_delivery(delivery)}
        case _:
            shown = {}
    return shown
