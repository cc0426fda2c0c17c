"""Lists the text messages and mails that a real deployment would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.control.request import (
    LONGEST_WAIT_SECONDS,
    Json,
    is_e164,
    read_number,
    split_e164,
)
from genauth_mock.engine.address import Email
from genauth_mock.engine.profile import timestamp
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
    wanted = _wanted(request.query)
    wait = read_number(request.query, "wait", LONGEST_WAIT_SECONDS)
    outbox = request.deployment.outbox
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
    number, country_code = _number_asked(query)
    email = query.get("email")
    return Wanted(
        to=number or (email.lower() if email else None),
        country_code=country_code,
        channel=query.get("channel") or None,
        after=int(read_number(query, "after", 2**63)),
        limit=int(read_number(query, "limit", 10_000, default=100)),
    )


def _number_asked(query: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Read the number request for; in a query a plus sign may have become a space."""
    number = query.get("phoneNumber")
    country_code = query.get("phoneCountryCode")
    if number and is_e164(number):
        return split_e164(number)
    return number, f"+{country_code.strip(' +')}" if country_code else None
