"""Sends webhooks: in threads of its own, so that no call waits for a receiver and no event loop has to go on.

One thread sends to one webhook of one app, one event after the other, and ends when none waits. It goes to the URL of
the settings only: no redirect is followed and no proxy is asked.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import OrderedDict, deque
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from attrs import evolve, field

from genauth_mock.activity.webhooks import Progress, WebhookDelivery, begun
from genauth_mock.engine.value import define
from genauth_mock.engine.webhook_settings import SECRET_HEADER
from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from genauth_mock.activity.events import Events
    from genauth_mock.engine.webhook_settings import Webhook
    from genauth_mock.faults.delivery import Announcement
    from genauth_mock.storage.redis.feed import SharedEvents

log = logging.getLogger("genauth_mock")

TIMEOUT_SECONDS: Final = 5.0
"""How long a receiver may be silent. Source: assumed."""

MOST_WAITING: Final = 1000
"""How many events wait for one webhook; the oldest fail then."""

MOST_KEPT: Final = 1000
"""How many deliveries are shown."""


@define(eq=False)
class _Line:
    """The events that wait for one webhook of one app."""

    waiting: deque[tuple[WebhookDelivery, Webhook, bytes]] = field(
        factory=deque[tuple[WebhookDelivery, "Webhook", bytes]]
    )
    is_served: bool = False
    ended: threading.Event = field(factory=threading.Event)


class Webhooks:
    """Sends the events of an app to its webhooks, and knows what became of each.

    Args:
        events: Where the end of each delivery is published.
        share: Publishes to every process; None for a single one.
    """

    def __init__(
        self, events: Events | SharedEvents, share: Callable[[], Awaitable[None]] | None
    ) -> None:
        self._events, self._share = events, share
        self._number = 0
        self._lock = threading.Lock()
        self._lines: dict[tuple[str, str], _Line] = {}
        self._kept: OrderedDict[int, WebhookDelivery] = OrderedDict()
        self._untold: deque[WebhookDelivery] = deque(maxlen=MOST_KEPT)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sharing: set[asyncio.Future[None]] = set()

    def send(self, app_id: str, told: Sequence[Announcement], now: datetime) -> None:
        """Send what was planned, and return at once."""
        self._loop = asyncio.get_running_loop()
        for each in told:
            notice = each.notice
            for _ in range(each.copies or 1):
                with self._lock:
                    self._number += 1
                    made = begun(self._number, app_id, notice, now)
                    if each.copies:
                        self._keep(made)
                        self._enqueue(made, notice.hook, write_json(notice.body))
                if not each.copies:
                    self._end(evolve(made, state=Progress.LOST, error="a fault lost it"))
        self.publish_ended()

    def of(self, app_id: str) -> list[WebhookDelivery]:
        """Return the deliveries of an app, oldest first."""
        with self._lock:
            return [each for each in self._kept.values() if each.app_id == app_id]

    def forget(self, app_id: str) -> None:
        """Discard an app's deliveries, those that wait included."""
        with self._lock:
            for key in [key for key in self._lines if key[0] == app_id]:
                self._lines.pop(key).ended.set()
            for number in [n for n, each in self._kept.items() if each.app_id == app_id]:
                del self._kept[number]

    def close(self) -> None:
        """Stop sending."""
        with self._lock:
            for line in self._lines.values():
                line.ended.set()
            self._lines.clear()

    def publish_ended(self) -> None:
        """Publish the deliveries that have ended since; called in an event loop."""
        is_some = False
        while self._untold:
            ended = self._untold.popleft()
            name = f"webhook.{'delivered' if ended.state is Progress.DELIVERED else 'failed'}"
            self._events.publish(name, ended.app_id, ended)
            is_some = True
        if is_some and self._share is not None:
            sharing = asyncio.ensure_future(self._share())
            self._sharing.add(sharing)
            sharing.add_done_callback(self._sharing.discard)

    def _enqueue(self, made: WebhookDelivery, hook: Webhook, body: bytes) -> None:
        line = self._lines.setdefault((made.app_id, hook.url), _Line())
        line.waiting.append((made, hook, body))
        if len(line.waiting) > MOST_WAITING:
            self._drop(line, f"more than {MOST_WAITING} events wait")
        if not line.is_served:
            line.is_served = True
            try:
                threading.Thread(
                    target=self._serve, args=(line,), name="genauth-mock-webhook", daemon=True
                ).start()
            except RuntimeError as error:  # no thread can be started, and the call goes on
                line.is_served = False
                self._drop(line, str(error))

    def _drop(self, line: _Line, why: str) -> None:
        """Mark the oldest event of a line as failed."""
        ended = evolve(line.waiting.popleft()[0], state=Progress.FAILED, error=why)
        self._keep(ended)
        self._untold.append(ended)

    def _serve(self, line: _Line) -> None:
        while True:
            with self._lock:
                if line.ended.is_set() or not line.waiting:
                    line.is_served = False
                    return
                made, hook, body = line.waiting.popleft()
            self._deliver(line, made, hook, body)

    def _deliver(self, line: _Line, made: WebhookDelivery, hook: Webhook, body: bytes) -> None:
        for pause in (0.0, *hook.retry_seconds):
            if line.ended.wait(pause):
                return
            status, error = _post(hook, body)
            made = evolve(made, attempts=made.attempts + 1, http_status=status, error=error)
            with self._lock:
                if line.ended.is_set():
                    return
                self._keep(made)
            if error is None:
                self._end(evolve(made, state=Progress.DELIVERED))
                return
        log.warning("webhook %s to %s failed: %s", made.event, made.url, made.error)
        self._end(evolve(made, state=Progress.FAILED))

    def _end(self, ended: WebhookDelivery) -> None:
        """Keep how a delivery ended, and have the event loop publish it."""
        with self._lock:
            self._keep(ended)
        self._untold.append(ended)
        loop = self._loop
        if loop is not None:
            try:
                loop.call_soon_threadsafe(self.publish_ended)
            except RuntimeError:
                self._loop = None  # it has ended: the next call publishes

    def _keep(self, made: WebhookDelivery) -> None:
        self._kept[made.number] = made
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def _post(hook: Webhook, body: bytes) -> tuple[int | None, str | None]:
    """Post to a webhook; return the HTTP status, and what is wrong with it."""
    parts = urlsplit(hook.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json", "User-Agent": "genauth-mock"}
    if hook.secret is not None:
        headers[SECRET_HEADER] = hook.secret
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except Exception as error:  # noqa: BLE001 - whatever it is, it is shown, and the thread goes on
        return None, type(error).__name__
    finally:
        connection.close()
    is_taken = 200 <= status < 300  # noqa: PLR2004 - the class of success
    return status, None if is_taken else f"HTTP {status}"
