"""Calls about further proofs at sign-in, MFA: which a user has, how one is added and taken away."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice, secret, text
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import payload
from aiogenauth.errors import ReadOutcomeUnknown, SendOutcomeUnknown, UpdateOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import FORM, Auth, Endpoint

SEND_ENROLL_FACTOR_REQUEST: Final = post(
    "send_enroll_factor_request", "/api/v3/send-enroll-factor-request", SendOutcomeUnknown
)
ENROLL_FACTOR: Final = post("enroll_factor", "/api/v3/enroll-factor", UpdateOutcomeUnknown)
RESET_FACTOR: Final = post("reset_factor", "/api/v3/reset-factor", UpdateOutcomeUnknown)
LIST_ENROLLED_FACTORS: Final = get("list_enrolled_factors", "/api/v3/list-enrolled-factors")
GET_FACTOR: Final = get("get_factor", "/api/v3/get-factor")
LIST_FACTORS_TO_ENROLL: Final = get("list_factors_to_enroll", "/api/v3/list-factors-to-enroll")
MFA_OTP_VERIFY: Final = post("mfa_otp_verify", "/api/v3/mfa-totp-verify")
"""A code works once, so it is not safe."""
VERIFY_MFA_TOKEN: Final = Endpoint(
    "verify_mfa_token",
    "POST",
    "/mfa/token/introspection",
    ReadOutcomeUnknown,
    Auth.OPTIONAL,
    is_safe=True,
    has_envelope=False,
    content_type=FORM,
)


class FactorCalls(CallGroup):
    """The factors of the signed-in user: an authenticator app, a phone, a mailbox, a face."""

    async def send_enroll_factor_request(
        self, profile: given.FactorProfile, factor_type: given.FactorType
    ) -> shapes.FactorEnrollment:
        """Begin to add a factor. For `"SMS"` and `"EMAIL"` this sends a pass code.

        Args:
            profile: `phoneNumber` for `"SMS"`, with `phoneCountryCode` if foreign; `email` for
                `"EMAIL"`; `{}` for the others.
            factor_type: `"OTP"` is an authenticator app.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            SentTooRecently: The last message is less than a minute old.
            NotSignedIn: No access token, or one that is no longer good.
            SendOutcomeUnknown: The answer got lost; the message may be on its way.

        Source: API reference, send-enroll-factor-request.
        """
        return await self._ask(
            SEND_ENROLL_FACTOR_REQUEST,
            shapes.FactorEnrollment,
            profile=payload(profile, given.FactorProfile, "profile"),
            factorType=choice(factor_type, given.FactorType, "factor_type"),
        )

    async def enroll_factor(
        self,
        enrollment_data: given.EnrollmentProof,
        enrollment_token: str,
        factor_type: given.FactorType,
    ) -> Confirmation:
        """Add a factor, with the proof that it is the user's.

        Args:
            enrollment_data: `passCode` as it was sent, or as the authenticator app shows it; `photo`
                and `isExternalPhoto` for `"FACE"`.
            enrollment_token: `FactorEnrollment.enrollment_token`; it lives for a minute.
            factor_type: The one that was begun.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            ApiError: The user has this factor already: statusCode 422.
            UpdateOutcomeUnknown: The answer got lost; `list_enrolled_factors` shows what holds.

        Source: API reference, enroll-factor; 422: a live test of another SDK.
        """
        return await self._ask(
            ENROLL_FACTOR,
            Confirmation,
            enrollmentData=payload(enrollment_data, given.EnrollmentProof, "enrollment_data"),
            enrollmentToken=secret(enrollment_token, "enrollment_token"),
            factorType=choice(factor_type, given.FactorType, "factor_type"),
        )

    async def reset_factor(self, factor_id: str) -> Confirmation:
        """Take a factor away from the signed-in user.

        Args:
            factor_id: `Factor.factor_id`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost; `list_enrolled_factors` shows what holds.

        Source: API reference, reset-factor.
        """
        return await self._ask(RESET_FACTOR, Confirmation, factorId=text(factor_id, "factor_id"))

    async def list_enrolled_factors(self) -> tuple[shapes.Factor, ...]:
        """List the factors that the signed-in user has.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, list-enrolled-factors.
        """
        return await self._ask(LIST_ENROLLED_FACTORS, tuple[shapes.Factor, ...])

    async def get_factor(self, factor_id: str) -> shapes.Factor:
        """Return one factor of the signed-in user.

        Args:
            factor_id: `Factor.factor_id`.

        Raises:
            ApiError: The user has no such factor.
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-factor.
        """
        return await self._ask(GET_FACTOR, shapes.Factor, factorId=text(factor_id, "factor_id"))

    async def list_factors_to_enroll(self) -> tuple[shapes.FactorToEnroll, ...]:
        """List the factors that the signed-in user may still add.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, list-factors-to-enroll.
        """
        return await self._ask(LIST_FACTORS_TO_ENROLL, tuple[shapes.FactorToEnroll, ...])

    async def mfa_otp_verify(self, totp: str) -> shapes.OtpCheck:
        """Ask whether a code is the one that the user's authenticator app shows now.

        A wrong code is an answer, not an error. Source: assumed.

        Args:
            totp: Six digits. They may count as used, so they are never sent twice. Source: assumed.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            OutcomeUnknown: The answer got lost; ask for the next code.

        Source: API reference, mfa-totp-verify.
        """
        return await self._ask(MFA_OTP_VERIFY, shapes.OtpCheck, totp=secret(totp, "totp"))

    async def verify_mfa_token(self, token: str) -> shapes.MfaTokenCheck:
        """Ask whether the token is good that a sign-in hands out when it wants a further proof.

        The official SDK forgets to send the token; this one sends it.

        Args:
            token: The `mfaToken` of that sign-in.

        Source: API reference, /mfa/token/introspection.
        """
        return await self._ask(VERIFY_MFA_TOKEN, shapes.MfaTokenCheck, token=secret(token, "token"))
