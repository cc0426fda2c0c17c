"""Calls about further proofs at sign-in, MFA factors."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, Body, asked_of, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, Named, one_of, record, text
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    SENT_TOO_RECENTLY,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.emails import EMAIL_SENT_TOO_RECENTLY
from genauth_contract.outcomes.factors import (
    ENROLLMENT_TOKEN_INVALID,
    FACTOR_ENROLLED,
    UNKNOWN_FACTOR,
)
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.requests import NOT_IMITATED

KIND: Final = one_of("OTP", "SMS", "EMAIL", "FACE")
PROFILE: Final = record(
    "FactorProfile",
    {},
    {"phoneNumber": ANY_TEXT, "phoneCountryCode": ANY_TEXT, "email": ANY_TEXT},
)
SEND_ENROLL_FACTOR_REQUEST: Final = record(
    "SendEnrollFactorRequest", {"factorType": KIND, "profile": PROFILE}
)
OTP_SETUP: Final = record(
    "OtpSetup",
    {
        "qrCodeUri": text("An otpauth:// URI."),
        "qrCodeDataUrl": text("The same as a picture: a data: URL."),
        "recoveryCode": text("Stands in for a lost authenticator app, once."),
    },
)
ENROLLMENT: Final = record(
    "FactorEnrollment",
    {"enrollmentToken": text("Lives for a minute.", is_filled=False)},
    {"otpData": OTP_SETUP},
)
ENROLL_FACTOR: Final = record(
    "EnrollFactor",
    {
        "factorType": KIND,
        "enrollmentToken": text(),
        "enrollmentData": record("EnrollmentData", {}, {"passCode": ANY_TEXT}),
    },
)
RESET_FACTOR: Final = record("ResetFactor", {"factorId": text()})
FACTOR: Final = record(
    "Factor", {"factorId": ANY_TEXT, "factorType": KIND, "profile": {"type": "object"}}
)
FACTORS: Final = Named("Factors", {"type": "array", "items": FACTOR})
FACTORS_TO_ENROLL: Final = Named(
    "FactorsToEnroll",
    {"type": "array", "items": record("FactorToEnroll", {"factorType": KIND})},
)
VERIFY_OTP: Final = record("VerifyOtp", {"totp": text("Six digits.")})
OTP_CHECK: Final = record("OtpCheck", {"verified": FLAG})

SEND_ENROLL_FACTOR_REQUEST_CALL: Final = Endpoint(
    "send-enroll-factor-request",
    "Begin to add a factor; a code is sent to a phone or a mailbox.",
    request=SEND_ENROLL_FACTOR_REQUEST,
    data=ENROLLMENT,
    needs_user=True,
    ends=(FACTOR_ENROLLED, SENT_TOO_RECENTLY, EMAIL_SENT_TOO_RECENTLY, NOT_IMITATED),
)
ENROLL_FACTOR_CALL: Final = Endpoint(
    "enroll-factor",
    "Add a factor that was begun.",
    request=ENROLL_FACTOR,
    needs_user=True,
    ends=(
        *(WRONG_CODE, EXPIRED_CODE, SPENT_CODE, BURNED_CODE),
        *(ENROLLMENT_TOKEN_INVALID, FACTOR_ENROLLED, NOT_IMITATED),
    ),
)
RESET_FACTOR_CALL: Final = Endpoint(
    "reset-factor",
    "Take a factor away from the signed-in user.",
    request=RESET_FACTOR,
    needs_user=True,
    ends=(UNKNOWN_FACTOR,),
)
LIST_ENROLLED_FACTORS_CALL: Final = Endpoint(
    "list-enrolled-factors",
    "List the factors of the signed-in user.",
    data=FACTORS,
    needs_user=True,
)
GET_FACTOR_CALL: Final = Endpoint(
    "get-factor",
    "Return one factor of the signed-in user.",
    data=FACTOR,
    needs_user=True,
    asked=("factorId",),
    ends=(UNKNOWN_FACTOR,),
)
LIST_FACTORS_TO_ENROLL_CALL: Final = Endpoint(
    "list-factors-to-enroll",
    "List the factors that the signed-in user may add.",
    data=FACTORS_TO_ENROLL,
    needs_user=True,
)
MFA_TOTP_VERIFY_CALL: Final = Endpoint(
    "mfa-totp-verify",
    "Ask whether a code is the one that the user's authenticator app shows.",
    request=VERIFY_OTP,
    data=OTP_CHECK,
    needs_user=True,
    sdk_method="mfa_otp_verify",
)


def begin_factor(user: User, kind: str, profile: Body) -> ApiCall:
    """Begin to add a factor. Source: API reference, send-enroll-factor-request."""
    body = {"factorType": kind, "profile": profile}
    return sent_to(SEND_ENROLL_FACTOR_REQUEST_CALL, body, user)


def enroll_factor(user: User, kind: str, token: str, code: str) -> ApiCall:
    """Add a factor that was begun. Source: API reference, enroll-factor."""
    body = {
        "factorType": kind,
        "enrollmentToken": token,
        "enrollmentData": {"passCode": code},
    }
    return sent_to(ENROLL_FACTOR_CALL, body, user)


def reset_factor(user: User, factor_id: str) -> ApiCall:
    """Take a factor away. Source: API reference, reset-factor."""
    return sent_to(RESET_FACTOR_CALL, {"factorId": factor_id}, user)


def list_enrolled_factors(user: User) -> ApiCall:
    """List the user's factors. Source: API reference, list-enrolled-factors."""
    return sent_to(LIST_ENROLLED_FACTORS_CALL, user=user)


def get_factor(user: User, factor_id: str) -> ApiCall:
    """Return one factor. Source: API reference, get-factor."""
    return asked_of(GET_FACTOR_CALL, {"factorId": factor_id} if factor_id else {}, user)


def list_factors_to_enroll(user: User) -> ApiCall:
    """List the factors that may be added. Source: API reference, list-factors-to-enroll."""
    return sent_to(LIST_FACTORS_TO_ENROLL_CALL, user=user)


def verify_otp(user: User, code: str) -> ApiCall:
    """Ask whether a code is the app's. Source: API reference, mfa-totp-verify."""
    return sent_to(MFA_TOTP_VERIFY_CALL, {"totp": code}, user)
