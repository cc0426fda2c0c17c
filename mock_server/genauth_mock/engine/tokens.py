"""The life of tokens: granted, refreshed, looked into, revoked."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.accounts import AccessToken, RefreshToken, RevokedGrant, Status
from genauth_mock.engine.claims import claims_of
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

    Json = dict[str, object]


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


@frozen
class Grant:
    """What tokens are given by, besides their user.

    Attributes:
        grant_id: Whose tokens can be ended together; empty for no such grant.
        nonce: What the id token has to repeat, or None.
        binds_access_token: Whether the id token says which access token came with it (``at_hash``).
        refresh_token: The one that goes with the others; None makes one where the scope asks for it.
    """

    grant_id: str = ""
    nonce: str | None = field(default=None, repr=False)
    binds_access_token: bool = False
    refresh_token: str | None = field(default=None, repr=False)


_NO_GRANT: Final = Grant()


def grant(context: CallContext, user: User, scope: str | None, by: Grant = _NO_GRANT) -> Tokens:
    """Return new tokens for a user.

    Source: API reference, signin, options.scope: ``offline_access`` is what a refresh token needs. That tokens without
    any scope come with an id token is assumed.
    """
    asked = {"openid"} if scope is None else set(scope.split())
    access_token = context.sign_in(user, scope, by.grant_id)
    refresh_token = by.refresh_token
    if refresh_token is None and "offline_access" in asked:
        refresh_token = _refresh_token(context, user, scope or "", by.grant_id)
    return Tokens(
        access_token=access_token,
        id_token=_id_token(context, claims_of(user, scope), access_token, by)
        if "openid" in asked
        else None,
        refresh_token=refresh_token,
        scope=scope,
        expires_in_seconds=_lifetime_seconds(context),
    )


def grant_to_client(context: CallContext, client_id: str, scope: str | None) -> Tokens:
    """Return an access token for a program; it stands for no user. Source: RFC 6749, client credentials."""
    token = context.issue_access_token(client_id, "", scope)
    return Tokens(token, None, None, scope, _lifetime_seconds(context))


def refresh(context: CallContext, token: str, scope: str | None) -> Tokens | None:
    """Exchange a refresh token for new tokens.

    With ``refreshTokenRotation`` it works once, and its successor lives for the whole lifetime again and covers as
    much; without, it goes on working until it expires.

    Args:
        context: The context.
        token: The refresh token.
        scope: What is asked for now: no more than then; None for the same.

    Returns:
        The tokens, or None where the refresh token is unknown, used, revoked, expired, or its user may not sign in.
    """
    held = context.records.get(RefreshToken, token)
    if held is None or context.now >= held.expires_at or context.is_revoked(held):
        return None
    user = context.user(held.user_id)
    if user is None or user.status is not Status.ACTIVATED:
        return None
    context.device_id = held.device_id
    if context.settings.refresh_token_rotation:
        context.records.delete(RefreshToken, token)
        token = _refresh_token(context, user, held.scope, held.grant_id)
    by = Grant(held.grant_id, refresh_token=token)
    return grant(context, user, held.scope if scope is None else scope, by)


def scope_is_granted(context: CallContext, token: str, scope: str | None) -> bool:
    """Return whether a refresh token covers a scope. Source: RFC 6749, section 6."""
    held = context.records.get(RefreshToken, token)
    return held is None or scope is None or set(scope.split()) <= set(held.scope.split())


def introspect(context: CallContext, token: str) -> Json:
    """Return whether an access or refresh token is active, and its claims. Source: RFC 7662.

    Source: API reference, introspection: not for id tokens.
    """
    held = context.records.get(AccessToken, token) or context.records.get(RefreshToken, token)
    if held is None or context.now >= held.expires_at or context.is_revoked(held):
        return {"active": False}
    user = context.user(held.user_id) if held.user_id else None
    if held.user_id and (user is None or user.status is not Status.ACTIVATED):
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


def revoke_grant(context: CallContext, grant_id: str) -> None:
    """Make every token of a grant useless at once."""
    context.records.put(grant_id, RevokedGrant(context.now))


def _id_token(context: CallContext, shown: Json, access_token: str, by: Grant) -> str:
    expires_at = context.now + context.settings.access_token_lifetime
    claims: Json = {
        **shown,
        "aud": context.app_id,
        "iat": int(context.now.timestamp()),
        "exp": int(expires_at.timestamp()),
    }
    if by.nonce is not None:
        claims["nonce"] = by.nonce
    if by.binds_access_token:
        claims["at_hash"] = _half_hash(access_token)
    return _signed(context, claims)


def _signed(context: CallContext, claims: Json) -> str:
    """Sign an id token: HS256 by the app's secret, unless it has none or asks for RS256.

    Source: tokens that people published; management API, id_token_signed_response_alg.
    """
    asked, secret = context.settings.id_token_signed_response_alg, context.app_secret
    if asked == "RS256" or secret is None:
        if asked == "HS256":
            context.remark(idToken="signed RS256: an app that was only named has no secret")
        return context.token_issuer.signed(claims)
    return context.token_issuer.signed_by_secret(claims, secret)


def _half_hash(token: str) -> str:
    """Return what ``at_hash`` says of an access token. Source: OpenID Connect Core, 3.1.3.6."""
    half = sha256(token.encode()).digest()[:16]
    return urlsafe_b64encode(half).rstrip(b"=").decode()


def _refresh_token(context: CallContext, user: User, scope: str, grant_id: str) -> str:
    token = context.randomness.token()
    expires_at = context.now + context.settings.refresh_token_lifetime
    held = RefreshToken(
        user.user_id,
        scope,
        expires_at,
        context.now,
        context.randomness.identifier(),
        grant_id,
        context.device_id,
    )
    context.records.put(token, held, expires_at)
    return token


def _lifetime_seconds(context: CallContext) -> int:
    return int(context.settings.access_token_lifetime.total_seconds())
