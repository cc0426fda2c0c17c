"""Reading and changing the signed-in user's own profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import asdict

from genauth_mock.api.call import Call, signed_in
from genauth_mock.engine import memberships, profile
from genauth_mock.engine.factors import of_user
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class UpdateProfile:
    """Body of ``POST /api/v3/update-profile``: the attributes have the API's own names, as the profile shows them.

    That null leaves a field as it is, is assumed.
    """

    name: str | None = None
    nickname: str | None = None
    photo: str | None = None
    externalId: str | None = None  # noqa: N815 - the API's own name, shown as it is
    birthdate: str | None = None
    country: str | None = None
    province: str | None = None
    city: str | None = None
    address: str | None = None
    streetAddress: str | None = None  # noqa: N815
    postalCode: str | None = None  # noqa: N815
    gender: Literal["M", "F", "U"] | None = None
    username: str | None = None
    company: str | None = None
    customData: dict[str, object] | None = None  # noqa: N815
    identityNumber: str | None = None  # noqa: N815


def update_profile(context: CallContext, body: UpdateProfile) -> Json:
    """``POST /api/v3/update-profile``."""
    named = asdict(body, recurse=False)
    username = named.pop("username")
    changes = {name: value for name, value in named.items() if value is not None}
    _, access = context.session()
    changed = profile.update(context, username, changes)
    return profile.profile(changed, access, with_custom_data=True)


def get_profile(context: CallContext, _: Mapping[str, object], query: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-profile``. The official Python SDK writes booleans as ``True``."""
    user, access = context.session()
    wants_custom_data = query.get("withCustomData", "").lower() == "true"
    shown = profile.profile(user, access, with_custom_data=wants_custom_data)
    held = user.memberships
    if query.get("withIdentities", "").lower() == "true":
        shown["identities"] = [memberships.shown(each) for each in held.identities]
    if query.get("withDepartmentIds", "").lower() == "true":
        shown["departmentIds"] = [each.department_id for each in held.departments]
    return shown


def get_security_info(context: CallContext, _: Mapping[str, object], __: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-security-info``."""
    user = context.signed_in_user()
    return profile.security(user, has_factors=bool(of_user(context, user).factors))


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/api/v3/get-profile", get_profile),
    Call("GET", "/api/v3/get-security-info", get_security_info),
    signed_in("/api/v3/update-profile", UpdateProfile, update_profile),
)
