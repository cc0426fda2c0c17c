"""Time as the event loop has it, so that a busy machine does not count as somebody's lateness."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import Final

from attrs import define, field

BEAT: Final = 0.01
"""Seconds between two beats of the loop where it has nothing else to do."""


@define
class Pulse:
    """The beats of the event loop: on a busy machine a second has fewer, and no call can end between two of them."""

    moments: deque[float] = field(factory=lambda: deque(maxlen=5000))

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(BEAT)
            self.moments.append(monotonic())

    def seconds_since(self, moment: float) -> float:
        """Tell how long ago a moment is, in beats: what an idle machine would show on its clock."""
        beats = 0
        for each in reversed(self.moments):
            if each <= moment:
                break
            beats += 1
        return beats * BEAT
