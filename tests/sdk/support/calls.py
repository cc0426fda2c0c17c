"""Every call of the client, what it puts on the wire, and an answer that fits it."""

from __future__ import annotations

from typing import Any

from aiogenauth import Channel, PhoneUpdateGrant
from tests.sdk.support.account_calls import ACCOUNT_ANSWERS, ACCOUNT_CALLS
from tests.sdk.support.oidc_calls import OIDC_ANSWERS, OIDC_CALLS
from tests.sdk.support.own_calls import OWN_ANSWERS, OWN_CALLS
from tests.sdk.support.proof_calls import PROOF_ANSWERS, PROOF_CALLS
from tests.sdk.support.scanned_calls import SCANNED_ANSWERS, SCANNED_CALLS
from tests.sdk.support.sign_ins import SIGN_INS, TOKENS, Row
from tests.sdk.support.sign_ups import SIGN_UPS
from tests.sdk.support.world import CODE, NUMBER, PROFILE

GRANT = {"updatePhoneToken": "up-1", "tokenExpiresIn": 60}
SECURITY = {
    "passwordSecurityLevel": 1,
    "mfaEnrolled": False,
    "passwordSet": True,
    "emailBinded": False,
    "phoneBinded": True,
    "securityScore": 80,
}
ANSWERS: dict[str, Any] = {
    "get-profile": PROFILE,
    "get-security-info": SECURITY,
    "pre-check-code": {"isValid": True},
    "verify-update-phone-request": GRANT,
    "signin": TOKENS,
    "signin-by-mobile": TOKENS,
    "signup": PROFILE,
    **ACCOUNT_ANSWERS,
    **OIDC_ANSWERS,
    **SCANNED_ANSWERS,
    **PROOF_ANSWERS,
    **OWN_ANSWERS,
}
PHONE = {"phoneNumber": NUMBER}


CALLS: dict[str, Row] = {
    "send_sms": (
        lambda c: c.send_sms("CHANNEL_BIND_PHONE", NUMBER, "+86"),
        "POST /api/v3/send-sms",
        {"channel": "CHANNEL_BIND_PHONE", **PHONE, "phoneCountryCode": "+86"},
    ),
    "send_sms by keyword": (
        lambda c: c.send_sms(channel=Channel.LOGIN, phone_number=NUMBER),
        "POST /api/v3/send-sms",
        {"channel": "CHANNEL_LOGIN", **PHONE},
    ),
    "bind_phone in the official order": (
        lambda c: c.bind_phone(CODE, NUMBER, "+86"),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, **PHONE, "phoneCountryCode": "+86"},
    ),
    "bind_phone by keyword": (
        lambda c: c.bind_phone(phone_number=NUMBER, pass_code=CODE),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, **PHONE},
    ),
    "bind_phone of a whole number": (
        lambda c: c.bind_phone(CODE, "+44 7911 123456"),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, "phoneNumber": "7911123456", "phoneCountryCode": "+44"},
    ),
    "unbind_phone": (
        lambda c: c.unbind_phone(CODE),
        "POST /api/v3/unbind-phone",
        {"passCode": CODE},
    ),
    "verify_update_phone_request": (
        lambda c: c.verify_update_phone_request(
            {
                "newPhoneNumber": "+8613800138000",
                "newPhonePassCode": CODE,
                "oldPhoneNumber": NUMBER,
                "oldPhonePassCode": "1234",
                "oldPhoneCountryCode": None,
            },
            "PHONE_PASSCODE",
        ),
        "POST /api/v3/verify-update-phone-request",
        {
            "verifyMethod": "PHONE_PASSCODE",
            "phonePassCodePayload": {
                "newPhoneNumber": "13800138000",
                "newPhonePassCode": CODE,
                "newPhoneCountryCode": "+86",
                "oldPhoneNumber": NUMBER,
                "oldPhonePassCode": "1234",
            },
        },
    ),
    "verify_update_phone_request of a first number": (
        lambda c: c.verify_update_phone_request(
            verify_method="PHONE_PASSCODE",
            phone_pass_code_payload={"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},
        ),
        "POST /api/v3/verify-update-phone-request",
        {
            "verifyMethod": "PHONE_PASSCODE",
            "phonePassCodePayload": {"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},
        },
    ),
    "update_phone": (
        lambda c: c.update_phone("up-1"),
        "POST /api/v3/update-phone",
        {"updatePhoneToken": "up-1"},
    ),
    "update_phone with what the request for it returned": (
        lambda c: c.update_phone(PhoneUpdateGrant("up-1", 60, new_phone="+8613800138000")),
        "POST /api/v3/update-phone",
        {"updatePhoneToken": "up-1"},
    ),
    "pre_check_code of a text": (
        lambda c: c.pre_check_code(
            "SMS", {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"}
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "SMS",
            "smsCodePayload": {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"},
        },
    ),
    "pre_check_code of a foreign text": (
        lambda c: c.pre_check_code(
            "SMS", {"phone": "+447911123456", "passCode": CODE, "channel": Channel.LOGIN}
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "SMS",
            "smsCodePayload": {
                "phone": "7911123456",
                "passCode": CODE,
                "channel": "CHANNEL_LOGIN",
                "phoneCountryCode": "+44",
            },
        },
    ),
    "pre_check_code of a mail": (
        lambda c: c.pre_check_code(
            code_type="EMAIL",
            email_code_payload={"email": "a@b.c", "passCode": CODE, "channel": "CHANNEL_LOGIN"},
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "EMAIL",
            "emailCodePayload": {"email": "a@b.c", "passCode": CODE, "channel": "CHANNEL_LOGIN"},
        },
    ),
    "get_profile": (lambda c: c.get_profile(), "GET /api/v3/get-profile", None),
    "get_profile with more": (
        lambda c: c.get_profile(True, with_identities=False),  # noqa: FBT003 - as the official SDK takes it
        "GET /api/v3/get-profile?withCustomData=true&withIdentities=false",
        None,
    ),
    "get_security_level": (
        lambda c: c.get_security_level(),
        "GET /api/v3/get-security-info",
        None,
    ),
    "update_password": (
        lambda c: c.update_password("new pw", "old pw", "none"),
        "POST /api/v3/update-password",
        {"newPassword": "new pw", "oldPassword": "old pw", "passwordEncryptType": "none"},
    ),
    "update_password that is the first": (
        lambda c: c.update_password(new_password="new pw"),
        "POST /api/v3/update-password",
        {"newPassword": "new pw"},
    ),
    **SIGN_INS,
    **SIGN_UPS,
    **ACCOUNT_CALLS,
    **OIDC_CALLS,
    **SCANNED_CALLS,
    **PROOF_CALLS,
    **OWN_CALLS,
    "request": (
        lambda c: c.request("post", "/api/v3/update-profile", json={"nickname": "Ann"}),
        "POST /api/v3/update-profile",
        {"nickname": "Ann"},
    ),
    "request without a body": (
        lambda c: c.request("POST", "/api/v3/logout"),
        "POST /api/v3/logout",
        {},
    ),
    "request of a read": (
        lambda c: c.request("GET", "/api/v3/get-my-login-history", params={"page": "2"}),
        "GET /api/v3/get-my-login-history?page=2",
        None,
    ),
    "request of a read with a query in its path": (
        lambda c: c.request("GET", "/api/v3/x?a=1&a=2", params={"b": "3 +"}),
        "GET /api/v3/x?a=1&a=2&b=3+%2B",
        None,
    ),
}
