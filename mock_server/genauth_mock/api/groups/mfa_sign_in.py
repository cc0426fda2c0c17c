"""Going on with a sign-in that wants a further proof; the token of the sign-in stands where an access token would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.api.call import Call, signs_in
from genauth_mock.api.fields import read_email, read_phone
from genauth_mock.api.oauth_errors import bare, parameter
from genauth_mock.engine import mfa_sign_in
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.context import CallContext


@json_shape
class SmsProof:
    """Body of ``POST /api/v2/applications/mfa/sms/verify``."""

    phone: str
    code: str = field(repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@json_shape
class EmailProof:
    """Body of ``POST /api/v2/applications/mfa/email/verify``."""

    email: str
    code: str = field(repr=False)


@json_shape
class AppProof:
    """Body of ``POST /api/v2/applications/mfa/totp/verify``."""

    totp: str = field(repr=False)


@json_shape
class RecoveryProof:
    """Body of ``POST /api/v2/mfa/totp/recovery``."""

    recovery_code: str = field(alias="recoveryCode", repr=False)


def introspection(context: CallContext, form: Form) -> Json:
    """``POST /mfa/token/introspection``, without envelope; who asks proves nothing. Source: API reference."""
    return mfa_sign_in.look_into(context, parameter(form, "token"))


def verify_sms(context: CallContext, body: SmsProof) -> Json:
    """``POST /api/v2/applications/mfa/sms/verify``; that all of these answer as ``signin`` does is assumed."""
    phone = read_phone(body.phone, body.phone_country_code, "phone")
    return mfa_sign_in.by_code(context, phone, body.code).to_response("bearer")


def verify_email(context: CallContext, body: EmailProof) -> Json:
    """``POST /api/v2/applications/mfa/email/verify``."""
    email = read_email(body.email)
    return mfa_sign_in.by_code(context, email, body.code).to_response("bearer")


def verify_totp(context: CallContext, body: AppProof) -> Json:
    """``POST /api/v2/applications/mfa/totp/verify``, and its twin of the official JavaScript SDK."""
    return mfa_sign_in.by_app(context, body.totp).to_response("bearer")


def recover(context: CallContext, body: RecoveryProof) -> Json:
    """``POST /api/v2/mfa/totp/recovery``; that the code is replaced as in ``mfa-totp-verify`` is assumed."""
    tokens, renewed = mfa_sign_in.by_recovery_code(context, body.recovery_code)
    return {**tokens.to_response("bearer"), "recoveryCode": renewed}


CALLS: Final[tuple[Call, ...]] = (
    Call("POST", "/mfa/token/introspection", bare(introspection), takes_form=True),
    signs_in("/api/v2/applications/mfa/sms/verify", SmsProof, verify_sms),
    signs_in("/api/v2/applications/mfa/email/verify", EmailProof, verify_email),
    signs_in("/api/v2/applications/mfa/totp/verify", AppProof, verify_totp),
    signs_in("/api/v2/mfa/totp/verify", AppProof, verify_totp),
    signs_in("/api/v2/mfa/totp/recovery", RecoveryProof, recover),
)
