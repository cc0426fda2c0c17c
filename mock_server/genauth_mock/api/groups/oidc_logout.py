"""Signing out with a browser: ``/oidc/session/end``, and ``/login/profile/logout`` for the other protocols.

Source: OpenID Connect RP-Initiated Logout; API reference; the words are those of `genauth_mock.api.oauth_errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.oauth_errors import UNCACHED, OAuthError, Reason, bare
from genauth_mock.api.oidc_clients import audience_of
from genauth_mock.api.redirects import is_allowed, with_query
from genauth_mock.api.response_pages import styled_page
from genauth_mock.engine import browser_session

if TYPE_CHECKING:
    from genauth_mock.api.call import Operation
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.context import CallContext


def end_session(context: CallContext, asked: Form) -> Bare:
    """``GET`` and ``POST /oidc/session/end``: the browser is signed out, and sent on where it asks for that."""
    return _signed_out(context, _target(context, asked), asked.get("state"))


def _signed_out(context: CallContext, target: str | None, state: str | None) -> Bare:
    headers = {**UNCACHED, "Set-Cookie": browser_session.end(context)}
    if target is None:
        page = styled_page("Signed out", "<p>You may close this page.</p>")
        return evolve(page, headers={**page.headers, **headers})
    location = with_query(target, {} if state is None else {"state": state})
    return Bare(b"", 302, {**headers, "Location": location}, "text/plain; charset=utf-8")


def sign_out(context: CallContext, asked: Form) -> Bare:
    """``GET`` and ``POST /login/profile/logout``: the same for OAuth and SAML, by ``redirect_uri``.

    Source: official Python SDK, build_logout_url. That the address has to be in the list is assumed.
    """
    target = asked.get("redirect_uri")
    configured = context.settings.logout_redirect_uris
    if target and not is_allowed(context, target, configured, "logoutRedirectUris"):
        raise OAuthError(Reason.INVALID_REQUEST, "redirect_uri not registered")
    return _signed_out(context, target or None, None)


def _target(context: CallContext, asked: Form) -> str | None:
    """Return where a browser goes after signing out; None for nowhere.

    Raises:
        OAuthError: It may not go there.
    """
    hint, target = asked.get("id_token_hint"), asked.get("post_logout_redirect_uri")
    if hint:
        _check_hint(context, hint)
    if not target:
        return None
    if not hint and not asked.get("client_id"):
        said = "post_logout_redirect_uri can only be used in combination with id_token_hint or client_id"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    configured = context.settings.logout_redirect_uris
    if not is_allowed(context, target, configured, "logoutRedirectUris"):
        raise OAuthError(Reason.INVALID_REQUEST, "post_logout_redirect_uri not registered")
    return target


def _check_hint(context: CallContext, hint: str) -> None:
    """Check that an id token is one of this server for the app; an expired one will do.

    Source: the library. A token whose key was forgotten cannot be validated.

    Raises:
        OAuthError: It is not.
    """
    audience = audience_of(hint)
    if audience is None:
        said = "could not decode id_token_hint (invalid JWT.decode input)"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    if audience != context.app_id:
        said = "client_id does not match the provided id_token_hint"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    if not context.token_issuer.has_signed(hint, context.now, context.app_secret):
        said = "could not validate id_token_hint (invalid signature)"
        raise OAuthError(Reason.INVALID_REQUEST, said)


def _page(path: str, answer: Operation) -> Call:
    return Call("GET", path, answer, "POST", signs=True, takes_form=True, takes_headers=True)


_END: Final = bare(end_session, reads_query=True)

CALLS: Final[tuple[Call, ...]] = (
    _page("/oidc/session/end", _END),
    _page("/oauth/session/end", _END),
    _page("/login/profile/logout", bare(sign_out, reads_query=True)),
)
