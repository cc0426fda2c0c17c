"""What processes call to each other: a reset ends the waits in all of them, and a clock that is moved is looked at."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from genauth_mock.store import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.feed.stream import Feed

log = logging.getLogger("genauth_mock")


class Calls:
    """Hears the other processes, from the first time that somebody here waits for what they may call.

    Args:
        feed: Where they are heard.
        answers: What is done with an app id, by the word that is called.
    """

    def __init__(self, feed: Feed, answers: Mapping[str, Callable[[str], None]]) -> None:
        self._feed = feed
        self._answers = answers
        self._listening = asyncio.Event()
        self._hearing: asyncio.Task[None] | None = None

    async def hear(self) -> None:
        """Give as soon as nothing that is called is missed any more; at once where that is so already."""
        if self._hearing is None or self._hearing.done():
            self._listening.clear()
            self._hearing = asyncio.create_task(self._hear())
        await self._listening.wait()

    def close(self) -> None:
        """Listen no more."""
        if self._hearing is not None:
            self._hearing.cancel()

    async def _hear(self) -> None:
        try:
            async for word, app_id in self._feed.called(self._listening):
                self._answers[word](app_id)
        except StoreUnreachable as error:
            log.warning("a reset elsewhere is not heard here: %s", error)
        finally:
            self._listening.set()  # nobody waits for ever for what cannot be heard
