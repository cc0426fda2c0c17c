"""What callers send, as the API reference gives it; wrong types and missing fields are named, unknown keys ignored."""

from __future__ import annotations

from typing import Final, Literal

from attrs import asdict, field, frozen

from genauth_mock.engine.value import frozen_for_checkers

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


@frozen_for_checkers
class SendSms:
    """Body of ``POST /api/v3/send-sms``."""

    channel: SmsChannel
    phone_number: str = field(alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen_for_checkers
class SendEmail:
    """Body of ``POST /api/v3/send-email``."""

    channel: EmailChannel
    email: str


@frozen_for_checkers
class SmsCode:
    """``smsCodePayload`` of ``POST /api/v3/pre-check-code``; here the number is called ``phone``."""

    phone: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: SmsChannel
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen_for_checkers
class EmailCode:
    """``emailCodePayload`` of ``POST /api/v3/pre-check-code``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: EmailChannel


@frozen_for_checkers
class PreCheckCode:
    """Body of ``POST /api/v3/pre-check-code``."""

    code_type: Literal["SMS", "EMAIL"] = field(alias="codeType")
    sms_code_payload: SmsCode | None = field(default=None, alias="smsCodePayload")
    email_code_payload: EmailCode | None = field(default=None, alias="emailCodePayload")


@frozen_for_checkers
class BindPhone:
    """Body of ``POST /api/v3/bind-phone``."""

    phone_number: str = field(alias="phoneNumber")
    pass_code: str = field(alias="passCode", repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen_for_checkers
class BindEmail:
    """Body of ``POST /api/v3/bind-email``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)


@frozen_for_checkers
class Unbind:
    """Body of ``POST /api/v3/unbind-phone`` and ``unbind-email``."""

    pass_code: str = field(alias="passCode", repr=False)


@frozen_for_checkers
class PhoneChangeCodes:
    """``phonePassCodePayload`` of ``POST /api/v3/verify-update-phone-request``."""

    new_phone_number: str = field(alias="newPhoneNumber")
    new_phone_pass_code: str = field(alias="newPhonePassCode", repr=False)
    new_phone_country_code: str | None = field(default=None, alias="newPhoneCountryCode")
    old_phone_number: str | None = field(default=None, alias="oldPhoneNumber")
    old_phone_pass_code: str | None = field(default=None, alias="oldPhonePassCode", repr=False)
    old_phone_country_code: str | None = field(default=None, alias="oldPhoneCountryCode")


@frozen_for_checkers
class VerifyUpdatePhone:
    """Body of ``POST /api/v3/verify-update-phone-request``."""

    verify_method: Literal["PHONE_PASSCODE"] = field(alias="verifyMethod")
    phone_pass_code_payload: PhoneChangeCodes = field(alias="phonePassCodePayload")


@frozen_for_checkers
class UpdatePhone:
    """Body of ``POST /api/v3/update-phone``."""

    update_phone_token: str = field(alias="updatePhoneToken", repr=False)


@frozen_for_checkers
class EmailChangeCodes:
    """``emailPassCodePayload`` of ``POST /api/v3/verify-update-email-request``."""

    new_email: str = field(alias="newEmail")
    new_email_pass_code: str = field(alias="newEmailPassCode", repr=False)
    old_email: str | None = field(default=None, alias="oldEmail")
    old_email_pass_code: str | None = field(default=None, alias="oldEmailPassCode", repr=False)


@frozen_for_checkers
class VerifyUpdateEmail:
    """Body of ``POST /api/v3/verify-update-email-request``."""

    verify_method: Literal["EMAIL_PASSCODE"] = field(alias="verifyMethod")
    email_pass_code_payload: EmailChangeCodes = field(alias="emailPassCodePayload")


@frozen_for_checkers
class UpdateEmail:
    """Body of ``POST /api/v3/update-email``."""

    update_email_token: str = field(alias="updateEmailToken", repr=False)


@frozen_for_checkers
class Password:
    """``passwordPayload`` of ``POST /api/v3/signin``: a password and one way to name the account."""

    password: str = field(repr=False)
    account: str | None = None
    email: str | None = None
    username: str | None = None
    phone: str | None = None


@frozen_for_checkers
class SignInCode:
    """``passCodePayload`` of ``POST /api/v3/signin`` and ``signup``: a code, and where it was sent."""

    pass_code: str = field(alias="passCode", repr=False)
    phone: str | None = None
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    email: str | None = None


@frozen_for_checkers
class SignInOptions:
    """``options`` of ``POST /api/v3/signin``, as far as they change what the offline GenAuth does."""

    scope: str | None = None
    auto_register: bool | None = field(default=None, alias="autoRegister")
    password_encrypt_type: Literal["none", "sm2", "rsa"] | None = field(
        default=None, alias="passwordEncryptType"
    )


@frozen_for_checkers
class SignIn:
    """Body of ``POST /api/v3/signin``."""

    connection: Literal["PASSWORD", "PASSCODE", "LDAP", "AD"]
    password_payload: Password | None = field(default=None, alias="passwordPayload")
    pass_code_payload: SignInCode | None = field(default=None, alias="passCodePayload")
    options: SignInOptions | None = None


@frozen
class SignUpPassword:
    """``passwordPayload``: a password, and a username or an e-mail address."""

    password: str = field(repr=False)
    username: str | None = None
    email: str | None = field(default=None, repr=False)


@frozen
class SignUpOptions:
    """``options``. The reference calls ``context`` required, the official SDKs leave it out: it may be missing."""

    context: dict[str, object] | None = field(default=None, repr=False)
    phone_pass_code: str | None = field(
        default=None, alias="phonePassCodeForInformationCompletion", repr=False
    )
    email_pass_code: str | None = field(
        default=None, alias="emailPassCodeForInformationCompletion", repr=False
    )
    password_encrypt_type: Literal["none", "sm2", "rsa"] | None = field(
        default=None, alias="passwordEncryptType"
    )


@frozen
class SignUpProfile:
    """``profile``: the attributes have the API's own names, as the profile shows them."""

    nickname: str | None = None
    company: str | None = None
    photo: str | None = None
    device: str | None = None
    browser: str | None = None
    name: str | None = None
    givenName: str | None = None  # noqa: N815 - the API's own name, shown as it is
    familyName: str | None = None  # noqa: N815
    middleName: str | None = None  # noqa: N815
    profile: str | None = None
    preferredUsername: str | None = None  # noqa: N815
    website: str | None = None
    gender: Literal["M", "F", "U"] | None = None
    birthdate: str | None = None
    zoneinfo: str | None = None
    locale: str | None = None
    address: str | None = None
    formatted: str | None = None
    streetAddress: str | None = None  # noqa: N815
    locality: str | None = None
    region: str | None = None
    postalCode: str | None = None  # noqa: N815
    country: str | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    customData: dict[str, object] | None = None  # noqa: N815

    def shown(self) -> dict[str, object]:
        """Give what the profile shows besides the addresses, which have to be verified first."""
        named = asdict(self, recurse=False)
        return {
            name: value
            for name, value in named.items()
            if value is not None and name not in _ADDRESSES
        }


_ADDRESSES: Final = {"email", "phone"}


@frozen
class SignUp:
    """Body of ``POST /api/v3/signup``."""

    connection: Literal["PASSWORD", "PASSCODE"]
    password_payload: SignUpPassword | None = field(default=None, alias="passwordPayload")
    pass_code_payload: SignInCode | None = field(default=None, alias="passCodePayload")
    profile: SignUpProfile | None = None
    options: SignUpOptions | None = None
