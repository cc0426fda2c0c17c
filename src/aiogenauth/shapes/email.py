"""What a change of e-mail address answers."""

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted


@frozen
class EmailUpdateGrant(Result):
    """Permission to change the e-mail address, for a short time and once.

    Source: API reference, verify-update-email-request.
    """

    update_email_token: str = field(converter=Secret, repr=redacted)
    """What `update_email` wants."""
    token_expires_in: float | None = None
    """Seconds it lives: 60."""
    request_id: str | None = None
    new_email: str | None = None
    """The address it was given for, by which `update_email` looks into the profile should its
    answer get lost."""
