"""What the calls answer about what a user belongs to, and where and when they signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.shapes.profile import UserProfile


@frozen
class Login(Result):
    """A sign-in, or an attempt at one. Source: API reference, get-my-login-history."""

    user_id: str | None = None
    app_id: str | None = None
    app_name: str | None = None
    app_login_url: str | None = None
    app_logo: str | None = None
    """URL of a picture."""
    login_at: datetime | None = None
    client_ip: str | None = None
    success: bool | None = None
    error_message: str | None = None
    """Why it failed, where it did."""
    user_agent: str | None = None
    parsed_user_agent: Mapping[str, Any] | None = field(hash=False, default=None)
    """`device`, `browser` and `os`."""
    login_method: str | None = None
    """Such as `"loginByEmail"`."""
    geoip: Mapping[str, Any] | None = field(hash=False, default=None)
    """Where it came from: `country_name`, `city_name`, `location`, ..."""
    tenant_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class LoginHistory(Result):
    """A page of sign-ins. Source: API reference, get-my-login-history."""

    list: tuple[Login, ...]
    total_count: int | None = None
    """On all pages."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class UserApp(Result):
    """An application of the user. Source: API reference, get-my-logged-in-apps."""

    app_id: str | None = None
    app_name: str | None = None
    app_login_url: str | None = None
    app_logo: str | None = None
    """URL of a picture."""
    active: bool | None = None
    """Whether the user is signed in to it now."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Tenant(Result):
    """A tenant that the user is a member of. Source: API reference, get-my-tenant-list."""

    tenant_id: str | None = None
    tenant_name: str | None = None
    join_at: str | None = None
    """When they became a member, as GenAuth writes it: the reference gives no format."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Role(Result):
    """A role of the user. Source: API reference, get-my-role-list."""

    id: str | None = None
    code: str | None = None
    """Unique in its permission space."""
    name: str | None = None
    description: str | None = None
    namespace: str | None = None
    """Code of its permission space."""
    namespace_name: str | None = None
    status: str | None = None
    """`"ENABLE"` or `"DISABLE"`."""
    disable_time: float | None = None
    """When it ends, in milliseconds since 1970; None for never."""
    enable_permission_apply: bool | None = None
    """Whether users may ask for it. Source: newer SDKs of GenAuth."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Group(Result):
    """A group that the user is in. Source: API reference, get-my-group-list."""

    id: str | None = None
    code: str | None = None
    name: str | None = None
    description: str | None = None
    type: str | None = None
    """Such as `"static"`."""
    metadata_source: tuple[str, ...] | None = None
    members: tuple[UserProfile, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Department(Result):
    """A department that the user works in. Source: API reference, get-my-department-list."""

    department_id: str | None = None
    organization_code: str | None = None
    name: str | None = None
    code: str | None = None
    description: str | None = None
    open_department_id: str | None = None
    """An id that the organization gave it itself."""
    is_root: bool | None = None
    is_leader: bool | None = None
    """Whether the user leads it."""
    is_main_department: bool | None = None
    """Whether it is the first of the user's departments."""
    is_virtual_node: bool | None = None
    created_at: datetime | None = None
    joined_at: datetime | None = None
    i18n: Mapping[str, Any] | None = field(hash=False, default=None)
    """Its name in other languages."""
    custom_data: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    department_id_path: tuple[str, ...] | None = None
    """From the root down."""
    department_code_path: tuple[str, ...] | None = None
    department_name_path: tuple[str, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class DepartmentPage(Result):
    """A page of departments. Source: API reference, get-my-department-list."""

    list: tuple[Department, ...]
    total_count: int | None = None
    """On all pages."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class AuthorizedResource(Result):
    """A resource that the user has rights to. Source: API reference, get-my-authorized-resources."""

    resource_code: str | None = None
    description: str | None = None
    condition: tuple[Mapping[str, Any], ...] | None = field(hash=False, default=None)
    """When it holds: `param`, `operator` and `value` of each condition."""
    resource_type: str | None = None
    """`"DATA"`, `"API"`, `"MENU"`, `"BUTTON"` or `"UI"`."""
    api_identifier: str | None = None
    """Path of an API."""
    actions: tuple[str, ...] | None = None
    effect: str | None = None
    """`"ALLOW"` or `"DENY"`."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class AuthorizedResources(Result):
    """Resources that the user has rights to. Source: API reference, get-my-authorized-resources."""

    list: tuple[AuthorizedResource, ...]
    total_count: int | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
