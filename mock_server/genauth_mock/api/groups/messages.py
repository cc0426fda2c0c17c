"""Sending and checking pass codes: ``send-sms``, ``send-email``, ``pre-check-code``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, post
from genauth_mock.api.fields import read_email, read_phone, required
from genauth_mock.engine import codes
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.context import CallContext


SmsChannel = Literal[
    "CHANNEL_LOGIN",
    "CHANNEL_REGISTER",
    "CHANNEL_RESET_PASSWORD",
    "CHANNEL_BIND_PHONE",
    "CHANNEL_UNBIND_PHONE",
    "CHANNEL_BIND_MFA",
    "CHANNEL_VERIFY_MFA",
    "CHANNEL_UNBIND_MFA",
    "CHANNEL_COMPLETE_PHONE",
    "CHANNEL_IDENTITY_VERIFICATION",
    "CHANNEL_DELETE_ACCOUNT",
]
"""Source: API reference, send-sms, channel."""


EmailChannel = Literal[
    "CHANNEL_LOGIN",
    "CHANNEL_REGISTER",
    "CHANNEL_RESET_PASSWORD",
    "CHANNEL_VERIFY_EMAIL_LINK",
    "CHANNEL_UPDATE_EMAIL",
    "CHANNEL_BIND_EMAIL",
    "CHANNEL_UNBIND_EMAIL",
    "CHANNEL_VERIFY_MFA",
    "CHANNEL_UNLOCK_ACCOUNT",
    "CHANNEL_COMPLETE_EMAIL",
    "CHANNEL_DELETE_ACCOUNT",
]
"""Source: API reference, send-email, channel."""


@json_shape
class SendSms:
    """Body of ``POST /api/v3/send-sms``."""

    channel: SmsChannel
    phone_number: str = field(alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@json_shape
class SendEmail:
    """Body of ``POST /api/v3/send-email``."""

    channel: EmailChannel
    email: str


@json_shape
class SmsCode:
    """``smsCodePayload`` of ``POST /api/v3/pre-check-code``; here the number is called ``phone``."""

    phone: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: SmsChannel
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@json_shape
class EmailCode:
    """``emailCodePayload`` of ``POST /api/v3/pre-check-code``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: EmailChannel


@json_shape
class PreCheckCode:
    """Body of ``POST /api/v3/pre-check-code``."""

    code_type: Literal["SMS", "EMAIL"] = field(alias="codeType")
    sms_code_payload: SmsCode | None = field(default=None, alias="smsCodePayload")
    email_code_payload: EmailCode | None = field(default=None, alias="emailCodePayload")


def send_sms(context: CallContext, ask: SendSms) -> None:
    """``POST /api/v3/send-sms``."""
    codes.send(context, ask.channel, read_phone(ask.phone_number, ask.phone_country_code))


def send_email(context: CallContext, ask: SendEmail) -> None:
    """``POST /api/v3/send-email``."""
    codes.send(context, ask.channel, read_email(ask.email))


def pre_check_code(context: CallContext, ask: PreCheckCode) -> Json:
    """``POST /api/v3/pre-check-code``. That an invalid code answers 200 is inferred from the V2 twin."""
    channel: str
    if ask.code_type == "SMS":
        sms = required("smsCodePayload", ask.sms_code_payload)
        where: Address = read_phone(sms.phone, sms.phone_country_code, "smsCodePayload.phone")
        channel, digits = sms.channel, sms.pass_code
    else:
        mail = required("emailCodePayload", ask.email_code_payload)
        where, channel, digits = (
            read_email(mail.email, "emailCodePayload.email"),
            mail.channel,
            mail.pass_code,
        )
    outcome = codes.peek(context, channel, where, digits)
    if outcome is Outcome.OK:
        return {"isValid": True}
    return {"isValid": False, "message": context.error_codes[outcome].message(context.language, "")}


CALLS: Final[tuple[Call, ...]] = (
    post("/api/v3/send-sms", SendSms, send_sms),
    post("/api/v3/send-email", SendEmail, send_email),
    post("/api/v3/pre-check-code", PreCheckCode, pre_check_code),
)
