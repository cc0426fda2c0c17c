"""What ``/oidc/token`` gives tokens for: one function for each grant type.

Source: API reference, /oidc/token; RFC 6749.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from genauth_mock.api.oauth_errors import GRANT_INVALID, OAuthError, Reason, parameter
from genauth_mock.engine import sign_in, tokens
from genauth_mock.engine.authorization_code import CodeRejected, exchange_code
from genauth_mock.engine.outcomes import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.api.oauth_errors import Form
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
