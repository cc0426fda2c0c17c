"""What callers send, as the API reference gives it; wrong types and missing fields are named, unknown keys ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, get_args, get_origin

import attrs
from attrs import field, frozen
from cattrs import ClassValidationError, Converter
from cattrs.gen import make_dict_structure_fn

from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


@frozen
class SendSms:
    """Body of ``POST /api/v3/send-sms``."""

    channel: SmsChannel
    phone_number: str = field(alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen
class SendEmail:
    """Body of ``POST /api/v3/send-email``."""

    channel: EmailChannel
    email: str


@frozen
class SmsCode:
    """``smsCodePayload`` of ``POST /api/v3/pre-check-code``; here the number is called ``phone``."""

    phone: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: SmsChannel
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen
class EmailCode:
    """``emailCodePayload`` of ``POST /api/v3/pre-check-code``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)
    channel: EmailChannel


@frozen
class PreCheckCode:
    """Body of ``POST /api/v3/pre-check-code``."""

    code_type: Literal["SMS", "EMAIL"] = field(alias="codeType")
    sms_code_payload: SmsCode | None = field(default=None, alias="smsCodePayload")
    email_code_payload: EmailCode | None = field(default=None, alias="emailCodePayload")


@frozen
class BindPhone:
    """Body of ``POST /api/v3/bind-phone``."""

    phone_number: str = field(alias="phoneNumber")
    pass_code: str = field(alias="passCode", repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@frozen
class BindEmail:
    """Body of ``POST /api/v3/bind-email``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)


@frozen
class Unbind:
    """Body of ``POST /api/v3/unbind-phone`` and ``unbind-email``."""

    pass_code: str = field(alias="passCode", repr=False)


@frozen
class PhoneChangeCodes:
    """``phonePassCodePayload`` of ``POST /api/v3/verify-update-phone-request``."""

    new_phone_number: str = field(alias="newPhoneNumber")
    new_phone_pass_code: str = field(alias="newPhonePassCode", repr=False)
    new_phone_country_code: str | None = field(default=None, alias="newPhoneCountryCode")
    old_phone_number: str | None = field(default=None, alias="oldPhoneNumber")
    old_phone_pass_code: str | None = field(default=None, alias="oldPhonePassCode", repr=False)
    old_phone_country_code: str | None = field(default=None, alias="oldPhoneCountryCode")


@frozen
class VerifyUpdatePhone:
    """Body of ``POST /api/v3/verify-update-phone-request``."""

    verify_method: Literal["PHONE_PASSCODE"] = field(alias="verifyMethod")
    phone_pass_code_payload: PhoneChangeCodes = field(alias="phonePassCodePayload")


@frozen
class UpdatePhone:
    """Body of ``POST /api/v3/update-phone``."""

    update_phone_token: str = field(alias="updatePhoneToken", repr=False)


@frozen
class EmailChangeCodes:
    """``emailPassCodePayload`` of ``POST /api/v3/verify-update-email-request``."""

    new_email: str = field(alias="newEmail")
    new_email_pass_code: str = field(alias="newEmailPassCode", repr=False)
    old_email: str | None = field(default=None, alias="oldEmail")
    old_email_pass_code: str | None = field(default=None, alias="oldEmailPassCode", repr=False)


@frozen
class VerifyUpdateEmail:
    """Body of ``POST /api/v3/verify-update-email-request``."""

    verify_method: Literal["EMAIL_PASSCODE"] = field(alias="verifyMethod")
    email_pass_code_payload: EmailChangeCodes = field(alias="emailPassCodePayload")


@frozen
class UpdateEmail:
    """Body of ``POST /api/v3/update-email``."""

    update_email_token: str = field(alias="updateEmailToken", repr=False)


@frozen
class Password:
    """``passwordPayload`` of ``POST /api/v3/signin``: a password and one way to name the account."""

    password: str = field(repr=False)
    account: str | None = None
    email: str | None = None
    username: str | None = None
    phone: str | None = None


@frozen
class SignInCode:
    """``passCodePayload`` of ``POST /api/v3/signin`` and ``signup``: a code, and where it was sent."""

    pass_code: str = field(alias="passCode", repr=False)
    phone: str | None = None
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    email: str | None = None


@frozen
class SignInOptions:
    """``options`` of ``POST /api/v3/signin``, as far as they change what the offline GenAuth does."""

    scope: str | None = None
    auto_register: bool | None = field(default=None, alias="autoRegister")
    password_encrypt_type: Literal["none", "sm2", "rsa"] | None = field(
        default=None, alias="passwordEncryptType"
    )


@frozen
class SignIn:
    """Body of ``POST /api/v3/signin``."""

    connection: Literal["PASSWORD", "PASSCODE", "LDAP", "AD"]
    password_payload: Password | None = field(default=None, alias="passwordPayload")
    pass_code_payload: SignInCode | None = field(default=None, alias="passCodePayload")
    options: SignInOptions | None = None


Shape = TypeVar("Shape")

_OBJECT: Final = dict[str, object]


def read(shape: type[Shape], body: Mapping[str, object]) -> Shape:
    """Read a request body.

    Raises:
        Refusal: ``INVALID_ARGUMENT``, naming every field that is missing or wrong.
    """
    try:
        return _converter.structure(body, shape)
    except ClassValidationError as error:
        problems = list(_problems(error, shape, ""))
        raise Refusal(
            Verdict.INVALID_ARGUMENT, "; ".join(problems), why={"rule": "request body"}
        ) from None


def _problems(error: ClassValidationError, shape: type[object], path: str) -> list[str]:
    """Put every problem in the words of class-validator, which the API's server is believed to use."""
    wire_names = {a.name: a.alias or a.name for a in attrs.fields(cast("type[Any]", shape))}
    found: list[str] = []
    noted, unnoted = error.group_exceptions()
    for problem, note in noted:
        name = path + wire_names[note.name]
        match problem:
            case KeyError():
                found.append(f"{name} should not be empty")
            case ClassValidationError():
                found += _problems(problem, _inner(note.type), f"{name}.")
            case _:
                found.append(f"{name} {problem}")
    return found + [f"{path.rstrip('.')} {problem}" for problem in unnoted]


def _inner(annotation: object) -> type[object]:
    if isinstance(annotation, type):
        return annotation
    return next(option for option in get_args(annotation) if attrs.has(option))


def _any_object(value: object, _: object) -> dict[str, object]:
    if not isinstance(value, dict):
        msg = "must be an object"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return cast("dict[str, object]", value)


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        msg = "must be a string"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    if not value:
        msg = "should not be empty"
        raise ValueError(msg)
    return value


def _flag(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        msg = "must be a boolean value"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def _is_literal(annotation: object) -> bool:
    return get_origin(annotation) is Literal


def _choice(annotation: object, _: Converter) -> Callable[[object, object], object]:
    choices: tuple[str, ...] = get_args(annotation)
    allowed = frozenset(choices)

    def choose(value: object, _: object) -> object:
        if not isinstance(value, str) or value not in allowed:
            msg = f"must be a valid enum value: {', '.join(choices)}"
            raise ValueError(msg)
        return value

    return choose


def _object(shape: type[Shape], converter: Converter) -> Callable[[object, object], Shape]:
    structure = make_dict_structure_fn(shape, converter, _cattrs_use_alias=True)

    def structure_object(value: object, _: object) -> Shape:
        if not isinstance(value, dict):
            msg = "must be an object"
            raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
        return structure(cast("dict[str, object]", value), shape)

    return structure_object


def _made_converter() -> Converter:
    converter = Converter(use_alias=True)
    converter.register_structure_hook_factory(attrs.has, _object)
    converter.register_structure_hook_func(lambda kind: kind == _OBJECT, _any_object)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook_factory(_is_literal, _choice)
    return converter


_converter: Final = _made_converter()
