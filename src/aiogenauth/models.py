"""The shapes of GenAuth's answers, as callers see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from aiogenauth.redaction import masked, stars

ConfirmedBy = Literal["answer", "profile"]
"""What showed that a call took effect: GenAuth's answer, or the account as it was read later."""


@frozen
class Envelope:
    """What every call of the API is answered with.

    Attributes:
        status_code: Business status; 200 means success, whatever the HTTP status.
        message: Text for people, in the language asked for.
        api_code: What happened exactly; absent, 0 or 20001 on success.
        request_id: Identifies the call to GenAuth's support.
        data: What was asked for; None where the call has nothing to say.

    Source: API reference, CommonResponseDto.
    """

    status_code: int
    message: str | None = field(default=None, repr=False)
    api_code: int | None = None
    request_id: str | None = field(default=None, repr=False)
    data: object = field(default=None, repr=False)


@frozen
class Confirmation:
    """What the caller asked for holds now.

    Attributes:
        request_id: Identifies the call to GenAuth's support; None when confirmed by the profile.
        message: Text for people; None when confirmed by the profile.
        confirmed_by: `"answer"`, or `"profile"` when the answer was lost and the account, read
            afterwards, was found in the state that was asked for.
    """

    request_id: str | None = None
    message: str | None = None
    confirmed_by: ConfirmedBy = "answer"


@frozen
class PassCodeCheck:
    """Whether a pass code would be accepted now. In a condition, it is true if the code would be.

    Attributes:
        is_valid: The code fits and is still good.
        message: Why it is not.
        request_id: Identifies the call to GenAuth's support.
    """

    is_valid: bool
    message: str | None = None
    request_id: str | None = None

    def __bool__(self) -> bool:
        """Tell whether the code would be accepted."""
        return self.is_valid


@frozen
class PhoneUpdateGrant:
    """Permission to change the phone number, for a short time and once.

    Attributes:
        update_phone_token: What `update_phone` wants; shown as `***`.
        token_expires_in: Seconds it lives. Source: assumed; the reference gives no unit.
        request_id: Identifies the call to GenAuth's support.
        new_phone: The number it was given for, in E.164, so that `update_phone` can look it up in
            the profile should its answer get lost. Masked when shown.
    """

    update_phone_token: str = field(repr=stars)
    token_expires_in: float
    request_id: str | None = None
    new_phone: str | None = field(default=None, repr=lambda phone: repr(masked(phone or "")))


@frozen
class SignIn:
    """Tokens of a user who signed in. None of them is shown.

    Attributes:
        access_token: Give it to `client.as_user`.
        id_token: Who the user is, as a JWT.
        refresh_token: Present when the scope had `offline_access`.
        token_type: `"bearer"`.
        scope: What the tokens may be used for.
        expires_in: Seconds from the answer until the access token expires.
        expires_at: The same as a moment in UTC, by the clock of this machine.
        request_id: Identifies the call to GenAuth's support.
    """

    access_token: str = field(repr=stars)
    token_type: str
    expires_in: float
    id_token: str | None = field(default=None, repr=stars)
    refresh_token: str | None = field(default=None, repr=stars)
    scope: str | None = None
    expires_at: datetime | None = None
    request_id: str | None = None


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


@frozen
class UserProfile:
    """A user as GenAuth knows them. Which fields come depends on the scope of the access token.

    Attributes:
        phone: National number; masked when shown. Comes with the scope `phone`.
        extra: Every field of the answer that has no attribute here, by its name in the API.

    Source: API reference, get-profile, UserDto.
    """

    user_id: str
    status: str | None = None
    work_status: str | None = None
    username: str | None = None
    name: str | None = None
    nickname: str | None = None
    photo: str | None = None
    gender: str | None = None
    email: str | None = None
    email_verified: bool | None = None
    phone: str | None = field(default=None, repr=lambda phone: repr(phone and masked(phone)))
    phone_country_code: str | None = None
    phone_verified: bool | None = None
    external_id: str | None = None
    tenant_id: str | None = None
    user_source_type: str | None = None
    logins_count: float | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    last_login: datetime | None = None
    department_ids: tuple[str, ...] | None = None
    identities: tuple[Mapping[str, object], ...] | None = field(default=None, repr=False)
    custom_data: Mapping[str, object] | None = field(default=None, repr=False)
    extra: Mapping[str, object] = field(factory=dict[str, object], repr=False)
    request_id: str | None = None
