"""Waits that a reset ends at once."""

from __future__ import annotations

import asyncio


class Pauses:
    """Everybody who waits because of a fault, by app."""

    def __init__(self) -> None:
        self._released: dict[str, asyncio.Event] = {}

    async def wait(self, app_id: str, seconds: float) -> bool:
        """Wait in real time; give whether the wait was cut short."""
        released = self._released.setdefault(app_id, asyncio.Event())
        try:
            async with asyncio.timeout(seconds):
                await released.wait()
        except TimeoutError:
            return False
        return True

    def release(self, app_id: str) -> None:
        """Let everybody of an app go on."""
        released = self._released.pop(app_id, None)
        if released is not None:
            released.set()
