"""What a user may see of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from attrs import evolve

from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.password import strength

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from genauth_mock.engine.accounts import AccessToken, User
    from genauth_mock.engine.context import CallContext

    Json = dict[str, object]

SCOPED: Final[Mapping[str, frozenset[str]]] = {
    "phone": frozenset({"phone", "phoneCountryCode", "phoneVerified"}),
    "email": frozenset({"email", "emailVerified"}),
    "username": frozenset({"username"}),
}
"""Fields that a token shows only where its scope names them.

Source: API reference, get-profile: what comes back depends on the token's scope. Which field hangs on which scope
is inferred from the names; that ``phoneVerified`` and ``emailVerified`` stay (they are required) as false is assumed.
"""

NO_DATA: Final[Mapping[str, object]] = {}
"""Custom data of a sign-in that carries none."""

_REQUIRED: Final = {"phoneVerified": False, "emailVerified": False}


def profile(user: User, access: AccessToken, *, with_custom_data: bool = False) -> Json:
    """Show the user, filtered by scope where a scope was asked for. Source: API reference, UserDto."""
    shown = full_profile(user)
    if not with_custom_data:
        shown.pop("customData", None)
    if access.scope is None:
        return shown
    asked = set(access.scope.split())
    hidden = frozenset[str]().union(
        *(names for scope, names in SCOPED.items() if scope not in asked)
    )
    return {
        name: _REQUIRED.get(name, value) if name in hidden else value
        for name, value in shown.items()
        if name not in hidden or name in _REQUIRED
    }


def full_profile(user: User) -> Json:
    """Show everything; absent fields are left out (null or absent: assumed)."""
    shown: Json = {
        "userId": user.user_id,
        "createdAt": timestamp(user.created_at),
        "updatedAt": timestamp(user.updated_at),
        "status": user.status,
        "workStatus": "Active",
        "gender": "U",
        "username": user.username,
        "email": user.email and user.email.text,
        "emailVerified": user.email is not None,
        "phone": user.phone and user.phone.number,
        "phoneCountryCode": user.phone and user.phone.country_code,
        "phoneVerified": user.phone is not None,
        "userSourceType": user.source,
        "loginsCount": user.logins_count,
        "lastLogin": user.last_login and timestamp(user.last_login),
        "passwordSecurityLevel": strength(user.password),
        **user.profile,
    }
    return {name: value for name, value in shown.items() if value is not None}


def security(user: User, *, has_factors: bool) -> Json:
    """Show how well the account is secured.

    Source: API reference, get-security-info; the score is assumed: 60, and 20 for each way to reach the user.
    """
    reachable = (user.email is not None) + (user.phone is not None)
    return {
        "passwordSecurityLevel": strength(user.password),
        "mfaEnrolled": has_factors,
        "passwordSet": user.password is not None,
        "emailBinded": user.email is not None,
        "phoneBinded": user.phone is not None,
        "securityScore": 60 + 20 * reachable,
    }


def update(context: CallContext, username: str | None, changes: Mapping[str, object]) -> User:
    """Change what the signed-in user says of themselves.

    Source: API reference, update-profile. That custom data are changed key by key is assumed.

    Args:
        context: The context.
        username: The new one, or None to keep the one there is.
        changes: The rest, by the API's names.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``USERNAME_TAKEN``.
    """
    user = context.signed_in_user()
    owner = context.named(f"username:{username}") if username else None
    if owner is not None and owner.user_id != user.user_id:
        raise Refusal(Outcome.USERNAME_TAKEN, why={"rule": "one owner for each username"})
    shown = {**user.profile, **changes}
    if "customData" in changes:
        added = cast("Mapping[str, object]", changes["customData"])
        shown["customData"] = _custom_data_with(user, added)
    named = username or user.username
    changed = evolve(user, username=named, profile=shown, updated_at=context.now)
    context.save(changed, user)
    return changed


def keep_custom_data(
    context: CallContext, user: User, custom_data: Mapping[str, object] | None
) -> User:
    """Add to the custom data of a user what a sign-in carries, key by key; return the user as they are then.

    Source: API reference, gene-qrcode and signin-by-push, customData.
    """
    if not custom_data:
        return user
    shown = {**user.profile, "customData": _custom_data_with(user, custom_data)}
    changed = evolve(user, profile=shown, updated_at=context.now)
    context.save(changed, user)
    return changed


def _custom_data_with(user: User, added: Mapping[str, object]) -> Json:
    earlier = cast("Mapping[str, object]", user.profile.get("customData") or {})
    return {**earlier, **added}


def brief(user: User) -> tuple[str, str]:
    """Return name and picture of a user, as others see them; which name it is, is assumed."""
    shown = user.profile
    name = shown.get("nickname") or shown.get("name") or user.username or ""
    return str(name), str(shown.get("photo") or "")


def account_name(user: User) -> str:
    """Return what an app on a device lists the account of a user as."""
    return user.username or (user.email and user.email.text) or user.user_id


def unlink(context: CallContext, ext_idp_id: str) -> None:
    """Take from the signed-in user the accounts of one provider of identities."""
    user = context.signed_in_user()
    held = user.memberships
    kept = [each for each in held.identities if each.ext_idp_id != ext_idp_id]
    if len(kept) < len(held.identities):
        memberships = evolve(held, identities=kept)
        context.save(evolve(user, memberships=memberships, updated_at=context.now), user)


def timestamp(moment: datetime) -> str:
    """Write a moment as the API does: ``2022-07-03T02:20:30.000Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
