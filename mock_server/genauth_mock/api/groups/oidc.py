"""The OpenID Connect calls under ``/oidc/``: form-encoded, without envelope, with real HTTP statuses.

Source: API reference for the paths and parameters, RFC 6749, 6750, 7009 and 7662 for what it leaves open. The pages of
the authorization code flow (``/oidc/auth``) are not imitated, and no code is exchanged: both are refused loudly.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.oidc_clients import OAuthError, Reason, authenticated, parameter
from genauth_mock.engine import sign_in, tokens
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.tokens import SCOPES, claims_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.api.call import Data, Json, Operation
    from genauth_mock.api.oidc_clients import Form
    from genauth_mock.engine.context import CallContext


log = logging.getLogger("genauth_mock")


def ungranted(grant_type: str) -> OAuthError:
    """Return the error for a grant type that is not offered."""
    if grant_type in KNOWN_GRANTS:
        said = (
            f"not imitated: grant_type {grant_type} exists in GenAuth, not in the offline GenAuth"
        )
        log.warning("%s", said)
        return OAuthError(Reason.UNSUPPORTED_GRANT_TYPE, said, 501)
    return OAuthError(
        Reason.UNSUPPORTED_GRANT_TYPE,
        f"unsupported grant_type; expected one of: {', '.join(GRANTS)}",
    )


def _by_refresh_token(context: CallContext, form: Form, _: str) -> tokens.Tokens:
    given, scope = parameter(form, "refresh_token"), form.get("scope")
    if not tokens.scope_is_granted(context, given, scope):
        raise OAuthError(Reason.INVALID_SCOPE, "refresh token missing requested scopes")
    granted = tokens.refresh(context, given, scope)
    if granted is None:
        raise OAuthError(Reason.INVALID_GRANT, "refresh token is unknown, used, revoked or expired")
    return granted


def _by_password(context: CallContext, form: Form, _: str) -> tokens.Tokens:
    if not context.settings.password_grant:
        raise OAuthError(
            Reason.UNAUTHORIZED_CLIENT, "the app does not allow the grant type password"
        )
    named = sign_in.identifiers_of_account(parameter(form, "username"))
    try:
        return sign_in.by_password(context, named, parameter(form, "password"), form.get("scope"))
    except Refusal as refusal:
        description = context.error_codes[refusal.outcome].message(context.language, "")
        raise OAuthError(Reason.INVALID_GRANT, description) from None


def _by_client_credentials(context: CallContext, form: Form, client_id: str) -> tokens.Tokens:
    return tokens.grant_to_client(context, client_id, form.get("scope"))


GRANTS: Final[Mapping[str, Callable[[CallContext, Form, str], tokens.Tokens]]] = {
    "refresh_token": _by_refresh_token,
    "client_credentials": _by_client_credentials,
    "password": _by_password,
}
"""The grant types that are imitated."""

KNOWN_GRANTS: Final = {"authorization_code", "http://authing.cn/oidc/grant_type/authing_token"}
"""Those that are not. Source: API reference, /oidc/token."""


CLAIMS: Final = (
    *("iss", "sub", "aud", "iat", "exp", "jti", "username", "name", "nickname", "given_name"),
    *(
        "family_name",
        "middle_name",
        "preferred_username",
        "picture",
        "profile",
        "website",
        "gender",
    ),
    *("birthdate", "zoneinfo", "locale", "updated_at", "phone_number", "phone_number_verified"),
    *("email", "email_verified", "extended_fields"),
)

_BY_SECRET: Final = ["client_secret_post", "client_secret_basic"]

_SUPPORTED: Final[Mapping[str, list[str]]] = {
    "scopes_supported": list(SCOPES),
    "response_types_supported": ["none"],
    "response_modes_supported": [],
    "grant_types_supported": list(GRANTS),
    "subject_types_supported": ["public"],
    "claim_types_supported": ["normal"],
    "claims_supported": list(CLAIMS),
    "code_challenge_methods_supported": [],
    "id_token_signing_alg_values_supported": ["RS256"],
    "id_token_encryption_alg_values_supported": [],
    "id_token_encryption_enc_values_supported": [],
    "userinfo_signing_alg_values_supported": [],
    "userinfo_encryption_alg_values_supported": [],
    "userinfo_encryption_enc_values_supported": [],
    "token_endpoint_auth_methods_supported": _BY_SECRET,
    "introspection_endpoint_auth_methods_supported": _BY_SECRET,
    "revocation_endpoint_auth_methods_supported": _BY_SECRET,
}
"""Only what is imitated."""


def discovery(context: CallContext, _: Form) -> Json:
    """``GET /oidc/.well-known/openid-configuration``.

    Lists only what is imitated. Endpoints that the format requires and that are not imitated answer 501.
    """
    issuer = context.token_issuer.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/auth",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/me",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "introspection_endpoint": f"{issuer}/token/introspection",
        "revocation_endpoint": f"{issuer}/token/revocation",
        "end_session_endpoint": f"{issuer}/session/end",
        **_SUPPORTED,
    }


UNCACHED: Final = {"Cache-Control": "no-store"}
"""Source: RFC 6749, section 5.1."""


def token(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token``."""
    client_id = authenticated(context, form)
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise OAuthError(Reason.INVALID_REQUEST, "missing required parameter(s): grant_type")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise ungranted(grant_type)
    return grant(context, form, client_id).to_response("Bearer")


def introspection(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token/introspection``."""
    authenticated(context, form)
    return tokens.introspect(context, parameter(form, "token"))


def revocation(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token/revocation``. Source: API reference, IsSuccessRespDto."""
    authenticated(context, form)
    tokens.revoke(context, parameter(form, "token"))
    return {"statusCode": 200, "message": "Success", "data": {"success": True}}


def me(context: CallContext, form: Form) -> Json:
    """``GET`` and ``POST /oidc/me``: what the token's scope shows of its user.

    Source: RFC 6750 for the refusals, and for a token in the header, the form or the query; the official Node SDK's
    getUserInfoByAccessToken sends it in each of these.
    """
    context.token = context.token or form.get("access_token")
    try:
        user, access = context.session()
    except Refusal as refusal:
        description = context.error_codes[refusal.outcome].message(context.language, "")
        raise OAuthError(Reason.INVALID_TOKEN, description, 401, scheme="Bearer") from None
    return claims_of(user, access.scope)


def jwks(context: CallContext, _: Form) -> Json:
    """``GET /oidc/.well-known/jwks.json``: one key, of the server; every app's tokens verify with it."""
    return context.token_issuer.public_keys()


def _me(
    context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
) -> Data | Bare | None:
    shown = query.get("access_token")
    return _bare(me)(context, {"access_token": shown, **body} if shown else body, query)


def _bare(answer: Callable[[CallContext, Form], Json]) -> Operation:
    """Make a call whose answers, refusals too, come without envelope."""

    def operation(context: CallContext, body: Mapping[str, object], _: Mapping[str, str]) -> Bare:
        form = {name: value for name, value in body.items() if isinstance(value, str)}
        try:
            return Bare(answer(context, form), headers=UNCACHED)
        except OAuthError as error:
            return error.to_response()

    return operation


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/oidc/.well-known/openid-configuration", _bare(discovery)),
    Call("GET", "/oidc/.well-known/jwks.json", _bare(jwks), signs=True),
    Call("POST", "/oidc/token", _bare(token), signs=True, takes_form=True),
    Call("POST", "/oidc/token/introspection", _bare(introspection), takes_form=True),
    Call("POST", "/oidc/token/revocation", _bare(revocation), takes_form=True),
    Call("GET", "/oidc/me", _me, other_method="POST", takes_form=True),
)
