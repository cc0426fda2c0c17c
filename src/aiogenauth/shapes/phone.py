"""What a change of phone answers."""

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, masked, redacted


@frozen
class PhoneUpdateGrant(Result):
    """Permission to change the phone number, for a short time and once.

    Attributes:
        update_phone_token: What `update_phone` wants; shown as `***`.
        token_expires_in: Seconds it lives; None where the answer does not say. Source: assumed; the
            reference gives no unit.
        request_id: Identifies the call to GenAuth's support.
        new_phone: The number it was given for, in E.164, so that `update_phone` can look it up in
            the profile should its answer get lost. Masked when shown.
    """

    update_phone_token: str = field(converter=Secret, repr=redacted)
    token_expires_in: float | None = None
    request_id: str | None = None
    new_phone: str | None = field(default=None, repr=lambda phone: repr(masked(phone or "")))
