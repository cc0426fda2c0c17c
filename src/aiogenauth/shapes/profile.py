"""The user as GenAuth describes them."""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from aiogenauth.redaction import masked


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
