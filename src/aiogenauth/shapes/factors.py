"""What the calls about further proofs at sign-in answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted, secret_or_none


@frozen
class OtpSetup(Result):
    """What an authenticator app is set up with. Source: API reference, send-enroll-factor-request."""

    qr_code_uri: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """An `otpauth://` URI with the key in it, for a QR code of one's own."""
    qr_code_data_url: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """The same as a picture, as a `data:` URL."""
    recovery_code: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """Signs the user in once should the app be lost; they must write it down."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FactorEnrollment(Result):
    """A factor that the user has begun to add. Source: API reference, send-enroll-factor-request."""

    enrollment_token: str = field(converter=Secret, repr=redacted)
    """What `enroll_factor` wants, within a minute."""
    otp_data: OtpSetup | None = None
    """For an authenticator app."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Factor(Result):
    """A factor that the user has. Source: API reference, list-enrolled-factors."""

    factor_id: str | None = None
    """What `get_factor` and `reset_factor` want."""
    factor_type: str | None = None
    """`"OTP"`, `"SMS"`, `"EMAIL"` or `"FACE"`."""
    profile: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    """Where its pass codes go: `phoneNumber` and `phoneCountryCode`, or `email`."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FactorToEnroll(Result):
    """A factor that the user may still add. Source: API reference, list-factors-to-enroll."""

    factor_type: str | None = None
    """`"OTP"`, `"SMS"`, `"EMAIL"` or `"FACE"`."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class OtpCheck(Result):
    """Whether a code is the authenticator app's. True in a condition if it is.

    Source: API reference, mfa-totp-verify.
    """

    verified: bool
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether the code is right."""
        return self.verified


@frozen
class MfaTokenCheck(Result):
    """Whether the token of an unfinished sign-in is good now. True in a condition if it is.

    Source: API reference, /mfa/token/introspection.
    """

    active: bool
    user_pool_id: str | None = None
    user_id: str | None = None
    exp: float | None = None
    """When it expires, in seconds since 1970."""
    iat: float | None = None
    """When it was issued, in seconds since 1970."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether the token is good."""
        return self.active
