"""The user as GenAuth describes them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import masked, redacted


@frozen
class UserProfile(Result):
    """A user as GenAuth knows them. Which fields come depends on the scope of the access token.

    Attributes:
        phone: National number; masked when shown. Comes with the scope `phone`.
        birthdate: As the user gave it, often `"2022-06-03"`.
        identity_number: Of an identity card; not shown.
        zoneinfo: Such as `"GMT-08:00"`.
        post_id_list: Ids of the posts that the user holds.
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
    given_name: str | None = None
    family_name: str | None = None
    middle_name: str | None = None
    preferred_username: str | None = None
    profile: str | None = None
    birthdate: str | None = None
    company: str | None = None
    website: str | None = None
    zoneinfo: str | None = None
    locale: str | None = None
    country: str | None = None
    province: str | None = None
    city: str | None = None
    region: str | None = None
    address: str | None = None
    street_address: str | None = None
    postal_code: str | None = None
    formatted: str | None = None
    identity_number: str | None = field(default=None, repr=redacted)
    browser: str | None = None
    device: str | None = None
    last_ip: str | None = None
    last_login_app: str | None = None
    last_mfa_time: str | None = None
    password_last_set_at: datetime | None = None
    password_security_level: float | None = None
    reset_password_on_next_login: bool | None = None
    status_changed_at: datetime | None = None
    user_source_id: str | None = None
    main_department_id: str | None = None
    register_source: tuple[str, ...] | None = None
    post_id_list: tuple[str, ...] | None = None
    department_ids: tuple[str, ...] | None = None
    identities: tuple[Mapping[str, Any], ...] | None = field(hash=False, default=None, repr=False)
    custom_data: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
    request_id: str | None = None
