"""Calls about the phone of a user, and the codes that are texted to it."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, Body, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import (
    COUNTRY_CODE,
    EMAIL_CHANNEL,
    PASS_CODE,
    PHONE_CHANNEL,
    PHONE_NUMBER,
)
from genauth_contract.outcomes.codes import CODE_OUTCOMES, DAILY_LIMIT_REACHED, SENT_TOO_RECENTLY
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.phones import (
    HAS_PHONE_ALREADY,
    NO_PHONE_BOUND,
    OLD_PHONE_MISMATCH,
    OLD_PHONE_UNVERIFIED,
    ONLY_LOGIN_METHOD,
    PHONE_TAKEN,
    SAME_PHONE,
    UPDATE_TOKEN_INVALID,
)

SEND_SMS: Final = record(
    "SendSms",
    {"channel": PHONE_CHANNEL, "phoneNumber": PHONE_NUMBER},
    {"phoneCountryCode": COUNTRY_CODE},
)
SMS_CODE: Final = record(
    "SmsCode",
    {"phone": PHONE_NUMBER, "passCode": PASS_CODE, "channel": PHONE_CHANNEL},
    {"phoneCountryCode": COUNTRY_CODE},
)
EMAIL_CODE: Final = record(
    "EmailCode", {"email": ANY_TEXT, "passCode": PASS_CODE, "channel": EMAIL_CHANNEL}
)
PRE_CHECK_CODE: Final = record(
    "PreCheckCode",
    {"codeType": one_of("SMS", "EMAIL")},
    {"smsCodePayload": SMS_CODE, "emailCodePayload": EMAIL_CODE},
)
CODE_VALIDITY: Final = record(
    "CodeValidity",
    {"isValid": FLAG},
    {"message": text("Why the code would not do.", is_filled=False)},
)
BIND_PHONE: Final = record(
    "BindPhone",
    {"phoneNumber": PHONE_NUMBER, "passCode": PASS_CODE},
    {"phoneCountryCode": COUNTRY_CODE},
)
UNBIND_PHONE: Final = record("UnbindPhone", {"passCode": PASS_CODE})
PHONE_CHANGE: Final = record(
    "PhoneChange",
    {"newPhoneNumber": PHONE_NUMBER, "newPhonePassCode": PASS_CODE},
    {
        "newPhoneCountryCode": COUNTRY_CODE,
        "oldPhoneNumber": text(
            "Needed when the user has a phone and the user pool verifies it.", is_filled=False
        ),
        "oldPhonePassCode": ANY_TEXT,
        "oldPhoneCountryCode": COUNTRY_CODE,
    },
)
VERIFY_UPDATE_PHONE_REQUEST: Final = record(
    "VerifyUpdatePhoneRequest",
    {"verifyMethod": one_of("PHONE_PASSCODE"), "phonePassCodePayload": PHONE_CHANGE},
)
UPDATE_PHONE_PERMIT: Final = record(
    "UpdatePhonePermit",
    {
        "updatePhoneToken": text("Works once, within `tokenExpiresIn`.", is_filled=False),
        "tokenExpiresIn": number("Seconds."),
    },
)
UPDATE_PHONE: Final = record("UpdatePhone", {"updatePhoneToken": text()})

SEND_SMS_CALL: Final = Endpoint(
    "send-sms",
    "Text a pass code to a phone.",
    request=SEND_SMS,
    ends=(SENT_TOO_RECENTLY, DAILY_LIMIT_REACHED),
)
PRE_CHECK_CODE_CALL: Final = Endpoint(
    "pre-check-code",
    "Ask whether a pass code would do, without using it.",
    request=PRE_CHECK_CODE,
    data=CODE_VALIDITY,
)
BIND_PHONE_CALL: Final = Endpoint(
    "bind-phone",
    "Bind a phone to the signed-in user who has none.",
    request=BIND_PHONE,
    needs_user=True,
    ends=(*CODE_OUTCOMES, PHONE_TAKEN, HAS_PHONE_ALREADY),
)
UNBIND_PHONE_CALL: Final = Endpoint(
    "unbind-phone",
    "Unbind the signed-in user's phone.",
    request=UNBIND_PHONE,
    needs_user=True,
    ends=(*CODE_OUTCOMES, NO_PHONE_BOUND, ONLY_LOGIN_METHOD),
)
VERIFY_UPDATE_PHONE_REQUEST_CALL: Final = Endpoint(
    "verify-update-phone-request",
    "Prove the new phone, and the old one, before a change.",
    request=VERIFY_UPDATE_PHONE_REQUEST,
    data=UPDATE_PHONE_PERMIT,
    needs_user=True,
    ends=(*CODE_OUTCOMES, PHONE_TAKEN, SAME_PHONE, OLD_PHONE_MISMATCH, OLD_PHONE_UNVERIFIED),
)
UPDATE_PHONE_CALL: Final = Endpoint(
    "update-phone",
    "Change the phone that was proved.",
    request=UPDATE_PHONE,
    needs_user=True,
    ends=(UPDATE_TOKEN_INVALID, PHONE_TAKEN),
)


def send_sms(phone: Phone, channel: str) -> ApiCall:
    """Text a pass code. Source: API reference, send-sms; live clients send no token."""
    return sent_to(SEND_SMS_CALL, {"channel": channel, **_phone(phone)})


def pre_check_code(phone: Phone, code: PassCode, channel: str) -> ApiCall:
    """Ask whether a code would do. Source: API reference, pre-check-code (`phone`, not ...Number)."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
        "channel": channel,
    }
    return sent_to(PRE_CHECK_CODE_CALL, {"codeType": "SMS", "smsCodePayload": payload})


def bind_phone(user: User, phone: Phone, code: PassCode) -> ApiCall:
    """Bind a phone to a user who has none. Source: API reference, bind-phone."""
    return sent_to(BIND_PHONE_CALL, {**_phone(phone), "passCode": code.digits}, user)


def unbind_phone(user: User, code: PassCode) -> ApiCall:
    """Unbind the user's phone. Source: API reference, unbind-phone."""
    return sent_to(UNBIND_PHONE_CALL, {"passCode": code.digits}, user)


def verify_update_phone_request(
    user: User,
    new: tuple[Phone, PassCode],
    old: tuple[Phone, PassCode] | None,
) -> ApiCall:
    """Prove both phones before a change. Source: API reference, verify-update-phone-request."""
    payload = {
        "newPhoneNumber": new[0].number,
        "newPhoneCountryCode": new[0].country_code,
        "newPhonePassCode": new[1].digits,
    }
    if old:
        payload |= {
            "oldPhoneNumber": old[0].number,
            "oldPhoneCountryCode": old[0].country_code,
            "oldPhonePassCode": old[1].digits,
        }
    body = {"verifyMethod": "PHONE_PASSCODE", "phonePassCodePayload": payload}
    return sent_to(VERIFY_UPDATE_PHONE_REQUEST_CALL, body, user)


def update_phone(user: User, update_phone_token: str) -> ApiCall:
    """Change the phone. Source: API reference, update-phone."""
    return sent_to(UPDATE_PHONE_CALL, {"updatePhoneToken": update_phone_token}, user)


def _phone(phone: Phone) -> Body:
    return {"phoneNumber": phone.number, "phoneCountryCode": phone.country_code}
