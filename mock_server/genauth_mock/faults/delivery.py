"""Delivers messages at once, or as a fault of delivery says: late, never, or twice."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.value import frozen_for_checkers
from genauth_mock.faults.fault import Delivery
from genauth_mock.faults.matching import of_delivery

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from genauth_mock.engine.clock import Clock
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.faults.matching import FaultSet

log = logging.getLogger("genauth_mock")

LONGEST_NAP_SECONDS: Final = 1.0
"""How often a late message looks at the clock at least: another process may have moved it."""

ROUNDING: Final = timedelta(milliseconds=1)
"""A frozen clock that was moved by exactly what was missing may show a moment that is rounded down."""


@frozen_for_checkers
class Dispatch:
    """How one message is delivered.

    Attributes:
        copies: How often it is delivered.
        late_seconds: The delay, in the app's time.
    """

    code: PassCode
    copies: int = 1
    late_seconds: float = 0.0


def dispatches(context: CallContext, active: FaultSet) -> list[Dispatch]:
    """Return how the messages of an operation are delivered, and count the faults that apply to them."""
    if all(fault.delivery is None for fault in active.faults):
        return [Dispatch(code) for code in context.issued]
    before = active
    planned: list[Dispatch] = []
    for code in context.issued:
        fault, active = of_delivery(context, active, code)
        match fault and fault.delivery:
            case Delivery.NEVER:
                planned.append(Dispatch(code, copies=0))
            case Delivery.TWICE:
                planned.append(Dispatch(code, copies=2))
            case Delivery.LATE if fault is not None and fault.delay is not None:
                planned.append(Dispatch(code, late_seconds=fault.delay.draw(context.randomness)))
            case _:
                planned.append(Dispatch(code))
    if active is not before:
        context.records.put("", active)
    return planned


class LateMessages:
    """Delivers late messages, each when its app's clock reaches the time.

    Args:
        clock: Returns an app's clock.
        deliver: Delivers a message.
        real_time: Returns the real time in seconds.
        away: What ``clock`` and ``deliver`` raise where they have to be tried again: no message is lost by that, but
            one whose delivery got no answer may come twice.
    """

    def __init__(
        self,
        clock: Callable[[str], Awaitable[Clock]],
        deliver: Callable[[str, PassCode], Awaitable[None]],
        real_time: Callable[[], float],
        away: type[Exception],
    ) -> None:
        self._clock = clock
        self._deliver = deliver
        self._real_time = real_time
        self._away = away
        self._on_their_way: dict[asyncio.Task[None], str] = {}
        self._moved: dict[str, asyncio.Event] = {}

    def send(self, app_id: str, dispatch: Dispatch) -> None:
        """Deliver a message, after its delay if it has one."""
        due = dispatch.code.sent_at + timedelta(seconds=dispatch.late_seconds)
        task = asyncio.get_running_loop().create_task(self._travel(app_id, dispatch.code, due))
        self._on_their_way[task] = app_id
        task.add_done_callback(lambda done: self._on_their_way.pop(done, None))

    def look_at_clock(self, app_id: str) -> None:
        """Deliver the messages of an app that are due, as its clock was moved."""
        moved = self._moved.pop(app_id, None)
        if moved is not None:
            moved.set()

    def forget(self, app_id: str) -> None:
        """Discard an app's undelivered messages."""
        for task, owner in list(self._on_their_way.items()):
            if owner == app_id:
                task.cancel()

    def close(self) -> None:
        """Discard every undelivered message."""
        for task in list(self._on_their_way):
            task.cancel()

    async def _travel(self, app_id: str, code: PassCode, due: datetime) -> None:
        is_held_up = False
        while True:
            moved = self._moved.setdefault(app_id, asyncio.Event())
            try:
                nap = await self._delivered(app_id, code, due)
            except self._away as error:
                if not is_held_up:
                    log.warning("a late message waits for its store: %s", error)
                is_held_up, nap = True, LONGEST_NAP_SECONDS
            if nap <= 0:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(nap):
                    await moved.wait()

    async def _delivered(self, app_id: str, code: PassCode, due: datetime) -> float:
        """Deliver a message that is due; return how many seconds to wait for one that is not."""
        clock = await self._clock(app_id)
        left = due - clock.now(self._real_time())
        if left <= ROUNDING:
            await self._deliver(app_id, code)
            return 0.0
        stands = clock.is_frozen or clock.scale == 0
        nap = LONGEST_NAP_SECONDS if stands else left.total_seconds() / clock.scale
        return min(nap, LONGEST_NAP_SECONDS)
