"""Delivering what is sent into the outbox: at once, or as faults of delivery have it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from genauth_mock.engine.clock import clock_of, now_of, real_time
from genauth_mock.engine.codes import current_state
from genauth_mock.faults.delivery import LateMessages
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from genauth_mock.activity.events import Events
    from genauth_mock.engine.clock import Clock
    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.engine.records import Records
    from genauth_mock.faults.delivery import Dispatch
    from genauth_mock.storage.opening import Storage
    from genauth_mock.storage.redis.feed import SharedEvents


class Deliveries:
    """Delivers messages.

    Attributes:
        late: Messages on their way.

    Args:
        storage: Where the outbox and the state live.
        events: Where each message is published.
        share: Publishes to every process.
    """

    def __init__(
        self,
        storage: Storage,
        events: Events | SharedEvents,
        share: Callable[[], Awaitable[None]],
    ) -> None:
        self._store, self._outbox = storage.store, storage.outbox
        self._events = events
        self._share = share
        self.late = LateMessages(self._clock_of, self._arrive_late, real_time, StoreUnreachable)

    async def deliver(self, app_id: str, code: PassCode, now: datetime) -> None:
        """Deliver a message at once."""
        message = await self._outbox.add(app_id, code)
        self._events.publish("message.issued", app_id, message, now)

    async def dispatch(self, app_id: str, planned: Iterable[Dispatch], now: datetime) -> None:
        """Deliver messages as it was planned; those that are late are on their way then."""
        for dispatch in planned:
            if dispatch.late_seconds > 0:
                self.late.send(app_id, dispatch)
                continue
            for _ in range(dispatch.copies):
                await self.deliver(app_id, dispatch.code, now)

    async def _arrive_late(self, app_id: str, code: PassCode) -> None:
        """Deliver a message that was on its way; its code may have been replaced meanwhile."""
        now, latest = await self._store.transact(app_id, partial(_now_and_code, code))
        await self.deliver(app_id, latest, now)
        await self._share()

    async def _clock_of(self, app_id: str) -> Clock:
        return await self._store.transact(app_id, clock_of)


def _now_and_code(code: PassCode, records: Records) -> tuple[datetime, PassCode]:
    now = now_of(records)
    return now, current_state(records, code, now)
