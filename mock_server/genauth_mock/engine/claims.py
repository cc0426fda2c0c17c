"""What tokens and ``/oidc/me`` say about a user, by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.accounts import User

    Json = dict[str, object]

SCOPES: Final = (
    "openid",
    "profile",
    "username",
    "email",
    "phone",
    "offline_access",
    "extended_fields",
)
"""What the offline GenAuth gives an answer to; GenAuth knows more (roles, tenant_id, external_id, ...)."""

_PROFILE: Final[Mapping[str, str]] = {
    "birthdate": "birthdate",
    "family_name": "familyName",
    "gender": "gender",
    "given_name": "givenName",
    "locale": "locale",
    "middle_name": "middleName",
    "name": "name",
    "nickname": "nickname",
    "picture": "photo",
    "preferred_username": "preferredUsername",
    "profile": "profile",
    "website": "website",
    "zoneinfo": "zoneinfo",
}
"""Claims of the scope ``profile`` and the names that the profile has for them. Source: API reference, signin, scope."""


def claims_of(user: User, scope: str | None) -> Json:
    """Tell what a scope shows of a user.

    That absent claims are left out, that ``phone_number`` comes without its country calling code, and that everything
    is shown where no scope was asked for, is assumed. Source of the rest: API reference, signin, options.scope.
    """
    asked = SCOPES if scope is None else scope.split()
    shown: Json = {"sub": user.user_id}
    for name in asked:
        shown |= _claims(user, name)
    return {name: value for name, value in shown.items() if value is not None}


def _claims(user: User, scope: str) -> Json:
    match scope:
        case "profile":
            known = {"gender": "U", **user.profile}
            named = {claim: known.get(name) for claim, name in _PROFILE.items()}
            return {**named, "updated_at": int(user.updated_at.timestamp())}
        case "username":
            return {"username": user.username}
        case "email":
            return {
                "email": user.email and user.email.text,
                "email_verified": user.email is not None,
            }
        case "phone":
            return {
                "phone_number": user.phone and user.phone.number,
                "phone_number_verified": user.phone is not None,
            }
        case "extended_fields":
            return {"extended_fields": user.profile.get("customData")}
        case _:
            return {}
