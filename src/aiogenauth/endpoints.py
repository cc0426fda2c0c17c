"""One pure function per call of the API: arguments in, a checked `Call` out."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, NotRequired, TypedDict, TypeVar

import attrs

from aiogenauth.arguments import checked_secret, checked_text, known_keys
from aiogenauth.errors import (
    BindOutcomeUnknown,
    InvalidInput,
    OutcomeUnknown,
    ReadOutcomeUnknown,
    SendOutcomeUnknown,
    UnbindOutcomeUnknown,
    UpdateOutcomeUnknown,
)
from aiogenauth.json_text import encode, is_object
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.reading import read
from aiogenauth.secrets import Secret
from aiogenauth.vocabulary import Channel, PhoneNumber
from aiogenauth.wire import (
    Confirmation,
    Envelope,
    PassCodeCheck,
    PhoneUpdateGrant,
    SecurityLevel,
    UserProfile,
)

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
VERIFY_UPDATE_PHONE: Final = Endpoint(
    "verify_update_phone_request", "POST", "/api/v3/verify-update-phone-request", Kind.ONE_TIME,
    Login.REQUIRED, UpdateOutcomeUnknown,
)  # fmt: skip
UPDATE_PHONE: Final = Endpoint(
    "update_phone", "POST", "/api/v3/update-phone", Kind.ONE_TIME, Login.REQUIRED,
    UpdateOutcomeUnknown,
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


class PhonePassCodePayload(TypedDict):
    """Both numbers and their codes, for a change of phone. Source: API reference.

    The old number is needed when the user has one and the user pool checks it, as it does unless
    told otherwise.
    """

    newPhoneNumber: str | PhoneNumber
    newPhonePassCode: str
    newPhoneCountryCode: NotRequired[str | None]
    oldPhoneNumber: NotRequired[str | PhoneNumber | None]
    oldPhonePassCode: NotRequired[str | None]
    oldPhoneCountryCode: NotRequired[str | None]


def send_sms(
    channel: str, phone_number: str | PhoneNumber, phone_country_code: str | None
) -> Call[Confirmation]:
    """Ask for a text message with a pass code."""
    phone = PhoneNumber.parse(phone_number, phone_country_code)
    body = {"channel": Channel.read(channel).value, **phone_fields(phone)}
    return Call(SEND_SMS, _confirmation, encode(body), phone=phone)


def bind_phone(
    pass_code: str, phone_number: str | PhoneNumber, phone_country_code: str | None
) -> Call[Confirmation]:
    """Give the user a number that they proved to hold."""
    phone = PhoneNumber.parse(phone_number, phone_country_code)
    code = checked_secret(pass_code, "pass_code")
    body = {"passCode": code, **phone_fields(phone)}
    return Call(BIND_PHONE, _confirmation, encode(body), phone=phone, secrets=(code,))


def unbind_phone(pass_code: str) -> Call[Confirmation]:
    """Take the number away from the user."""
    code = checked_secret(pass_code, "pass_code")
    return Call(UNBIND_PHONE, _confirmation, encode({"passCode": code}), secrets=(code,))


def verify_update_phone_request(
    payload: PhonePassCodePayload, verify_method: str
) -> Call[PhoneUpdateGrant]:
    """Prove both numbers and get a token that changes one into the other."""
    if verify_method != "PHONE_PASSCODE":
        text = "verify_method: only 'PHONE_PASSCODE' is known to GenAuth"
        raise InvalidInput(text).having(field="verify_method")
    given = known_keys(payload, PhonePassCodePayload, "phone_pass_code_payload")
    new, body = _phone_and_code(given, "new")
    if given.get("oldPhoneNumber") is not None or given.get("oldPhonePassCode") is not None:
        _, old = _phone_and_code(given, "old")
        body |= old
    codes = tuple(body[key] for key in ("newPhonePassCode", "oldPhonePassCode") if key in body)

    def answer(envelope: Envelope) -> PhoneUpdateGrant:
        return attrs.evolve(_data_as(PhoneUpdateGrant)(envelope), new_phone=Secret(new.e164))

    wire = {"verifyMethod": verify_method, "phonePassCodePayload": body}
    others = (body["oldPhoneNumber"],) if "oldPhoneNumber" in body else ()
    return Call(VERIFY_UPDATE_PHONE, answer, encode(wire), phone=new, secrets=(*codes, *others))


def update_phone(update_phone_token: str, new_phone: PhoneNumber | None) -> Call[Confirmation]:
    """Spend the token and change the number."""
    token = checked_secret(update_phone_token, "update_phone_token")
    body = encode({"updatePhoneToken": token})
    return Call(UPDATE_PHONE, _confirmation, body, phone=new_phone, secrets=(token,))


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
    return Call(PRE_CHECK_CODE, _data_as(PassCodeCheck), body, phone=phone, secrets=(code,))


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
    return Call(PRE_CHECK_CODE, _data_as(PassCodeCheck), body, secrets=(code,))


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
    return Call(GET_PROFILE, _data_as(UserProfile), query=query or None)


def get_security_level() -> Call[SecurityLevel]:
    """Read how well the account is protected."""
    return Call(GET_SECURITY_LEVEL, _data_as(SecurityLevel))


def _confirmation(envelope: Envelope) -> Confirmation:
    return Confirmation(envelope.request_id, envelope.message)


def _data_as(shape: type[T]) -> Callable[[Envelope], T]:
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


def _phone_and_code(
    given: Mapping[str, object], which: Literal["new", "old"]
) -> tuple[PhoneNumber, dict[str, str]]:
    name = "phone_pass_code_payload"
    number, code = f"{which}PhoneNumber", f"{which}PhoneCountryCode"
    phone = PhoneNumber.parse(
        given.get(number, ""),  # type: ignore[arg-type]  # parse checks what it is given
        given.get(code),  # type: ignore[arg-type]
        name=f"{name}.{number}",
        code_name=f"{name}.{code}",
    )
    pass_code = f"{which}PhonePassCode"
    proof = checked_secret(given.get(pass_code), f"{name}.{pass_code}")
    return phone, {**phone_fields(phone, number, code), pass_code: proof}
