"""The journal: the last requests of each app and what was answered, explained, with secrets masked."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl

from genauth_mock.activity.masking import (
    masked_headers,
    masked_json,
    masked_query,
    masked_text,
)
from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.profiles import DEFAULT
from genauth_mock.engine.value import define
from genauth_mock.engine.waiting import Signal, time_limit
from genauth_mock.http.json_text import read_json
from genauth_mock.http.messages import Ending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.outcomes import Outcome
    from genauth_mock.faults.fault import Fault
    from genauth_mock.http.messages import HttpReply, HttpRequest

log = logging.getLogger("genauth_mock")

Json = dict[str, object]

JOURNAL_SIZE: Final = 1000
"""How many requests of an app are kept."""

JOURNAL_BYTES: Final = 64 * 1024 * 1024
"""How many bytes the requests of all apps and their answers hold at most."""

USUAL_BYTES: Final = 2048
"""What a request takes besides its headers and bodies."""

USUAL_NAME: Final = 16
"""About how many bytes the name of a header has."""

MOST_APPS: Final = 10_000
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
        profile: The profile that the app answers by.
        user_id: Whose access token it carried, where that is known.
        effect: The outcome by the engine's rules; None where a fault kept the request from taking effect.
        why: The rule behind a refusal, and what was left of its limit.
        outcome: The outcome that was answered: ``effect``, or that of a fault; None where it has no name.
        faults: The faults that were applied to it.
        held_until: Until when (by `stopwatch`) a fault holds the answer back.
        counted: How many bytes the journal counts for it.
    """

    app_id: str
    request: HttpRequest
    body: Mapping[str, object] | None = None
    number: int = 0
    now: datetime | None = None
    seconds: float | None = None
    profile: str = DEFAULT
    user_id: str | None = None
    effect: Outcome | None = None
    why: Mapping[str, str | float] | None = None
    outcome: Outcome | None = None
    reply: HttpReply | None = None
    faults: tuple[Fault, ...] = ()
    held_until: float = 0.0
    counted: int = 0

    def note_context(self, context: CallContext) -> None:
        """Keep the time at which the request runs, and its user."""
        self.now = context.now
        self.profile = context.settings.profile
        access = context.access
        self.user_id = None if access is None else access.user_id

    @property
    def size(self) -> int:
        """About how many bytes it holds; a name of a header counts as one of usual length."""
        headers, reply = self.request.headers, self.reply
        names = USUAL_NAME * len(headers)
        bodies = len(self.request.body) + (0 if reply is None else len(reply.body))
        return names + sum(map(len, headers.values())) + bodies

    @property
    def is_pending(self) -> bool:
        """Whether a fault holds it up: it is not answered yet."""
        waits = self.reply is None and self.seconds is None
        return waits or (self.held_until > 0 and stopwatch() < self.held_until)

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
        most_bytes: How many bytes those of all apps hold; the oldest of the app that asked the longest ago go.
    """

    def __init__(self, size: int = JOURNAL_SIZE, most_bytes: int = JOURNAL_BYTES) -> None:
        self._size = size
        self._most_bytes = most_bytes
        self._number = self._bytes = 0
        self._apps: OrderedDict[str, deque[Exchange]] = OrderedDict()
        self._latest: deque[Exchange] | None = None
        self._grown: dict[str, Signal] = {}
        self._is_cut = False

    def note(self, exchange: Exchange) -> None:
        """Write an exchange down."""
        self._number += 1
        exchange.number = self._number
        if not self._size:
            return
        app_id = exchange.app_id
        kept = self._apps.get(app_id)
        if kept is None:
            kept = self._apps[app_id] = deque()
        if kept is not self._latest:
            self._apps.move_to_end(app_id)
            self._latest = kept
        kept.append(exchange)
        exchange.counted = USUAL_BYTES + exchange.size
        self._bytes += exchange.counted
        if len(kept) > self._size:
            self._bytes -= kept.popleft().counted
        if self._bytes > self._most_bytes or len(self._apps) > MOST_APPS:
            self._cut()
        if self._grown:
            self._wake(app_id)

    def note_answer(self, exchange: Exchange) -> None:
        """Wake those who wait: a request that was noted while it was delayed has its answer now."""
        self._wake(exchange.app_id)

    def _wake(self, app_id: str) -> None:
        grown = self._grown.pop(app_id, None)
        if grown is not None:
            grown.set()

    def of(self, app_id: str) -> list[Exchange]:
        """Return the exchanges of an app, oldest first."""
        kept = self._apps.get(app_id)
        return [] if kept is None else list(kept)

    async def after(self, app_id: str, number: int = 0) -> list[Exchange]:
        """Return the exchanges of an app after a number, oldest first."""
        kept = self._apps.get(app_id)
        newest_first = () if kept is None else reversed(kept)
        return [*takewhile(lambda exchange: exchange.number > number, newest_first)][::-1]

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have exchanges."""
        return list(self._apps)

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; return how many exchanges are gone."""
        return self.drop(app_id)

    def drop(self, app_id: str) -> int:
        """Forget the exchanges of an app; return how many there were."""
        kept = self._apps.pop(app_id, None)
        if kept is None:
            return 0
        self._bytes -= sum(exchange.counted for exchange in kept)
        return len(kept)

    async def cursor(self) -> int:
        """Return the number of the newest exchange; later ones have larger numbers."""
        return self._number

    async def wait_for_more(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an exchange of an app after that one is written down, at most so long."""
        grown = self._grown.setdefault(
            app_id, Signal()
        )  # before the look: another thread may note one meanwhile
        kept = self._apps.get(app_id)
        if kept and kept[-1].number > number:
            return
        with suppress(TimeoutError):
            async with time_limit(seconds):
                await grown.wait()

    def _cut(self) -> None:
        """Forget the oldest exchanges of the apps that were asked the longest ago."""
        if not self._is_cut:
            self._is_cut = True
            log.warning(
                "the journal holds %d MiB of at most %d apps: from now on the oldest requests go",
                self._most_bytes // 2**20,
                MOST_APPS,
            )
        while self._bytes > self._most_bytes or len(self._apps) > MOST_APPS:
            app_id, kept = next(iter(self._apps.items()))
            if len(self._apps) > MOST_APPS or not kept:
                self.drop(app_id)
            else:
                self._bytes -= kept.popleft().counted


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
        "pending": exchange.is_pending,
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
