"""Deadlines for many requests at once, on one timer.

asyncio arms and disarms a timer for each request, which costs more than reading its answer. Nearly
all requests end in time, so here each is a line in a list, and one timer looks at the list when
the earliest of them is due.
"""

import asyncio
import math
from types import TracebackType
from typing import Self


class Deadlines:
    """Keeps the deadlines of one event loop.

    Attributes:
        loop: The event loop.
        open: Deadlines of blocks that run; `Deadline` adds and takes out itself.
        due: When the timer fires, in the loop's time. It is not moved when a block ends in time: it
            will find its next one when it fires.
    """

    __slots__ = ("_timer", "due", "loop", "open")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.open: set[Deadline] = set()
        self.due = math.inf
        self._timer: asyncio.TimerHandle | None = None

    def arm(self, when: float) -> None:
        """Look at the list then, and no longer at the moment that was set before."""
        if self._timer is not None:
            self._timer.cancel()
        self.due = when
        self._timer = self.loop.call_at(when, self._look)

    def _look(self) -> None:
        self._timer, self.due = None, math.inf
        now = self.loop.time()
        for deadline in [each for each in self.open if each.when <= now]:
            self.open.discard(deadline)
            deadline.expire()
        if self.open:
            self.arm(min(each.when for each in self.open))


class Deadline:
    """Ends what its block awaits when the time is over, with TimeoutError. Used inside a task.

    It interrupts as `asyncio.timeout` does: by a cancellation that it takes back itself, so that a
    cancellation from elsewhere still goes through.
    """

    __slots__ = ("_cancelled_before", "_deadlines", "_is_over", "_seconds", "_task", "when")

    def __init__(self, deadlines: Deadlines, seconds: float) -> None:
        self._deadlines = deadlines
        self._seconds = seconds
        self._is_over = False

    def __enter__(self) -> Self:
        deadlines = self._deadlines
        loop = deadlines.loop
        task = asyncio.current_task(loop)
        if task is None:
            text = "a request has to be made inside a task"
            raise RuntimeError(text)
        self._task = task
        self._cancelled_before = task.cancelling()
        self.when = when = loop.time() + self._seconds
        deadlines.open.add(self)
        if when < deadlines.due:
            deadlines.arm(when)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._deadlines.open.discard(self)
        if not self._is_over:
            return
        was_cancelled = exc_type is not None and issubclass(exc_type, asyncio.CancelledError)
        if self._task.uncancel() <= self._cancelled_before and was_cancelled:
            raise TimeoutError from exc

    def expire(self) -> None:
        """Interrupt the block."""
        self._is_over = True
        self._task.cancel()
