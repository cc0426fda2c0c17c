"""What a scope shows of a user, in id tokens and at ``/oidc/me``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.engine.profile import timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.accounts import User

    Json = dict[str, object]


SCOPES: Final = (
    "openid",
    "profile",
    "username",
    "email",
    "phone",
    "address",
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


_ADDRESS: Final[Mapping[str, str]] = {
    "country": "country",
    "postal_code": "postalCode",
    "region": "region",
    "formatted": "formatted",
}
"""Claims within ``address``. Source: tokens that people published; API reference, UserDto."""

OAUTH_SCOPE: Final = "user"
"""What is asked for with OAuth. Source: official Python SDK, build_authorize_url."""


def claims_of(user: User, scope: str | None) -> Json:
    """Return the claims that a scope shows of a user.

    What is not known is null, ``phone_number`` comes without its country calling code, and ``updated_at`` is a text.
    Source: tokens that people published; API reference, signin, options.scope. That everything is shown where no scope
    was asked for, or OAuth's ``user``, and that a picture that was not set is null, is assumed.
    """
    asked = SCOPES if scope is None else scope.split()
    shown: Json = {"sub": user.user_id}
    for name in SCOPES if OAUTH_SCOPE in asked else asked:
        shown |= _claims(user, name)
    return shown


def _claims(user: User, scope: str) -> Json:
    match scope:
        case "profile":
            known = {"gender": "U", **user.profile}
            named = {claim: known.get(name) for claim, name in _PROFILE.items()}
            return {**named, "updated_at": timestamp(user.updated_at)}
        case "username" | "extended_fields":
            shown = {"username": user.username, "extended_fields": user.profile.get("customData")}
            return {scope: shown[scope]}
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
        case "address":
            return {"address": {claim: user.profile.get(name) for claim, name in _ADDRESS.items()}}
        case _:
            return {}
