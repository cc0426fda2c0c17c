"""What the calls about a forgotten password answer."""

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted


@frozen
class PasswordResetGrant(Result):
    """Permission to set a new password, for a short time and once.

    Source: API reference, verify-reset-password-request.
    """

    password_reset_token: str = field(converter=Secret, repr=redacted)
    """What `reset_password` wants."""
    token_expires_in: float | None = None
    """Seconds it lives. Source: assumed; the reference gives no unit."""
    request_id: str | None = None
