"""Lists the text messages and mails that a real deployment would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.control.request import (
    LONGEST_WAIT_SECONDS,
    ControlError,
    Json,
    number_asked,
    read_number,
    read_whole,
)
from genauth_mock.engine.address import Email
from genauth_mock.engine.profile import timestamp
from genauth_mock.faults.names import read_channel
from genauth_mock.runtime.turns import in_turns
from genauth_mock.storage.interfaces import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from genauth_mock.control.request import ControlRequest
    from genauth_mock.storage.interfaces import Message


FILTERS: Final = (
    "phoneNumber",
    "phoneCountryCode",
    "email",
    "channel",
    "after",
    "limit",
    "wait",
)
"""What ``GET /_mock/messages`` takes."""


async def list_messages(request: ControlRequest) -> Json:
    """``GET /_mock/messages``: newest first; with ``wait`` it answers as soon as one is there."""
    wanted = await _as_it_was_sent(request, _wanted(request.query))
    wait = read_number(request.query, "wait", LONGEST_WAIT_SECONDS)
    outbox = request.deployment.outbox
    await request.deployment.deliveries.late.deliver_due(request.app_id)
    messages = await outbox.wait(request.app_id, wanted, wait)
    now = await request.run(lambda context: context.now)
    return {
        "messages": [show_message(message, now) async for message in in_turns(messages)],
        "cursor": str(await outbox.cursor(request.app_id)),
    }


def show_message(message: Message, now: datetime) -> Json:
    """Show a message, its code included: that is what it is for."""
    code = message.code
    if isinstance(code.address, Email):
        where: Json = {"email": code.address.text}
    else:
        where = {
            "phoneCountryCode": code.address.country_code,
            "phoneNumber": code.address.number,
        }
    return {
        "id": code.code_id,
        "appId": message.app_id,
        "channel": code.channel,
        **where,
        "passCode": code.digits,
        "sentAt": timestamp(code.sent_at),
        "expiresAt": timestamp(code.expires_at),
        "state": code.state(now),
        "wrongAttempts": code.wrong_attempts,
        "cursor": str(message.cursor),
    }


def _wanted(query: Mapping[str, str]) -> Wanted:
    number, country_code = number_asked(query)
    email, channel = query.get("email"), query.get("channel")
    if email and "@" not in email:
        message = "email must be an e-mail address; for a number there is phoneNumber"
        raise ControlError(message)
    try:
        channel = read_channel(channel) if channel else None
    except ValueError as error:
        message = f"channel must be {error}"
        raise ControlError(message) from None
    return Wanted(
        to=number or (email.strip().lower() if email else None),
        country_code=country_code,
        channel=channel,
        after=read_whole(query, "after", 2**63),
        limit=read_whole(query, "limit", 10_000, default=100),
    )


async def _as_it_was_sent(request: ControlRequest, wanted: Wanted) -> Wanted:
    """Return what was asked for; a number that the app sent to just as it was asked for is that one."""
    number = request.query.get("phoneNumber")
    if number is None or number == wanted.to or not number.isdigit():
        return wanted
    as_written = evolve(wanted, to=number)
    found = await request.deployment.outbox.find(request.app_id, evolve(as_written, limit=1))
    return as_written if found else wanted
