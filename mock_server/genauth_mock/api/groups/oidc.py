"""The token calls of OpenID Connect and OAuth: form-encoded, without envelope, with real HTTP statuses.

Source: API reference for the paths and parameters; for what it leaves open see `genauth_mock.api.oauth_errors`, and RFC
6749, 6750, 7009 and 7662. OAuth's twins under ``/oauth/`` answer as those under ``/oidc/`` do: assumed.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.oauth_errors import (
    GRANT_INVALID,
    UNCACHED,
    OAuthError,
    Reason,
    bare,
    parameter,
)
from genauth_mock.api.oidc_clients import authenticated
from genauth_mock.engine import sign_in, tokens
from genauth_mock.engine.authorization_code import CodeRejected, exchange_code
from genauth_mock.engine.claims import claims_of
from genauth_mock.engine.outcomes import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.context import CallContext


log = logging.getLogger("genauth_mock")


def _ungranted(grant_type: str) -> OAuthError:
    """Return the error for a grant type that is not offered."""
    if grant_type in KNOWN_GRANTS:
        said = (
            f"not imitated: grant_type {grant_type} exists in GenAuth, not in the offline GenAuth"
        )
        log.warning("%s", said)
        return OAuthError(Reason.UNSUPPORTED_GRANT_TYPE, said, 501)
    refused = OAuthError(Reason.UNSUPPORTED_GRANT_TYPE, "unsupported grant_type requested")
    return refused.because(f"grant_type is none of {', '.join(GRANTS)}")


def _by_code(context: CallContext, form: Form, _: str) -> tokens.Tokens:
    code, redirect_uri = parameter(form, "code"), form.get("redirect_uri")
    configured = context.settings.redirect_uris
    if not redirect_uri and len(configured) == 1:
        [redirect_uri] = configured
    if not redirect_uri:
        redirect_uri = parameter(form, "redirect_uri")
    try:
        return exchange_code(context, code, redirect_uri, form.get("code_verifier") or None)
    except CodeRejected as rejected:
        refused = OAuthError(Reason.INVALID_GRANT, GRANT_INVALID)
        raise refused.because(rejected.rule) from None


def _by_refresh_token(context: CallContext, form: Form, _: str) -> tokens.Tokens:
    given, scope = parameter(form, "refresh_token"), form.get("scope") or None
    if not tokens.scope_is_granted(context, given, scope):
        raise OAuthError(Reason.INVALID_SCOPE, "refresh token missing requested scopes")
    granted = tokens.refresh(context, given, scope)
    if granted is None:
        rule = "the refresh token is unknown, used, revoked or expired, or its user is not active"
        raise OAuthError(Reason.INVALID_GRANT, GRANT_INVALID).because(rule)
    return granted


def _by_password(context: CallContext, form: Form, _: str) -> tokens.Tokens:
    if not context.settings.password_grant:
        rule, said = "passwordGrant", "requested grant type is restricted to this client"
        raise OAuthError(Reason.UNAUTHORIZED_CLIENT, said).because(rule)
    named = sign_in.identifiers_of_account(parameter(form, "username"))
    try:
        return sign_in.by_password(context, named, parameter(form, "password"), form.get("scope"))
    except Refusal as refusal:
        description = context.error_codes[refusal.outcome].message(context.language, "")
        rule = str(refusal.why.get("rule", ""))
        raise OAuthError(Reason.INVALID_GRANT, description).because(rule) from None


def _by_client_credentials(context: CallContext, form: Form, client_id: str) -> tokens.Tokens:
    return tokens.grant_to_client(context, client_id, form.get("scope"))


GRANTS: Final[Mapping[str, Callable[[CallContext, Form, str], tokens.Tokens]]] = {
    "authorization_code": _by_code,
    "refresh_token": _by_refresh_token,
    "client_credentials": _by_client_credentials,
    "password": _by_password,
}
"""The grant types that are imitated."""

KNOWN_GRANTS: Final = {
    "http://authing.cn/oidc/grant_type/authing_token",
    "http://genauth.ai/oidc/grant_type/genauth_token",
}
"""Those that are not. Source: API reference, /oidc/token; the official Node SDK."""


def token(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token``."""
    client_id = authenticated(context, form)
    grant_type = parameter(form, "grant_type")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise _ungranted(grant_type)
    return grant(context, form, client_id).to_response("Bearer")


def introspection(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token/introspection``."""
    authenticated(context, form)
    return tokens.introspect(context, parameter(form, "token"))


def revocation(context: CallContext, form: Form) -> Bare:
    """``POST /oidc/token/revocation``: an empty body.

    Source: the library; the official JavaScript SDK takes whatever comes as success. The API reference shows an
    envelope.
    """
    authenticated(context, form)
    tokens.revoke(context, parameter(form, "token"))
    return Bare(b"", headers=UNCACHED)


def me(context: CallContext, form: Form) -> Json:
    """``GET`` and ``POST /oidc/me``: what the token's scope shows of its user.

    The token may be in the header, the form or the query, and in one of them. Source: the library, and the official
    Node SDK's getUserInfoByAccessToken; two at once are refused as captured in tests of the C# SDK.
    """
    in_form = form.get("access_token")
    if context.token and in_form:
        said = "access token must only be provided using one mechanism"
        raise OAuthError(Reason.INVALID_REQUEST, said, challenge=_challenge("invalid_request"))
    context.token = context.token or in_form
    if not context.token:
        said = "no access token provided"
        raise OAuthError(Reason.INVALID_REQUEST, said, challenge='Bearer realm="genauth-mock"')
    try:
        user, access = context.session()
    except Refusal as refusal:
        rule = str(refusal.why.get("rule", ""))
        said, challenge = "invalid token provided", _challenge("invalid_token")
        refused = OAuthError(Reason.INVALID_TOKEN, said, 401, challenge=challenge)
        raise refused.because(rule) from None
    return claims_of(user, access.scope)


def _challenge(error: str) -> str:
    return f'Bearer realm="genauth-mock", error="{error}"'


def _me(
    context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
) -> Data | Bare | None:
    in_form, in_query = body.get("access_token"), query.get("access_token")
    if in_form and in_query:
        context.token = context.token or in_query
    return bare(me)(context, {**query, **body}, query)


def _calls(root: str) -> tuple[Call, ...]:
    return (
        Call("POST", f"{root}/token", bare(token), signs=True, takes_form=True),
        Call("POST", f"{root}/token/introspection", bare(introspection), takes_form=True),
        Call("POST", f"{root}/token/revocation", bare(revocation), takes_form=True),
        Call("GET", f"{root}/me", _me, other_method="POST", takes_form=True),
    )


CALLS: Final[tuple[Call, ...]] = (*_calls("/oidc"), *_calls("/oauth"))
