"""Calls that go on with a sign-in that wants a further proof."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, record, text
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.factors import MFA_TOKEN_INVALID, UNKNOWN_FACTOR
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.oidc import GRANTED, INVALID_REQUEST

ONE_MFA_TOKEN: Final = record("OneMfaToken", {"token": text()})
MFA_TOKEN_CHECK: Final = record(
    "MfaTokenCheck",
    {"active": FLAG},
    {"userPoolId": ANY_TEXT, "userId": ANY_TEXT, "exp": number(), "iat": number()},
)
SMS_PROOF: Final = record(
    "MfaSmsProof", {"phone": text(), "code": text()}, {"phoneCountryCode": ANY_TEXT}
)
EMAIL_PROOF: Final = record("MfaEmailProof", {"email": text(), "code": text()})
APP_PROOF: Final = record("MfaAppProof", {"totp": text("Six digits.")})
RECOVERY_PROOF: Final = record("MfaRecoveryProof", {"recoveryCode": text()})
_CODE: Final = (WRONG_CODE, EXPIRED_CODE, SPENT_CODE, BURNED_CODE, NO_CODE)
_HELD_UP: Final = (MFA_TOKEN_INVALID, UNKNOWN_FACTOR)

MFA_TOKEN_INTROSPECTION_CALL: Final = Endpoint(
    "mfa-token-introspection",
    "Ask whether a sign-in waits for its further proof.",
    request=ONE_MFA_TOKEN,
    data=MFA_TOKEN_CHECK,
    ends=(GRANTED, INVALID_REQUEST),
    path="/mfa/token/introspection",
    sdk_method="verify_mfa_token",
)
MFA_SMS_VERIFY_CALL: Final = Endpoint(
    "mfa-sms-verify",
    "Go on with a sign-in by a texted code.",
    request=SMS_PROOF,
    data=TOKENS,
    ends=(*_CODE, *_HELD_UP),
    path="/api/v2/applications/mfa/sms/verify",
)
MFA_EMAIL_VERIFY_CALL: Final = Endpoint(
    "mfa-email-verify",
    "Go on with a sign-in by a mailed code.",
    request=EMAIL_PROOF,
    data=TOKENS,
    ends=(*_CODE, *_HELD_UP),
    path="/api/v2/applications/mfa/email/verify",
)
MFA_APP_VERIFY_CALL: Final = Endpoint(
    "mfa-app-verify",
    "Go on with a sign-in by the code of an authenticator app.",
    request=APP_PROOF,
    data=TOKENS,
    ends=(WRONG_CODE, *_HELD_UP),
    path="/api/v2/applications/mfa/totp/verify",
)
MFA_TOTP_VERIFY_CALL: Final = Endpoint(
    "mfa-totp-verify-twin",
    "Go on with a sign-in by the code of an authenticator app, at the path of the JavaScript SDK.",
    request=APP_PROOF,
    data=TOKENS,
    ends=(WRONG_CODE, *_HELD_UP),
    path="/api/v2/mfa/totp/verify",
)
MFA_RECOVERY_CALL: Final = Endpoint(
    "mfa-recovery",
    "Go on with a sign-in by the recovery code of an authenticator app.",
    request=RECOVERY_PROOF,
    data=TOKENS,
    ends=(WRONG_CODE, *_HELD_UP),
    path="/api/v2/mfa/totp/recovery",
)


def look_into_mfa_token(token: str) -> ApiCall:
    """Ask whether a sign-in waits. Source: API reference, /mfa/token/introspection."""
    return sent_to(MFA_TOKEN_INTROSPECTION_CALL, {"token": token} if token else {})


def prove_by_sms(held_up: User, phone: Phone, code: PassCode) -> ApiCall:
    """Go on by a texted code. Source: the official sign-in widget."""
    body = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "code": code.digits,
    }
    return sent_to(MFA_SMS_VERIFY_CALL, body, held_up)


def prove_by_email(held_up: User, email: str, code: PassCode) -> ApiCall:
    """Go on by a mailed code. Source: the official sign-in widget."""
    return sent_to(MFA_EMAIL_VERIFY_CALL, {"email": email, "code": code.digits}, held_up)


def prove_by_app(held_up: User, code: str) -> ApiCall:
    """Go on by the code of an app. Source: the official sign-in widget."""
    return sent_to(MFA_APP_VERIFY_CALL, {"totp": code}, held_up)


def prove_by_app_as_the_js_sdk(held_up: User, code: str) -> ApiCall:
    """Go on by the code of an app, at the other path. Source: official JavaScript SDK, verifyTotpMfa."""
    return sent_to(MFA_TOTP_VERIFY_CALL, {"totp": code}, held_up)


def prove_by_recovery_code(held_up: User, code: str) -> ApiCall:
    """Go on by a recovery code. Source: official JavaScript SDK, verifyTotpRecoveryCode."""
    return sent_to(MFA_RECOVERY_CALL, {"recoveryCode": code}, held_up)
