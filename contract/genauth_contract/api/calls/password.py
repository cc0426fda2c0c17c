"""Calls about passwords: changed when signed in, reset when forgotten."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import EMAIL_PROOF, PHONE_PROOF, SUCCESS
from genauth_contract.outcomes.accounts import (
    PASSWORD_NOT_DECRYPTED,
    UNKNOWN_USER,
    WRONG_OLD_PASSWORD,
)
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.phones import UPDATE_TOKEN_INVALID
from genauth_contract.outcomes.requests import NOT_IMITATED

UPDATE_PASSWORD: Final = record(
    "UpdatePassword",
    {"newPassword": text()},
    {"oldPassword": text(), "passwordEncryptType": one_of("sm2", "rsa", "none")},
)

UPDATE_PASSWORD_CALL: Final = Endpoint(
    "update-password",
    "Change the password, or set the first one.",
    request=UPDATE_PASSWORD,
    needs_user=True,
    ends=(WRONG_OLD_PASSWORD, PASSWORD_NOT_DECRYPTED, NOT_IMITATED),
)

VERIFY_RESET_CALL: Final = Endpoint(
    "verify-reset-password-request",
    "Prove who one is, before a forgotten password is replaced.",
    request=record(
        "VerifyResetPassword",
        {"verifyMethod": one_of("EMAIL_PASSCODE", "PHONE_PASSCODE")},
        {"phonePassCodePayload": PHONE_PROOF, "emailPassCodePayload": EMAIL_PROOF},
    ),
    data=record("PasswordReset", {"passwordResetToken": text(), "tokenExpiresIn": number()}),
    ends=(WRONG_CODE, NO_CODE, UNKNOWN_USER),
)
RESET_PASSWORD_CALL: Final = Endpoint(
    "reset-password",
    "Replace a forgotten password.",
    request=record(
        "ResetPassword",
        {"passwordResetToken": text(), "password": text()},
        {"passwordEncryptType": one_of("sm2", "rsa", "none")},
    ),
    data=SUCCESS,
    ends=(UPDATE_TOKEN_INVALID, PASSWORD_NOT_DECRYPTED, NOT_IMITATED),
)
VALIDATE_PASSWORD_CALL: Final = Endpoint(
    "validate-password",
    "Return whether a password is that of a user, who is named by an e-mail address, a phone or a username.",
    request=record(
        "ValidatePassword",
        {"password": text()},
        {
            "email": ANY_TEXT,
            "phone": ANY_TEXT,
            "phoneCountryCode": ANY_TEXT,
            "username": ANY_TEXT,
            "passwordEncryptType": one_of("sm2", "rsa", "none"),
        },
    ),
    data=record("PasswordCheck", {"valid": FLAG}),
    ends=(PASSWORD_NOT_DECRYPTED, NOT_IMITATED),
)


def update_password(user: User, new: str, old: str | None) -> ApiCall:
    """Change the password, or set the first one. Source: API reference, update-password."""
    body = {"newPassword": new} if old is None else {"newPassword": new, "oldPassword": old}
    return sent_to(UPDATE_PASSWORD_CALL, body, user)


def verify_reset(phone: Phone, code: PassCode) -> ApiCall:
    """Prove who one is by a texted code. Source: API reference, verify-reset-password-request."""
    payload = {
        "phoneNumber": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
    }
    body = {"verifyMethod": "PHONE_PASSCODE", "phonePassCodePayload": payload}
    return sent_to(VERIFY_RESET_CALL, body)


def reset_password(token: str, new: str) -> ApiCall:
    """Replace a forgotten password. Source: API reference, reset-password."""
    return sent_to(RESET_PASSWORD_CALL, {"passwordResetToken": token, "password": new})


def validate_password(password: str, **named: str) -> ApiCall:
    """Ask whether a password is that of a user. Source: official Node SDK of 2025."""
    return sent_to(VALIDATE_PASSWORD_CALL, {"password": password, **named})
