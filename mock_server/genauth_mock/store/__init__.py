"""Where the state of an app lives: a small seam with two implementations, memory and Redis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

Record = TypeVar("Record")
Answer = TypeVar("Answer")

GRACE: Final = timedelta(hours=1)
"""How long (in the app's time) what expired is remembered, so that a refusal can say why."""

MOST_EXPIRED: Final = 4_000
"""Beyond this many records that will expire, an app forgets what has expired at once, so that memory stays flat."""


class StoreUnreachable(Exception):  # noqa: N818 - it says what happened
    """The state lives elsewhere, and cannot be reached now; nothing of the call is known to have happened."""


class Records(Protocol):
    """The records of one app, filed by their type and a key; values are immutable."""

    def get(self, kind: type[Record], key: str) -> Record | None:
        """Look a record up."""
        ...

    def put(self, key: str, record: object, expires_at: datetime | None = None) -> None:
        """File a record in the place of the one that was there.

        Args:
            key: Unique among the records of this type.
            record: The record, an attrs value.
            expires_at: From when on (in the app's time) it only explains refusals, and is forgotten after `GRACE`
                at the latest; None keeps it.
        """
        ...

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record; dropping what is not there does nothing."""
        ...

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Give every record of one type, oldest first."""
        ...

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Give every record of one type with its key, oldest first."""
        ...

    def sweep(self, now: datetime) -> None:
        """Clear away some of what is to be forgotten at ``now`` (the app's time)."""
        ...


class Store(Protocol):
    """The records of every app."""

    async def play(self, app_id: str, move: Callable[[Records], Answer]) -> Answer:
        """Run ``move`` on the records of one app so that nothing else happens in between.

        A move may be run more than once, with what it wrote before undone, and must not depend on that: it may not
        draw a new key each time.
        It gives a refusal back as a value: what it wrote (a wrong attempt) is kept.

        Raises:
            StoreUnreachable: Only where the state lives elsewhere.
        """
        ...

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        ...

    async def app_ids(self) -> list[str]:
        """Name the apps that have records."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
