"""What would have been texted or mailed: a ring of messages for each app, found by number at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from genauth_mock.address import Email

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genauth_mock.pass_code import PassCode

OUTBOX_SIZE: Final = 100_000
"""How many messages an app keeps; the oldest goes first."""


@frozen
class Message:
    """One message that would have been sent.

    Attributes:
        cursor: Its place among the app's messages; later messages have larger ones.
        code: The pass code it carries, as it is now.
    """

    cursor: int
    app_id: str
    code: PassCode


@frozen
class Wanted:
    """Which messages are asked for; None takes all.

    Attributes:
        to: A phone number without its country calling code, or an e-mail address.
        country_code: The country calling code, or None for any.
        after: Only messages with a larger cursor.
    """

    to: str | None = None
    country_code: str | None = None
    channel: str | None = None
    after: int = 0
    limit: int = 100

    def takes(self, message: Message) -> bool:
        """Tell whether a message is asked for."""
        address = message.code.address
        return (
            message.cursor > self.after
            and self.channel in (None, message.code.channel)
            and self.to in (None, _recipient(message.code))
            and (
                self.country_code is None
                or isinstance(address, Email)
                or address.country_code == self.country_code
            )
        )


@define
class _AppMessages:
    """The ring of one app, and the way from a recipient to its messages."""

    cursor: int = 0
    by_code: OrderedDict[str, Message] = field(factory=OrderedDict[str, "Message"])
    by_recipient: defaultdict[str, dict[str, None]] = field(
        factory=lambda: defaultdict[str, dict[str, None]](dict)
    )
    arrived: asyncio.Event | None = None


class Outbox:
    """The messages of every app, in this process's memory."""

    def __init__(self, size: int = OUTBOX_SIZE) -> None:
        self._size = size
        self._apps: defaultdict[str, _AppMessages] = defaultdict(_AppMessages)

    async def add(self, app_id: str, code: PassCode) -> Message:
        """Put a message in, and wake whoever waits for one."""
        app = self._apps[app_id]
        app.cursor += 1
        message = Message(app.cursor, app_id, code)
        app.by_code[code.code_id] = message
        app.by_recipient[_recipient(code)][code.code_id] = None
        if len(app.by_code) > self._size:
            _drop_oldest(app)
        if app.arrived is not None:
            app.arrived.set()
            app.arrived = None
        return message

    async def update(self, app_id: str, code: PassCode) -> None:
        """Show a code as it is now; a message that fell out of the ring stays out."""
        messages = self._apps[app_id].by_code
        if (message := messages.get(code.code_id)) is not None:
            messages[code.code_id] = evolve(message, code=code)

    async def find(self, app_id: str, wanted: Wanted) -> list[Message]:
        """Find messages, newest first; the cost does not grow with what was sent to others."""
        app = self._apps[app_id]
        found = (message for message in _newest_first(app, wanted.to) if wanted.takes(message))
        return [message for message, _ in zip(found, range(wanted.limit), strict=False)]

    async def cursor(self, app_id: str) -> int:
        """Give the cursor of the newest message of an app; 0 where there is none."""
        return self._apps[app_id].cursor

    async def wait(self, app_id: str, wanted: Wanted, seconds: float) -> list[Message]:
        """Find messages, waiting for one to arrive where there is none yet.

        Args:
            app_id: The app.
            wanted: Which messages.
            seconds: How long to wait at most, in real time.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := await self.find(app_id, wanted)):
                    await self._next_arrival(app_id)
                return found
        except TimeoutError:
            return []

    async def forget(self, app_id: str) -> None:
        """Empty an app's ring; cursors go on, so that nobody who waits sees an old one as new."""
        app = self._apps[app_id]
        app.by_code.clear()
        app.by_recipient.clear()

    async def _next_arrival(self, app_id: str) -> None:
        app = self._apps[app_id]
        if app.arrived is None:
            app.arrived = asyncio.Event()
        await app.arrived.wait()


def _newest_first(app: _AppMessages, recipient: str | None) -> Iterator[Message]:
    code_ids = app.by_code if recipient is None else app.by_recipient.get(recipient, {})
    for code_id in reversed(code_ids):
        yield app.by_code[code_id]


def _drop_oldest(app: _AppMessages) -> None:
    code_id, message = app.by_code.popitem(last=False)
    recipient = _recipient(message.code)
    del app.by_recipient[recipient][code_id]
    if not app.by_recipient[recipient]:
        del app.by_recipient[recipient]


def _recipient(code: PassCode) -> str:
    address = code.address
    return address.text if isinstance(address, Email) else address.number
