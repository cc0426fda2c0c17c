"""Reading the signed-in user's own profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Call
from genauth_mock.engine import profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


def get_profile(context: CallContext, _: Mapping[str, object], query: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-profile``. The official Python SDK writes booleans as ``True``."""
    user, access = context.session()
    wants_custom_data = query.get("withCustomData", "").lower() == "true"
    return profile.profile(user, access, with_custom_data=wants_custom_data)


def get_security_info(context: CallContext, _: Mapping[str, object], __: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-security-info``."""
    return profile.security(context.signed_in_user())


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/api/v3/get-profile", get_profile),
    Call("GET", "/api/v3/get-security-info", get_security_info),
)
