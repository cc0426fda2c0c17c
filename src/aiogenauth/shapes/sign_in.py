"""What signing in answers: tokens."""

from datetime import datetime

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted, secret_or_none


@frozen
class SignIn(Result):
    """Tokens of a user who signed in. None of them is shown.

    Attributes:
        access_token: Give it to `client.as_user`.
        id_token: Who the user is, as a JWT.
        refresh_token: Present when the scope had `offline_access`.
        token_type: `"bearer"`, or None where the answer does not say.
        scope: What the tokens may be used for.
        expires_in: Seconds from the answer until the access token expires; None where the answer
            does not say.
        expires_at: The same as a moment in UTC, by the clock of this machine.
        request_id: Identifies the call to GenAuth's support.
    """

    access_token: str = field(converter=Secret, repr=redacted)
    token_type: str | None = None
    expires_in: float | None = None
    id_token: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    refresh_token: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    scope: str | None = None
    expires_at: datetime | None = None
    request_id: str | None = None
