"""What the calls about the account as a whole answer."""

from attrs import frozen


@frozen
class SecurityLevel:
    """How well an account is protected.

    Source: API reference, get-security-info; its spelling `binded` is kept.
    """

    password_security_level: float
    mfa_enrolled: bool
    password_set: bool
    email_binded: bool
    phone_binded: bool
    security_score: float
    request_id: str | None = None
