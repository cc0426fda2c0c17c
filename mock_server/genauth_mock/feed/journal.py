"""The journal of every process that shares a Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from genauth_mock.feed.writing import read_back

if TYPE_CHECKING:
    from genauth_mock.feed.stream import Feed
    from genauth_mock.journal import Exchange


class SharedJournal:
    """The last requests of every app, whichever process answered them; asked as a `Journal` is."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def note(self, exchange: Exchange) -> None:
        """Do nothing: telling the event writes the exchange down, in the same step."""

    async def after(self, app_id: str, number: int = 0) -> list[Exchange]:
        """Give what is kept of an app after an exchange, oldest first."""
        return [
            cast(
                "Exchange",
                read_back(entry.text(b"kind"), app_id, entry.number, entry.fields[b"what"]),
            )
            for entry in await self._feed.exchanges_after(app_id, number)
        ]

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; give how many exchanges are gone."""
        return await self._feed.forget(app_id)

    async def cursor(self) -> int:
        """Give the number of the newest exchange or a later one; later exchanges have larger numbers."""
        return await self._feed.newest()

    async def growth(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an exchange of an app after that one is written down, at most so long, or a shorter while."""
        await self._feed.growth(app_id, number, seconds)
