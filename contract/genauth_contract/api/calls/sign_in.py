"""Calls that sign users in and up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from genauth_contract.api.call import ApiCall, Body, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import COUNTRY_CODE, PASS_CODE, USER
from genauth_contract.outcomes.accounts import (
    PASSWORD_NOT_DECRYPTED,
    UNKNOWN_USER,
    USER_EXISTS,
    USER_SUSPENDED,
    USERNAME_TAKEN,
    WRONG_ACCOUNT_OR_PASSWORD,
    WRONG_PASSWORD,
)
from genauth_contract.outcomes.codes import CODE_OUTCOMES
from genauth_contract.outcomes.factors import MFA_REQUIRED
from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.outcomes.requests import NOT_IMITATED, SECRET_MISSING

PASSWORD_PAYLOAD: Final = record(
    "PasswordPayload",
    {"password": ANY_TEXT},
    {"account": ANY_TEXT, "username": ANY_TEXT, "email": ANY_TEXT, "phone": ANY_TEXT},
)
PASS_CODE_PAYLOAD: Final = record(
    "PassCodePayload",
    {"passCode": PASS_CODE},
    {"phone": ANY_TEXT, "phoneCountryCode": COUNTRY_CODE, "email": ANY_TEXT},
)
SIGN_IN_OPTIONS: Final = record(
    "SignInOptions",
    {},
    {
        "scope": text("Space-separated; must contain openid.", is_filled=False),
        "clientIp": ANY_TEXT,
        "context": {"type": "object"},
        "tenantId": ANY_TEXT,
        "customData": {"type": "object"},
        "autoRegister": FLAG,
        "captchaCode": ANY_TEXT,
        "passwordEncryptType": one_of("sm2", "rsa", "none"),
    },
)
_DIRECTORY_PAYLOAD: Final = record(
    "DirectoryPayload", {"sAMAccountName": ANY_TEXT, "password": ANY_TEXT}
)
SIGN_IN: Final = record(
    "SignIn",
    {"connection": one_of("PASSWORD", "PASSCODE", "LDAP", "AD")},
    {
        "passwordPayload": PASSWORD_PAYLOAD,
        "passCodePayload": PASS_CODE_PAYLOAD,
        "ldapPayload": _DIRECTORY_PAYLOAD,
        "adPayload": _DIRECTORY_PAYLOAD,
        "options": SIGN_IN_OPTIONS,
        "client_id": ANY_TEXT,
        "client_secret": ANY_TEXT,
    },
)
TOKENS: Final = record(
    "Tokens",
    {
        "access_token": text(),
        "token_type": text(),
        "expire_in": number("Seconds; the documented name."),
    },
    {
        "id_token": text(),
        "refresh_token": ANY_TEXT,
        "scope": ANY_TEXT,
        "expires_in": number("Seconds; the name clients read."),
    },
)
SIGN_UP_PASSWORD: Final = record(
    "SignUpPassword", {"password": ANY_TEXT}, {"username": ANY_TEXT, "email": ANY_TEXT}
)
SIGN_UP: Final = record(
    "SignUp",
    {"connection": one_of("PASSWORD", "PASSCODE")},
    {
        "passwordPayload": SIGN_UP_PASSWORD,
        "passCodePayload": PASS_CODE_PAYLOAD,
        "profile": {
            "type": "object",
            "description": "Attributes of the new user, by the names of get-profile.",
        },
        "options": {"type": "object"},
    },
)

SIGNIN_CALL: Final = Endpoint(
    "signin",
    "Sign in with a password or a pass code.",
    request=SIGN_IN,
    data=TOKENS,
    ends=(
        *CODE_OUTCOMES,
        WRONG_PASSWORD,
        WRONG_ACCOUNT_OR_PASSWORD,
        PASSWORD_NOT_DECRYPTED,
        UNKNOWN_USER,
        USER_SUSPENDED,
        MFA_REQUIRED,
        SECRET_MISSING,
        NOT_IMITATED,
    ),
    operation_id="signIn",
)
SIGNUP_CALL: Final = Endpoint(
    "signup",
    "Make a new user, by password or by pass code.",
    request=SIGN_UP,
    data=USER,
    ends=(
        *CODE_OUTCOMES,
        USER_EXISTS,
        USERNAME_TAKEN,
        PASSWORD_NOT_DECRYPTED,
        NOT_IMITATED,
    ),
    operation_id="signUp",
)


def sign_in_by_password(account: Mapping[str, str], password: str, scope: str = "") -> ApiCall:
    """Sign in with a password. Source: API reference, signin.

    Args:
        account: One of `account`, `username`, `email`, `phone` and its value.
        password: The password, in clear.
        scope: Space-separated scopes; empty for the server's default.
    """
    body = {"connection": "PASSWORD", "passwordPayload": {**account, "password": password}}
    return sent_to(SIGNIN_CALL, {**body, **_options(scope)})


def sign_in_by_phone_pass_code(phone: Phone, code: PassCode, scope: str = "") -> ApiCall:
    """Sign in with a texted code. Source: API reference, signin."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
    }
    body = {"connection": "PASSCODE", "passCodePayload": payload}
    return sent_to(SIGNIN_CALL, {**body, **_options(scope)})


def sign_in_by_email_pass_code(email: str, code: PassCode) -> ApiCall:
    """Sign in with a mailed code. Source: API reference, signin."""
    payload = {"email": email, "passCode": code.digits}
    return sent_to(SIGNIN_CALL, {"connection": "PASSCODE", "passCodePayload": payload})


def sign_in_by_directory(kind: str, name: str, password: str) -> ApiCall:
    """Sign in by LDAP or AD. Source: API reference, signin, ldapPayload and adPayload."""
    payload = {"sAMAccountName": name, "password": password}
    return sent_to(SIGNIN_CALL, {"connection": kind, f"{kind.lower()}Payload": payload})


def sign_up_by_password(account: Mapping[str, str], password: str) -> ApiCall:
    """Make a user with a password. Source: API reference, signup.

    Args:
        account: `username` or `email`, and its value.
        password: The password, in clear.
    """
    body = {"connection": "PASSWORD", "passwordPayload": {**account, "password": password}}
    return sent_to(SIGNUP_CALL, body)


def sign_up_by_phone_pass_code(phone: Phone, code: PassCode) -> ApiCall:
    """Make a user with a texted code. Source: API reference, signup."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
    }
    return sent_to(SIGNUP_CALL, {"connection": "PASSCODE", "passCodePayload": payload})


def _options(scope: str) -> Body:
    return {"options": {"scope": scope}} if scope else {}
