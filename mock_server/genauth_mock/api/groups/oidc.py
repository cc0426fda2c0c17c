"""The token calls of OpenID Connect and OAuth: form-encoded, without envelope, with real HTTP statuses.

Source: API reference for the paths and parameters; for what it leaves open see `genauth_mock.api.oauth_errors`, and RFC
6749, 6750, 7009 and 7662. OAuth's twins under ``/oauth/`` answer as those under ``/oidc/`` do: assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.oauth_errors import (
    NONE_SHOWN,
    UNCACHED,
    OAuthError,
    Reason,
    bare,
    parameter,
)
from genauth_mock.api.oidc_clients import authenticated
from genauth_mock.api.oidc_grants import GRANTS, ungranted
from genauth_mock.engine import tokens
from genauth_mock.engine.claims import claims_of
from genauth_mock.engine.outcomes import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.context import CallContext


def token(context: CallContext, form: Form) -> Json:
    """``POST /oidc/token``."""
    client_id = authenticated(context, form)
    grant_type = parameter(form, "grant_type")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise ungranted(grant_type)
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
        raise OAuthError(Reason.INVALID_REQUEST, said, scheme="Bearer")
    context.token = context.token or in_form
    if not context.token:
        raise OAuthError(Reason.INVALID_REQUEST, NONE_SHOWN, scheme="Bearer")
    try:
        user, access = context.session()
    except Refusal as refusal:
        rule = str(refusal.why.get("rule", ""))
        said = "invalid token provided"
        refused = OAuthError(Reason.INVALID_TOKEN, said, 401, scheme="Bearer")
        raise refused.because(rule) from None
    return claims_of(user, access.scope)


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
