"""What callers send, as the API reference gives it; wrong types and missing fields are named, unknown keys ignored."""

from __future__ import annotations

from typing import Literal

from attrs import field

from genauth_mock.value import light_value

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


@light_value
class SendSms:
    """Body of ``POST /api/v3/send-sms``."""

    channel: SmsChannel
    phone_number: str = field(alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@light_value
class SendEmail:
    """Body of ``POST /api/v3/send-email``."""

    channel: EmailChannel
    email: str


@light_value
class SmsCode:
    """``smsCodePayload`` of ``POST /api/v3/pre-check-code``; here the number is called ``phone``."""

    phone: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: SmsChannel
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@light_value
class EmailCode:
    """``emailCodePayload`` of ``POST /api/v3/pre-check-code``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: EmailChannel


@light_value
class PreCheckCode:
    """Body of ``POST /api/v3/pre-check-code``."""

    code_type: Literal["SMS", "EMAIL"] = field(alias="codeType")
    sms_code_payload: SmsCode | None = field(default=None, alias="smsCodePayload")
    email_code_payload: EmailCode | None = field(default=None, alias="emailCodePayload")


@light_value
class BindPhone:
    """Body of ``POST /api/v3/bind-phone``."""

    phone_number: str = field(alias="phoneNumber")
    pass_code: str = field(alias="passCode", repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@light_value
class BindEmail:
    """Body of ``POST /api/v3/bind-email``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)


@light_value
class Unbind:
    """Body of ``POST /api/v3/unbind-phone`` and ``unbind-email``."""

    pass_code: str = field(alias="passCode", repr=False)


@light_value
class PhoneChangeCodes:
    """``phonePassCodePayload`` of ``POST /api/v3/verify-update-phone-request``."""

    new_phone_number: str = field(alias="newPhoneNumber")
    new_phone_pass_code: str = field(alias="newPhonePassCode", repr=False)
    new_phone_country_code: str | None = field(default=None, alias="newPhoneCountryCode")
    old_phone_number: str | None = field(default=None, alias="oldPhoneNumber")
    old_phone_pass_code: str | None = field(default=None, alias="oldPhonePassCode", repr=False)
    old_phone_country_code: str | None = field(default=None, alias="oldPhoneCountryCode")


@light_value
class VerifyUpdatePhone:
    """Body of ``POST /api/v3/verify-update-phone-request``."""

    verify_method: Literal["PHONE_PASSCODE"] = field(alias="verifyMethod")
    phone_pass_code_payload: PhoneChangeCodes = field(alias="phonePassCodePayload")


@light_value
class UpdatePhone:
    """Body of ``POST /api/v3/update-phone``."""

    update_phone_token: str = field(alias="updatePhoneToken", repr=False)


@light_value
class EmailChangeCodes:
    """``emailPassCodePayload`` of ``POST /api/v3/verify-update-email-request``."""

    new_email: str = field(alias="newEmail")
    new_email_pass_code: str = field(alias="newEmailPassCode", repr=False)
    old_email: str | None = field(default=None, alias="oldEmail")
    old_email_pass_code: str | None = field(default=None, alias="oldEmailPassCode", repr=False)


@light_value
class VerifyUpdateEmail:
    """Body of ``POST /api/v3/verify-update-email-request``."""

    verify_method: Literal["EMAIL_PASSCODE"] = field(alias="verifyMethod")
    email_pass_code_payload: EmailChangeCodes = field(alias="emailPassCodePayload")


@light_value
class UpdateEmail:
    """Body of ``POST /api/v3/update-email``."""

    update_email_token: str = field(alias="updateEmailToken", repr=False)
