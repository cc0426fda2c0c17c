"""Where the state of an app lives: a small seam with two implementations, memory and Redis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.records import Records

Answer = TypeVar("Answer")

GRACE: Final = timedelta(hours=1)
"""How long (in the app's time) what expired is remembered, so that a refusal can say why."""

MOST_EXPIRED: Final = 4_000
"""Beyond this many records that will expire, an app forgets what has expired at once, so that memory stays flat."""


class StoreUnreachable(Exception):  # noqa: N818 - it says what happened
    """The state lives elsewhere, and cannot be reached or used now; nothing of the call is known to have happened."""


class Store(Protocol):
    """The records of every app.

    Attributes:
        may_play_again: Whether a move may be run more than once.
    """

    may_play_again: ClassVar[bool]

    async def play(self, app_id: str, move: Callable[[Records], Answer]) -> Answer:
        """Run ``move`` on the records of one app so that nothing else happens in between.

        A move may be run more than once; of the earlier runs nothing is kept. Every run has to look up the same keys,
        so what is drawn at random has to be the same in each. A refusal is given back as a value, not raised, so that
        what was written before it (a wrong attempt) is kept.

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

    async def check(self) -> None:
        """See that calls can be answered.

        Raises:
            StoreUnreachable: They cannot.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
