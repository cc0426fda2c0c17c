"""Every way to sign in, and what it puts on the wire."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogenauth import AuthenticationClient
from tests.sdk.support.world import APP, CODE, NUMBER

TOKENS = {"access_token": "at", "id_token": "it", "token_type": "bearer", "expire_in": 7200}
PROOF = {"client_id": "app-1", "client_secret": APP["app_secret"]}

Do = Callable[[AuthenticationClient], Awaitable[object]]
Row = tuple[Do, str, dict[str, Any] | None]
"""A call, its request line, and its body."""


def password(**name: str) -> dict[str, Any]:
    return {"connection": "PASSWORD", "passwordPayload": {**name, "password": "pw"}, **PROOF}


SIGN_INS: dict[str, Row] = {
    "sign_in_by_username_password": (
        lambda c: c.sign_in_by_username_password(
            "ann", "pw", {"scope": "openid", "tenantId": None}
        ),
        "POST /api/v3/signin",
        {**password(username="ann"), "options": {"scope": "openid"}},
    ),
    "sign_in_by_email_password": (
        lambda c: c.sign_in_by_email_password(email="a@b.c", password="pw"),
        "POST /api/v3/signin",
        password(email="a@b.c"),
    ),
    "sign_in_by_phone_password": (
        lambda c: c.sign_in_by_phone_password("188 1234-8888", "pw"),
        "POST /api/v3/signin",
        password(phone=NUMBER),
    ),
    "sign_in_by_phone_password of a whole number": (
        lambda c: c.sign_in_by_phone_password("+8618812348888", "pw"),
        "POST /api/v3/signin",
        password(phone=NUMBER),
    ),
    "sign_in_by_account_password": (
        lambda c: c.sign_in_by_account_password("ann", "pw"),
        "POST /api/v3/signin",
        password(account="ann"),
    ),
    "sign_in_by_phone_passcode": (
        lambda c: c.sign_in_by_phone_passcode(NUMBER, CODE, "+86", {"scope": "openid"}),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"passCode": CODE, "phone": NUMBER, "phoneCountryCode": "+86"},
            "options": {"scope": "openid"},
            **PROOF,
        },
    ),
    "sign_in_by_phone_passcode without more": (
        lambda c: c.sign_in_by_phone_passcode(phone=NUMBER, pass_code=CODE),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"passCode": CODE, "phone": NUMBER},
            **PROOF,
        },
    ),
    "sign_in_by_email_passcode": (
        lambda c: c.sign_in_by_email_passcode("a@b.c", CODE, {"autoRegister": True}),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"email": "a@b.c", "passCode": CODE},
            "options": {"autoRegister": True},
            **PROOF,
        },
    ),
    "sign_in_by_credentials of a password": (
        lambda c: c.sign_in_by_credentials("PASSWORD", {"account": "ann", "password": "p w"}),
        "POST /api/v3/signin",
        {
            "connection": "PASSWORD",
            "passwordPayload": {"account": "ann", "password": "p w"},
            **PROOF,
        },
    ),
    "sign_in_by_credentials for another application": (
        lambda c: c.sign_in_by_credentials(
            connection="PASSCODE",
            pass_code_payload={"phone": "+44 7911 123456", "passCode": CODE},
            client_id="app-2",
            client_secret="s3cret",
        ),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {
                "phone": "7911123456",
                "phoneCountryCode": "+44",
                "passCode": CODE,
            },
            "client_id": "app-2",
            "client_secret": "s3cret",
        },
    ),
    "sign_in_by_ldap": (
        lambda c: c.sign_in_by_ldap("ann", "pw", {"scope": "openid"}),
        "POST /api/v3/signin",
        {
            "connection": "LDAP",
            "ldapPayload": {"sAMAccountName": "ann", "password": "pw"},
            "options": {"scope": "openid"},
            **PROOF,
        },
    ),
    "sign_in_by_ad": (
        lambda c: c.sign_in_by_ad(sAMAccountName="ann", password="pw"),
        "POST /api/v3/signin",
        {"connection": "AD", "adPayload": {"sAMAccountName": "ann", "password": "pw"}, **PROOF},
    ),
}
