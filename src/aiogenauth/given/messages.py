"""What the calls about pass codes take."""

from typing import NotRequired, TypedDict

from aiogenauth.channels import Channel, EmailChannel
from aiogenauth.vocabulary import PhoneNumber


class SmsCodePayload(TypedDict):
    """What `pre_check_code` wants to know about a texted code. Source: API reference."""

    phone: str | PhoneNumber
    passCode: str
    channel: Channel | str
    phoneCountryCode: NotRequired[str | None]


class EmailCodePayload(TypedDict):
    """What `pre_check_code` wants to know about a mailed code. Source: API reference."""

    email: str
    passCode: str
    channel: EmailChannel | str
