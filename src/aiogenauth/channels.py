"""What messages are for: a pass code that was sent for one purpose fits no other."""

from enum import StrEnum
from typing import Self, cast

from aiogenauth.errors import InvalidInput


class Purpose(StrEnum):
    """What a message is for; its pass code fits that purpose only."""

    @classmethod
    def read(cls, value: object, name: str = "channel") -> Self:
        """Return a channel, given itself or its string.

        Raises:
            InvalidInput: There is no such channel; the text lists those that exist.
        """
        try:
            return cls(cast("str", value))
        except ValueError:
            known = ", ".join(cls)
        message = f"{name}: not a channel of GenAuth; give one of {known}"
        raise InvalidInput(message).with_facts(field=name)


class Channel(Purpose):
    """What a text message is for; its pass code fits that purpose only.

    Every parameter that takes a channel also takes the plain string.
    Source: API reference, send-sms, parameter channel.
    """

    LOGIN = "CHANNEL_LOGIN"
    REGISTER = "CHANNEL_REGISTER"
    RESET_PASSWORD = "CHANNEL_RESET_PASSWORD"  # noqa: S105 - a purpose, no password
    BIND_PHONE = "CHANNEL_BIND_PHONE"
    UNBIND_PHONE = "CHANNEL_UNBIND_PHONE"
    BIND_MFA = "CHANNEL_BIND_MFA"
    VERIFY_MFA = "CHANNEL_VERIFY_MFA"
    UNBIND_MFA = "CHANNEL_UNBIND_MFA"
    COMPLETE_PHONE = "CHANNEL_COMPLETE_PHONE"
    IDENTITY_VERIFICATION = "CHANNEL_IDENTITY_VERIFICATION"
    DELETE_ACCOUNT = "CHANNEL_DELETE_ACCOUNT"


class EmailChannel(Purpose):
    """What an e-mail is for; its pass code fits that purpose only.

    Every parameter that takes a channel also takes the plain string.
    Source: API reference, send-email, parameter channel.
    """

    LOGIN = "CHANNEL_LOGIN"
    REGISTER = "CHANNEL_REGISTER"
    RESET_PASSWORD = "CHANNEL_RESET_PASSWORD"  # noqa: S105 - a purpose, no password
    VERIFY_EMAIL_LINK = "CHANNEL_VERIFY_EMAIL_LINK"
    UPDATE_EMAIL = "CHANNEL_UPDATE_EMAIL"
    BIND_EMAIL = "CHANNEL_BIND_EMAIL"
    UNBIND_EMAIL = "CHANNEL_UNBIND_EMAIL"
    VERIFY_MFA = "CHANNEL_VERIFY_MFA"
    UNLOCK_ACCOUNT = "CHANNEL_UNLOCK_ACCOUNT"
    COMPLETE_EMAIL = "CHANNEL_COMPLETE_EMAIL"
    DELETE_ACCOUNT = "CHANNEL_DELETE_ACCOUNT"
