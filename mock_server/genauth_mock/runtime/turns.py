"""Long work in turns: other calls are answered between two pieces of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.engine.clock import stopwatch

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

Item = TypeVar("Item")

TURN_SECONDS: Final = 0.002
"""How long the event loop is kept at once."""


async def in_turns(items: Iterable[Item]) -> AsyncGenerator[Item]:
    """Yield the items of a long work; other tasks run whenever it has taken a turn's time."""
    began = stopwatch()
    for item in items:
        yield item
        if stopwatch() - began > TURN_SECONDS:
            await asyncio.sleep(0)
            began = stopwatch()
