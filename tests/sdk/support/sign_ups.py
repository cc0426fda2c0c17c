"""Every way to make an account, to sign in by one elsewhere, and what it puts on the wire."""

from __future__ import annotations

from tests.sdk.support.sign_ins import PROOF, Row
from tests.sdk.support.world import CODE, NUMBER

SIGN_UPS: dict[str, Row] = {
    "sign_up_by_email_password": (
        lambda c: c.sign_up_by_email_password("a@b.c", "p w", {"nickname": "Ann"}),
        "POST /api/v3/signup",
        {
            "connection": "PASSWORD",
            "passwordPayload": {"email": "a@b.c", "password": "p w"},
            "profile": {"nickname": "Ann"},
        },
    ),
    "sign_up_by_username_password": (
        lambda c: c.sign_up_by_username_password(
            "ann", "pw", options={"passwordEncryptType": "none", "clientIp": None}
        ),
        "POST /api/v3/signup",
        {
            "connection": "PASSWORD",
            "passwordPayload": {"username": "ann", "password": "pw"},
            "options": {"passwordEncryptType": "none"},
        },
    ),
    "sign_up_by_email_passcode": (
        lambda c: c.sign_up_by_email_passcode(email="a@b.c", pass_code=CODE),
        "POST /api/v3/signup",
        {"connection": "PASSCODE", "passCodePayload": {"email": "a@b.c", "passCode": CODE}},
    ),
    "sign_up_by_phone_passcode": (
        lambda c: c.sign_up_by_phone_passcode(
            NUMBER, CODE, "+86", options={"passwordForPhonePassCode": "p w"}
        ),
        "POST /api/v3/signup",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"phone": NUMBER, "phoneCountryCode": "+86", "passCode": CODE},
            "options": {"passwordForPhonePassCode": "p w"},
        },
    ),
    "sign_up": (
        lambda c: c.sign_up(
            "PASSCODE",
            pass_code_payload={"email": "a@b.c", "passCode": CODE},
            profile={"phone": "+44 7911 123456", "gender": "F"},
            options={"phonePassCodeForInformationCompletion": "1234"},
        ),
        "POST /api/v3/signup",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"email": "a@b.c", "passCode": CODE},
            "profile": {"phone": "7911123456", "phoneCountryCode": "+44", "gender": "F"},
            "options": {"phonePassCodeForInformationCompletion": "1234"},
        },
    ),
    "sign_in_by_mobile": (
        lambda c: c.sign_in_by_mobile("conn-1", "linkedin", linked_in_payload={"code": "x"}),
        "POST /api/v3/signin-by-mobile",
        {
            "extIdpConnidentifier": "conn-1",
            "connection": "linkedin",
            "linkedInPayload": {"code": "x"},
            **PROOF,
        },
    ),
    "sign_in_by_mobile of a newer kind": (
        lambda c: c.sign_in_by_mobile(
            "conn-1",
            "douyin_mini_program_code_and_phone",
            douyin_mini_program_code_and_phone_payload={
                "loginParams": {"code": "x"},
                "phoneParams": {"encryptedData": "y", "iv": None},
            },
        ),
        "POST /api/v3/signin-by-mobile",
        {
            "extIdpConnidentifier": "conn-1",
            "connection": "douyin_mini_program_code_and_phone",
            "douyinMiniProgramCodeAndPhonePayload": {
                "loginParams": {"code": "x"},
                "phoneParams": {"encryptedData": "y"},
            },
            **PROOF,
        },
    ),
}
