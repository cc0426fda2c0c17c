"""Where the state of an app lives: a small seam with two implementations, memory and Redis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeVar

from attrs import field

from genauth_mock.engine.address import Email
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.engine.records import Records


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
        may_retry: Whether an operation may be run more than once.
    """

    may_retry: ClassVar[bool]

    async def transact(self, app_id: str, operation: Callable[[Records], Answer]) -> Answer:
        """Run ``operation`` as one transaction on the records of one app.

        A store with ``may_retry`` may run it several times and keeps only the last run. Every run must look up the
        same keys, so random draws must repeat. An operation returns its refusal instead of raising it: what was
        written before the refusal, such as a wrong attempt, is kept.

        Raises:
            StoreUnreachable: Only where the state lives elsewhere.
        """
        ...

    async def forget(self, app_id: str) -> None:
        """Drop everything that one app has."""
        ...

    async def app_ids(self) -> list[str]:
        """Return the ids of the apps that have records."""
        ...

    async def check(self) -> None:
        """Check that calls can be answered.

        Raises:
            StoreUnreachable: They cannot.
        """
        ...

    async def evicting_policy(self) -> str | None:
        """Return by which policy what was stored may be dropped; None where it stays."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


OUTBOX_SIZE: Final = 100_000
"""How many messages an app keeps at most; the oldest goes first."""

MOST_ENDED: Final = 2_000
"""Beyond this many messages the oldest goes once its code has ended: only codes still needed pile up."""


@frozen_for_checkers
class Message:
    """One message that would have been sent.

    Attributes:
        cursor: Its place among the app's messages; later messages have larger ones.
        code: The pass code it carries, as it is now.
    """

    cursor: int
    app_id: str
    code: PassCode


@frozen_for_checkers
class Wanted:
    """Which messages are asked for; None takes all.

    Attributes:
        to: A phone number without its country calling code, or an e-mail address.
        country_code: The country calling code, or None for any.
        after: Only messages with a larger cursor.
    """

    to: str | None = field(default=None, repr=False)
    country_code: str | None = None
    channel: str | None = None
    after: int = 0
    limit: int = 100

    def takes(self, code: PassCode) -> bool:
        """Return whether the message with this code matches."""
        address = code.address
        return (
            self.channel in (None, code.channel)
            and self.to in (None, recipient(code))
            and (
                self.country_code is None
                or isinstance(address, Email)
                or address.country_code == self.country_code
            )
        )


class Outbox(Protocol):
    """The messages of every app."""

    async def add(self, app_id: str, code: PassCode) -> Message:
        """Add a message, and wake the readers that wait; the same code may be added twice."""
        ...

    async def update(self, app_id: str, code: PassCode) -> None:
        """Show a code as it is now; a message that fell out of the ring stays out."""
        ...

    async def find(self, app_id: str, wanted: Wanted) -> list[Message]:
        """Find messages, newest first; the cost does not grow with what was sent to others."""
        ...

    async def cursor(self, app_id: str) -> int:
        """Return the cursor of the newest message of an app; 0 where there is none."""
        ...

    async def wait(self, app_id: str, wanted: Wanted, seconds: float) -> list[Message]:
        """Find messages, waiting for one to arrive where there is none yet.

        Args:
            app_id: The app.
            wanted: Which messages.
            seconds: How long to wait at most, in real time.
        """
        ...

    async def forget(self, app_id: str) -> None:
        """Empty an app's ring; cursors go on, so that nobody who waits sees an old one as new."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


def recipient(code: PassCode) -> str:
    """Return the recipient of a code without the country calling code, as readers ask for it."""
    address = code.address
    return address.text if isinstance(address, Email) else address.number


def has_ended(code: PassCode, now: datetime) -> bool:
    """Return whether a code is used up or expired."""
    return code.ended is not None or now >= code.expires_at
