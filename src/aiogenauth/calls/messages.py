"""Calls that send a pass code, and the one that checks it without spending it."""

from __future__ import annotations

from typing import Final, Literal

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import text
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import chosen
from aiogenauth.channels import Channel, EmailChannel
from aiogenauth.errors import SendOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth
from aiogenauth.vocabulary import PhoneNumber

SEND_SMS: Final = post("send_sms", "/api/v3/send-sms", SendOutcomeUnknown, Auth.OPTIONAL)
SEND_EMAIL: Final = post("send_email", "/api/v3/send-email", SendOutcomeUnknown, Auth.OPTIONAL)
PRE_CHECK_CODE: Final = post("pre_check_code", "/api/v3/pre-check-code", auth=Auth.OPTIONAL)
"""Consumes nothing, but may count as an attempt, so it is not safe. Source: assumed."""


class MessageCalls(CallGroup):
    """Pass codes on their way to the user."""

    async def send_sms(
        self,
        channel: str,
        phone_number: str | PhoneNumber,
        phone_country_code: str | None = None,
    ) -> Confirmation:
        """Have a pass code texted to a number. One per number and channel per minute.

        Args:
            channel: What the code will be for, such as `Channel.BIND_PHONE`.
            phone_number: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            phone_country_code: `"+86"`; may be left out for mainland China.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            SentTooRecently: The last message is less than a minute old.
            SendOutcomeUnknown: The answer got lost; the message may be on its way.

        Source: API reference, send-sms.
        """
        return await self._ask(
            SEND_SMS,
            Confirmation,
            channel=Channel.read(channel),
            phoneNumber=PhoneNumber.parse(phone_number, phone_country_code),
        )

    async def send_email(self, channel: str, email: str) -> Confirmation:
        """Have a pass code mailed to an address. One per address and channel per minute.

        Args:
            channel: What the code will be for, such as `EmailChannel.BIND_EMAIL`.
            email: The address.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            SentTooRecently: The last message is less than a minute old.
            SendOutcomeUnknown: The answer got lost; the message may be on its way.

        Source: API reference, send-email.
        """
        return await self._ask(
            SEND_EMAIL,
            Confirmation,
            channel=EmailChannel.read(channel),
            email=text(email, "email"),
        )

    async def pre_check_code(
        self,
        code_type: Literal["SMS", "EMAIL"],
        sms_code_payload: given.SmsCodePayload | None = None,
        email_code_payload: given.EmailCodePayload | None = None,
    ) -> shapes.PassCodeCheck:
        """Ask whether a pass code is good, without spending it.

        Args:
            code_type: `"SMS"` or `"EMAIL"`.
            sms_code_payload: `phone`, `passCode`, `channel`, and `phoneCountryCode` if foreign.
            email_code_payload: `email`, `passCode`, `channel`.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.

        Source: API reference, pre-check-code.
        """
        return await self._ask(
            PRE_CHECK_CODE,
            shapes.PassCodeCheck,
            **chosen(
                "codeType",
                code_type,
                {
                    "SMS": ("smsCodePayload", given.SmsCodePayload, sms_code_payload),
                    "EMAIL": ("emailCodePayload", given.EmailCodePayload, email_code_payload),
                },
            ),
        )
