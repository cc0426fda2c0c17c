"""The journal: the last requests of each app and what was answered, explained, with secrets masked."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl

from attrs import define

from genauth_mock.activity.masking import (
    masked_headers,
    masked_json,
    masked_query,
    masked_text,
)
from genauth_mock.engine.profile import timestamp
from genauth_mock.http.json_text import read_json
from genauth_mock.http.messages import Ending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.outcomes import Outcome
    from genauth_mock.faults.fault import Fault
    from genauth_mock.http.messages import HttpReply, HttpRequest

Json = dict[str, object]

JOURNAL_SIZE: Final = 1000
"""How many requests of an app are kept."""

MOST_APPS: Final = 1000
"""How many apps have a journal; the one that was asked the longest ago goes first."""

_UNSENT: Final = (Ending.RESET, Ending.DROP)


@define(eq=False, weakref_slot=False)
class Exchange:
    """One request and its response.

    Attributes:
        number: Its place in the journal of all apps.
        body: What was read of the request's body, until it is answered.
        now: The app's time when the request ran; None where it never did.
        seconds: How long the answer took, in real time.
        user_id: Whose access token it carried, where that is known.
        effect: The outcome by the engine's rules; None where a fault kept the request from taking effect.
        why: The rule behind a refusal, and what was left of its limit.
        outcome: The outcome that was answered: ``effect``, or that of a fault; None where it has no name.
        faults: The faults that were applied to it.
    """

    app_id: str
    request: HttpRequest
    body: Mapping[str, object] | None = None
    number: int = 0
    now: datetime | None = None
    seconds: float | None = None
    user_id: str | None = None
    effect: Outcome | None = None
    why: Mapping[str, str | float] | None = None
    outcome: Outcome | None = None
    reply: HttpReply | None = None
    faults: tuple[Fault, ...] = ()

    def note_context(self, context: CallContext) -> None:
        """Keep the time at which the request runs, and its user."""
        self.now = context.now
        access = context.access
        self.user_id = None if access is None else access.user_id

    @property
    def http_status(self) -> int | None:
        """The HTTP status of the answer; None where none was sent."""
        if self.reply is None or self.reply.connection_fault.ending in _UNSENT:
            return None
        return self.reply.status

    def answer(self) -> Json:
        """Return the response body as an object; an empty one where it is something else."""
        if self.reply is None or self.http_status is None:
            return {}
        return _object(self.reply.body)

    def sent_body(self) -> Mapping[str, object]:
        """Return the request body as an object, from JSON or a form; an empty one where it is something else."""
        sent = self.request.body
        if self.body is not None or not sent:
            return self.body or {}
        # Some clients call JSON a form; it is read as JSON all the same.
        is_object = sent.lstrip().startswith(b"{")
        if not is_object and "form" in self.request.headers.get("content-type", ""):
            return dict(parse_qsl(sent.decode(errors="replace")))
        return _object(sent)


class Journal:
    """The last requests of every app.

    Args:
        size: How many of each app are kept; 0 keeps none.
    """

    def __init__(self, size: int = JOURNAL_SIZE) -> None:
        self._size = size
        self._number = 0
        self._apps: dict[str, deque[Exchange]] = {}
        self._grown: asyncio.Event | None = None

    def note(self, exchange: Exchange) -> None:
        """Write an exchange down."""
        self._number += 1
        exchange.number = self._number
        if not self._size:
            return
        kept = self._apps.get(exchange.app_id)
        if kept is None:
            kept = self._begun(exchange.app_id)
        kept.append(exchange)
        if self._grown is not None:
            self._grown.set()
            self._grown = None

    def of(self, app_id: str) -> list[Exchange]:
        """Return the exchanges of an app, oldest first."""
        return list(self._apps.get(app_id, ()))

    async def after(self, app_id: str, number: int = 0) -> list[Exchange]:
        """Return the exchanges of an app after a number, oldest first."""
        return [exchange for exchange in self.of(app_id) if exchange.number > number]

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have exchanges."""
        return list(self._apps)

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; return how many exchanges are gone."""
        return len(self._apps.pop(app_id, ()))

    async def cursor(self) -> int:
        """Return the number of the newest exchange; later ones have larger numbers."""
        return self._number

    async def wait_for_more(self, app_id: str, number: int, seconds: float) -> None:  # noqa: ARG002 - whoever asked looks for itself
        """Wait until something is written down, such as an exchange of an app after that one, at most so long."""
        if self._grown is None:
            self._grown = asyncio.Event()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._grown.wait()

    def _begun(self, app_id: str) -> deque[Exchange]:
        if len(self._apps) >= MOST_APPS:
            least_asked = min(self._apps, key=lambda each: self._apps[each][-1].number)
            del self._apps[least_asked]
        kept = self._apps[app_id] = deque(maxlen=self._size)
        return kept


def _object(text: bytes) -> Json:
    try:
        content = read_json(text)
    except ValueError:
        return {}
    return cast("Json", content) if isinstance(content, dict) else {}


def show_exchange(exchange: Exchange) -> Json:
    """Show an exchange, secrets masked."""
    request = exchange.request
    answer = exchange.answer()
    return {
        "id": str(exchange.number),
        "appId": exchange.app_id,
        "at": exchange.now and timestamp(exchange.now),
        "durationMs": None if exchange.seconds is None else round(exchange.seconds * 1000, 1),
        "userId": exchange.user_id,
        "method": request.method,
        "path": masked_text(request.path),
        "query": masked_query(request.query),
        "headers": masked_headers(request.headers),
        "body": masked_json(dict(exchange.sent_body())),
        "httpStatus": exchange.http_status,
        "statusCode": answer.get("statusCode"),
        "apiCode": answer.get("apiCode"),
        "message": masked_json(answer.get("message")),
        "requestId": answer.get("requestId"),
        "outcome": exchange.outcome and exchange.outcome.name,
        "effect": exchange.effect and exchange.effect.name,
        "why": exchange.why or None,
        "answer": masked_json(answer) if answer else None,
        "faults": [_shown(fault) for fault in exchange.faults],
    }


def _shown(fault: Fault) -> Json:
    return {"id": fault.fault_id, "kind": fault.kind, "when": fault.when}
