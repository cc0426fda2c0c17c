"""One pure function per call of the API: arguments in, a checked `Call` out.

Signing in and a change of phone are in `signing_in` and `changing_phone`.
"""

from collections.abc import Callable
from typing import Final, Literal, NotRequired, TypedDict, TypeVar

from aiogenauth.calls.arguments import checked_secret, checked_text, known_keys
from aiogenauth.decoding import encode, is_object, read
from aiogenauth.errors import (
    BindOutcomeUnknown,
    InvalidInput,
    OutcomeUnknown,
    ReadOutcomeUnknown,
    SendOutcomeUnknown,
    UnbindOutcomeUnknown,
)
from aiogenauth.models import (
    Confirmation,
    Envelope,
    PassCodeCheck,
    SecurityLevel,
    UserProfile,
)
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.vocabulary import Channel, PhoneNumber

T = TypeVar("T")

SEND_SMS: Final = Endpoint(
    "send_sms", "POST", "/api/v3/send-sms", Kind.MESSAGE, Login.OPTIONAL, SendOutcomeUnknown
)
PRE_CHECK_CODE: Final = Endpoint(
    "pre_check_code",
    "POST",
    "/api/v3/pre-check-code",
    Kind.ONE_TIME,
    Login.OPTIONAL,
    OutcomeUnknown,
)
"""Consumes nothing, but may count as an attempt, so it is not repeated lightly. Source: assumed."""
BIND_PHONE: Final = Endpoint(
    "bind_phone", "POST", "/api/v3/bind-phone", Kind.ONE_TIME, Login.REQUIRED, BindOutcomeUnknown
)
UNBIND_PHONE: Final = Endpoint(
    "unbind_phone", "POST", "/api/v3/unbind-phone", Kind.ONE_TIME, Login.REQUIRED,
    UnbindOutcomeUnknown,
)  # fmt: skip
GET_PROFILE: Final = Endpoint(
    "get_profile", "GET", "/api/v3/get-profile", Kind.READ, Login.REQUIRED, ReadOutcomeUnknown
)
GET_SECURITY_LEVEL: Final = Endpoint(
    "get_security_level", "GET", "/api/v3/get-security-info", Kind.READ, Login.REQUIRED,
    ReadOutcomeUnknown,
)  # fmt: skip


class SmsCodePayload(TypedDict):
    """What `pre_check_code` wants to know about a texted code. Source: API reference."""

    phone: str | PhoneNumber
    passCode: str
    channel: str
    phoneCountryCode: NotRequired[str | None]


class EmailCodePayload(TypedDict):
    """What `pre_check_code` wants to know about a mailed code. Source: API reference."""

    email: str
    passCode: str
    channel: str


def send_sms(
    channel: str, phone_number: str | PhoneNumber, phone_country_code: str | None
) -> Call[Confirmation]:
    """Ask for a text message with a pass code."""
    phone = PhoneNumber.parse(phone_number, phone_country_code)
    body = {"channel": Channel.read(channel).value, **phone_fields(phone)}
    return Call(SEND_SMS, confirmation, encode(body), phone=phone)


def bind_phone(
    pass_code: str, phone_number: str | PhoneNumber, phone_country_code: str | None
) -> Call[Confirmation]:
    """Give the user a number that they proved to hold."""
    phone = PhoneNumber.parse(phone_number, phone_country_code)
    code = checked_secret(pass_code, "pass_code")
    body = {"passCode": code, **phone_fields(phone)}
    return Call(BIND_PHONE, confirmation, encode(body), phone=phone, secrets=(code,))


def unbind_phone(pass_code: str) -> Call[Confirmation]:
    """Take the number away from the user."""
    code = checked_secret(pass_code, "pass_code")
    return Call(UNBIND_PHONE, confirmation, encode({"passCode": code}), secrets=(code,))


def pre_check_code(
    code_type: Literal["SMS", "EMAIL"],
    sms: SmsCodePayload | None,
    email: EmailCodePayload | None,
) -> Call[PassCodeCheck]:
    """Ask whether a code is good, without spending it."""
    if code_type == "SMS" and sms is not None and email is None:
        return _check_sms(sms)
    if code_type == "EMAIL" and email is not None and sms is None:
        return _check_email(email)
    text = "code_type: 'SMS' goes with sms_code_payload, 'EMAIL' with email_code_payload"
    raise InvalidInput(text).having(field="code_type")


def get_profile(
    *,
    with_custom_data: bool | None = None,
    with_identities: bool | None = None,
    with_department_ids: bool | None = None,
) -> Call[UserProfile]:
    """Read the user."""
    wanted = {
        "withCustomData": with_custom_data,
        "withIdentities": with_identities,
        "withDepartmentIds": with_department_ids,
    }
    query = {key: "true" if yes else "false" for key, yes in wanted.items() if yes is not None}
    return Call(GET_PROFILE, data_as(UserProfile), query=query or None)


def get_security_level() -> Call[SecurityLevel]:
    """Read how well the account is protected."""
    return Call(GET_SECURITY_LEVEL, data_as(SecurityLevel))


def confirmation(envelope: Envelope) -> Confirmation:
    """Read an answer that has nothing to say but yes."""
    return Confirmation(envelope.request_id, envelope.message)


def data_as(shape: type[T]) -> Callable[[Envelope], T]:
    """Read the envelope's data as a shape that keeps the request id too."""

    def answer(envelope: Envelope) -> T:
        data = envelope.data
        if is_object(data):
            data = {**data, "requestId": envelope.request_id}
        return read(shape, data)

    return answer


def phone_fields(
    phone: PhoneNumber, number_key: str = "phoneNumber", code_key: str = "phoneCountryCode"
) -> dict[str, str]:
    """Write a number in the API's two fields; the country code only where the caller gave one."""
    if phone.country_code is None:
        return {number_key: phone.national_number}
    return {number_key: phone.national_number, code_key: phone.country_code}


def _check_sms(payload: SmsCodePayload) -> Call[PassCodeCheck]:
    name = "sms_code_payload"
    given = known_keys(payload, SmsCodePayload, name)
    phone = PhoneNumber.parse(
        given.get("phone", ""),  # type: ignore[arg-type]  # parse checks what it is given
        given.get("phoneCountryCode"),  # type: ignore[arg-type]
        name=f"{name}.phone",
        code_name=f"{name}.phoneCountryCode",
    )
    code = checked_secret(given.get("passCode"), f"{name}.passCode")
    channel = Channel.read(given.get("channel"), f"{name}.channel")
    fields = {**phone_fields(phone, "phone"), "passCode": code, "channel": channel.value}
    body = encode({"codeType": "SMS", "smsCodePayload": fields})
    return Call(PRE_CHECK_CODE, data_as(PassCodeCheck), body, phone=phone, secrets=(code,))


def _check_email(payload: EmailCodePayload) -> Call[PassCodeCheck]:
    name = "email_code_payload"
    given = known_keys(payload, EmailCodePayload, name)
    code = checked_secret(given.get("passCode"), f"{name}.passCode")
    fields = {
        "email": checked_text(given.get("email"), f"{name}.email"),
        "passCode": code,
        "channel": checked_text(given.get("channel"), f"{name}.channel"),
    }
    body = encode({"codeType": "EMAIL", "emailCodePayload": fields})
    return Call(PRE_CHECK_CODE, data_as(PassCodeCheck), body, secrets=(code,))
