"""The journal of every process that shares a Redis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from genauth_mock.feed.writing import exchange_of
from genauth_mock.journal import Exchange

if TYPE_CHECKING:
    from genauth_mock.feed.history import History


class SharedJournal:
    """The last requests of every app, whichever process answered them; asked as a `Journal` is."""

    def __init__(self, history: History) -> None:
        self._history = history

    def note(self, exchange: Exchange) -> None:
        """Do nothing: telling the event writes the exchange down, in the same step."""

    async def after(self, app_id: str, number: int = 0) -> Sequence[Exchange]:
        """Give what is kept of an app after an exchange, oldest first."""
        return _Written(app_id, await self._history.exchanges_after(app_id, number))

    async def app_ids(self) -> list[str]:
        """Name the apps of which something is kept."""
        return await self._history.journalled()

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; give how many exchanges are gone."""
        return await self._history.forget(app_id)

    async def cursor(self) -> int:
        """Give the number of the newest exchange or a later one; later exchanges have larger numbers."""
        return await self._history.newest()

    async def growth(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an exchange of an app after that one is written down, at most so long, or a shorter while."""
        await self._history.growth(app_id, number, seconds)


class _Written(Sequence[Exchange]):
    """Exchanges as they were written; each is read when somebody looks at it, since mostly few are looked at."""

    def __init__(self, app_id: str, entries: list[tuple[int, bytes]]) -> None:
        self._app_id = app_id
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, which: int) -> Exchange: ...

    @overload
    def __getitem__(self, which: slice) -> Sequence[Exchange]: ...

    def __getitem__(self, which: int | slice) -> Exchange | Sequence[Exchange]:
        if isinstance(which, slice):
            return _Written(self._app_id, self._entries[which])
        return exchange_of(self._app_id, *self._entries[which])
