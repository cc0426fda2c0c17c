"""Waits that a reset ends at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.waiting import Signal, time_limit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Pauses:
    """The requests that wait because of a fault, by app.

    Args:
        hear: Awaited before a wait, so that a reset in another process is noticed; None for a single process.
        share: Awaited as soon as a reset ends the wait, so that others know of what led to it; None as above.
    """

    def __init__(
        self,
        hear: Callable[[], Awaitable[None]] | None = None,
        share: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._released: dict[str, Signal] = {}
        self._hear = hear
        self._share = share

    async def wait(
        self, app_id: str, seconds: float, begin: Callable[[], None] | None = None
    ) -> bool:
        """Wait in real time; return whether a reset cut the wait short.

        Args:
            app_id: Whose reset ends the wait.
            seconds: How long to wait.
            begin: Called as soon as a reset would end the wait: who hears of the wait by it may reset at once.
        """
        if self._hear is not None:
            await self._hear()
        released = self._released.setdefault(app_id, Signal())
        if begin is not None:
            begin()
        if self._share is not None:
            await self._share()
        try:
            async with time_limit(seconds):
                await released.wait()
        except TimeoutError:
            return False
        return True

    def release(self, app_id: str) -> None:
        """End the waits of an app."""
        released = self._released.pop(app_id, None)
        if released is not None:
            released.set()
