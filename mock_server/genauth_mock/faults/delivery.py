"""Delivers messages at once, or as a fault of delivery says: late, never, or twice."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.value import define, frozen_for_checkers
from genauth_mock.engine.waiting import Signal, time_limit
from genauth_mock.faults.fault import Delivery
from genauth_mock.faults.matching import of_delivery, of_webhook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from datetime import datetime

    from genauth_mock.engine.clock import Clock
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.engine.webhooks import Notice
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


@frozen_for_checkers
class Announcement:
    """How one webhook is sent.

    Attributes:
        copies: How often; 0 loses it.
    """

    notice: Notice
    copies: int = 1


def announcements(context: CallContext, told: list[Notice], active: FaultSet) -> list[Announcement]:
    """Return how webhooks are sent, and count the faults that apply to them."""
    before = active
    planned: list[Announcement] = []
    for notice in told:
        fault, active = of_webhook(context, active, notice.event, notice.user)
        copies = 1 if fault is None else 0 if fault.delivery is Delivery.NEVER else 2
        planned.append(Announcement(notice, copies))
    if active is not before:
        context.records.put("", active)
    return planned


class LateMessages:
    """Delivers late messages, each when its app's clock reaches the time.

    A task waits for it. Where its event loop ends first, as that of a synchronous client does with each request,
    whoever asks for messages or moves the clock delivers what is due, and waits for the rest.

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
        self._on_their_way: dict[_Late, None] = {}
        self._moved: dict[str, Signal] = {}

    def send(self, app_id: str, dispatch: Dispatch) -> None:
        """Deliver a message, after its delay if it has one."""
        due = dispatch.code.sent_at + timedelta(seconds=dispatch.late_seconds)
        late = _Late(app_id, dispatch.code, due)
        self._on_their_way[late] = None
        late.carry(self._travel(late))

    async def deliver_due(self, app_id: str) -> None:
        """Deliver the messages of an app that are due, and carry on those whose event loop has ended.

        Raises:
            Exception: What ``away`` is: some have to be tried again.
        """
        for late in self._of(app_id):
            if await self._delivered(late) > 0 and not late.is_carried:
                late.carry(self._travel(late))

    def look_at_clock(self, app_id: str) -> None:
        """Deliver the messages of an app that are due, as its clock was moved."""
        moved = self._moved.pop(app_id, None)
        if moved is not None:
            moved.set()

    def forget(self, app_id: str) -> None:
        """Discard an app's undelivered messages."""
        for late in self._of(app_id):
            self._on_their_way.pop(late, None)
        self.look_at_clock(app_id)

    def close(self) -> None:
        """Discard every undelivered message."""
        for app_id in {late.app_id for late in tuple(self._on_their_way)}:
            self.forget(app_id)

    def _of(self, app_id: str) -> list[_Late]:
        return [late for late in tuple(self._on_their_way) if late.app_id == app_id]

    async def _travel(self, late: _Late) -> None:
        is_held_up = False
        while late in self._on_their_way:
            moved = self._moved.setdefault(late.app_id, Signal())
            try:
                nap = await self._delivered(late)
            except self._away as error:
                if not is_held_up:
                    log.warning("a late message waits for its store: %s", error)
                is_held_up, nap = True, LONGEST_NAP_SECONDS
            if nap <= 0:
                return
            with suppress(TimeoutError):
                async with time_limit(nap):
                    await moved.wait()

    async def _delivered(self, late: _Late) -> float:
        """Deliver a message that is due; return how many seconds to wait for one that is not."""
        clock = await self._clock(late.app_id)
        left = late.due - clock.now(self._real_time())
        if left <= ROUNDING:
            if late in self._on_their_way:
                del self._on_their_way[late]
                try:
                    await self._deliver(late.app_id, late.code)
                except self._away:
                    self._on_their_way[late] = None
                    raise
            return 0.0
        stands = clock.is_frozen or clock.scale == 0
        nap = LONGEST_NAP_SECONDS if stands else left.total_seconds() / clock.scale
        return min(nap, LONGEST_NAP_SECONDS)


@define(eq=False)
class _Late:
    """A message on its way.

    Attributes:
        due: When it is delivered, by the app's clock.
    """

    app_id: str
    code: PassCode
    due: datetime
    _task: asyncio.Task[None] | None = None

    @property
    def is_carried(self) -> bool:
        """Whether somebody waits in order to deliver it, in an event loop that runs."""
        task = self._task
        return task is not None and not task.done() and task.get_loop().is_running()

    def carry(self, travel: Coroutine[object, object, None]) -> None:
        """Wait in the running event loop."""
        self._task = asyncio.get_running_loop().create_task(travel)
