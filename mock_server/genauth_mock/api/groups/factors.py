"""The further proofs of the signed-in user, MFA factors: by text, by e-mail, by an authenticator app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, field

from genauth_mock.api.call import Call, reads, signed_in
from genauth_mock.api.fields import read_email, read_phone, required
from genauth_mock.api.queries import text_of
from genauth_mock.engine import factors, totp
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import account_name
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.factor_records import Factor

FactorType = Literal["OTP", "SMS", "EMAIL", "FACE"]
"""Source: API reference, factorType."""


@json_shape
class FactorProfile:
    """``profile`` of ``POST /api/v3/send-enroll-factor-request``."""

    phone_number: str | None = field(default=None, alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    email: str | None = None


@json_shape
class SendEnrollFactorRequest:
    """Body of ``POST /api/v3/send-enroll-factor-request``."""

    factor_type: FactorType = field(alias="factorType")
    profile: FactorProfile


@json_shape
class EnrollmentData:
    """``enrollmentData`` of ``POST /api/v3/enroll-factor``, but for a face."""

    pass_code: str | None = field(default=None, alias="passCode", repr=False)


@json_shape
class EnrollFactor:
    """Body of ``POST /api/v3/enroll-factor``."""

    factor_type: FactorType = field(alias="factorType")
    enrollment_token: str = field(alias="enrollmentToken", repr=False)
    enrollment_data: EnrollmentData = field(alias="enrollmentData")


@json_shape
class ResetFactor:
    """Body of ``POST /api/v3/reset-factor``."""

    factor_id: str = field(alias="factorId")


@json_shape
class VerifyOtp:
    """Body of ``POST /api/v3/mfa-totp-verify``."""

    totp: str = field(repr=False)


def send_enroll_factor_request(context: CallContext, body: SendEnrollFactorRequest) -> Json:
    """``POST /api/v3/send-enroll-factor-request``."""
    _check_is_imitated("send-enroll-factor-request", body.factor_type)
    token, factor = factors.begin(context, body.factor_type, _address(body))
    answer: Json = {"enrollmentToken": token}
    if factor.key:
        answer["otpData"] = _setup(context, context.signed_in_user(), factor)
    return answer


def enroll_factor(context: CallContext, body: EnrollFactor) -> None:
    """``POST /api/v3/enroll-factor``."""
    _check_is_imitated("enroll-factor", body.factor_type)
    code = required("enrollmentData.passCode", body.enrollment_data.pass_code)
    factors.enroll(context, body.factor_type, body.enrollment_token, code)


def reset_factor(context: CallContext, body: ResetFactor) -> None:
    """``POST /api/v3/reset-factor``."""
    factors.reset(context, body.factor_id)


def list_enrolled_factors(context: CallContext, _: Mapping[str, str]) -> Data:
    """``GET /api/v3/list-enrolled-factors``."""
    held = factors.of_user(context, context.signed_in_user())
    return [factor.to_response() for factor in held.factors]


def get_factor(context: CallContext, query: Mapping[str, str]) -> Data:
    """``GET /api/v3/get-factor``."""
    factor_id = text_of(query, "factorId")
    return factors.find(context, factor_id).to_response()


def list_factors_to_enroll(context: CallContext, _: Mapping[str, str]) -> Data:
    """``GET /api/v3/list-factors-to-enroll``; that every app has every kind switched on is assumed."""
    held = factors.of_user(context, context.signed_in_user())
    return [{"factorType": kind} for kind in factors.KINDS if held.of_kind(kind) is None]


def mfa_totp_verify(context: CallContext, body: VerifyOtp) -> Json:
    """``POST /api/v3/mfa-totp-verify``."""
    return factors.verify_otp(context, body.totp)


def _check_is_imitated(call: str, kind: str) -> None:
    if kind not in factors.KINDS:
        raise Refusal(Outcome.NOT_IMITATED, f"{call} with factorType {kind}")


def _address(body: SendEnrollFactorRequest) -> Address | None:
    profile = body.profile
    if body.factor_type == "SMS":
        number = required("profile.phoneNumber", profile.phone_number)
        return read_phone(number, profile.phone_country_code, "profile.phoneNumber")
    if body.factor_type == "EMAIL":
        return read_email(required("profile.email", profile.email), "profile.email")
    return None


def _setup(context: CallContext, user: User, factor: Factor) -> Json:
    """Return what an authenticator app is set up with."""
    uri = totp.setup_uri(factor.key, context.app_id, account_name(user))
    return {
        "qrCodeUri": uri,
        "qrCodeDataUrl": totp.picture(uri),
        "recoveryCode": factor.recovery_code,
    }


CALLS: Final[tuple[Call, ...]] = (
    evolve(
        signed_in(
            "/api/v3/send-enroll-factor-request",
            SendEnrollFactorRequest,
            send_enroll_factor_request,
        ),
        is_partial=True,
    ),
    evolve(signed_in("/api/v3/enroll-factor", EnrollFactor, enroll_factor), is_partial=True),
    signed_in("/api/v3/reset-factor", ResetFactor, reset_factor),
    reads("/api/v3/list-enrolled-factors", list_enrolled_factors),
    reads("/api/v3/get-factor", get_factor),
    reads("/api/v3/list-factors-to-enroll", list_factors_to_enroll),
    signed_in("/api/v3/mfa-totp-verify", VerifyOtp, mfa_totp_verify),
)
