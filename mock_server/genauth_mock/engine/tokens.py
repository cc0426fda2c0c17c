"""The life of tokens: granted, refreshed, looked into, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from genauth_mock.engine.accounts import AccessToken, RefreshToken, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

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
    """Return the claims that a scope shows of a user.

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


@frozen
class Tokens:
    """What a caller gets who may have tokens.

    Attributes:
        id_token: None where ``openid`` was not asked for.
        refresh_token: None where ``offline_access`` was not asked for.
        scope: What was asked for, or None.
    """

    access_token: str = field(repr=False)
    id_token: str | None = field(repr=False)
    refresh_token: str | None = field(repr=False)
    scope: str | None
    expires_in_seconds: int

    def to_response(self, token_type: str) -> Json:
        """Show them as the API does: the reference says ``expire_in``, live clients read ``expires_in``."""
        shown: Json = {
            "scope": self.scope,
            "access_token": self.access_token,
            "id_token": self.id_token,
            "refresh_token": self.refresh_token,
            "token_type": token_type,
            "expire_in": self.expires_in_seconds,
            "expires_in": self.expires_in_seconds,
        }
        return {name: value for name, value in shown.items() if value is not None}


def grant(context: CallContext, user: User, scope: str | None) -> Tokens:
    """Return new tokens for a user.

    Source: API reference, signin, options.scope: ``offline_access`` is what a refresh token needs. That tokens without
    any scope come with an id token is assumed.
    """
    asked = {"openid"} if scope is None else set(scope.split())
    return Tokens(
        access_token=context.sign_in(user, scope),
        id_token=_id_token(context, user, scope) if "openid" in asked else None,
        refresh_token=_refresh_token(context, user, scope or "")
        if "offline_access" in asked
        else None,
        scope=scope,
        expires_in_seconds=_lifetime_seconds(context),
    )


def grant_to_client(context: CallContext, client_id: str, scope: str | None) -> Tokens:
    """Return an access token for a program; it stands for no user. Source: RFC 6749, client credentials."""
    token = context.issue_access_token(client_id, "", scope)
    return Tokens(token, None, None, scope, _lifetime_seconds(context))


def refresh(context: CallContext, token: str, scope: str | None) -> Tokens | None:
    """Exchange a refresh token for new tokens.

    That it works once, and that the new one lives for the whole lifetime again, is assumed (rotation).

    Args:
        context: The context.
        token: The refresh token.
        scope: What is asked for now: no more than then; None for the same.

    Returns:
        The tokens, or None where the refresh token is unknown, used, revoked, expired, or its user may not sign in.
    """
    held = context.records.get(RefreshToken, token)
    if held is None or context.now >= held.expires_at:
        return None
    user = context.user(held.user_id)
    if user is None or user.status is not Status.ACTIVATED:
        return None
    context.records.delete(RefreshToken, token)
    return grant(context, user, held.scope if scope is None else scope)


def scope_is_granted(context: CallContext, token: str, scope: str | None) -> bool:
    """Return whether a refresh token covers a scope. Source: RFC 6749, section 6."""
    held = context.records.get(RefreshToken, token)
    return held is None or scope is None or set(scope.split()) <= set(held.scope.split())


def introspect(context: CallContext, token: str) -> Json:
    """Return whether an access or refresh token is active, and its claims. Source: RFC 7662.

    Source: API reference, introspection: not for id tokens.
    """
    held = context.records.get(AccessToken, token) or context.records.get(RefreshToken, token)
    if held is None or context.now >= held.expires_at:
        return {"active": False}
    if held.user_id and context.user(held.user_id) is None:
        return {"active": False}
    shown: Json = {
        "active": True,
        "sub": held.user_id or context.app_id,
        "client_id": context.app_id,
        "exp": int(held.expires_at.timestamp()),
        "iat": held.issued_at and int(held.issued_at.timestamp()),
        "iss": context.token_issuer.issuer,
        "jti": held.token_id or None,
        "scope": held.scope,
        "token_type": "Bearer",
    }
    return {name: value for name, value in shown.items() if value is not None}


def revoke(context: CallContext, token: str) -> None:
    """Make an access or refresh token useless at once; one that is unknown already is.

    Source: API reference, revocation; RFC 7009 for the unknown one. That other tokens of the user live on is assumed.
    """
    context.records.delete(AccessToken, token)
    context.records.delete(RefreshToken, token)


def _id_token(context: CallContext, user: User, scope: str | None) -> str:
    expires_at = context.now + context.settings.access_token_lifetime
    times = {"iat": int(context.now.timestamp()), "exp": int(expires_at.timestamp())}
    return context.token_issuer.signed({**claims_of(user, scope), "aud": context.app_id, **times})


def _refresh_token(context: CallContext, user: User, scope: str) -> str:
    token = context.randomness.token()
    expires_at = context.now + context.settings.refresh_token_lifetime
    held = RefreshToken(
        user.user_id, scope, expires_at, context.now, context.randomness.identifier()
    )
    context.records.put(token, held, expires_at)
    return token


def _lifetime_seconds(context: CallContext) -> int:
    return int(context.settings.access_token_lifetime.total_seconds())
