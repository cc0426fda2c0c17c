"""What a call may look up and file while it is its context: the records of one app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Record = TypeVar("Record")


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
            expires_at: From when on (in the app's time) it only explains refusals, and is forgotten an hour
                later at the latest; None keeps it.
        """
        ...

    def delete(self, kind: type[object], key: str) -> None:
        """Drop a record; dropping what is not there does nothing."""
        ...

    def all(self, kind: type[Record]) -> Iterable[Record]:
        """Return every record of one type, oldest first."""
        ...

    def filed(self, kind: type[Record]) -> Iterable[tuple[str, Record]]:
        """Return every record of one type with its key, oldest first."""
        ...

    def sweep(self, now: datetime) -> None:
        """Clear away some of what is to be forgotten at ``now`` (the app's time)."""
        ...
