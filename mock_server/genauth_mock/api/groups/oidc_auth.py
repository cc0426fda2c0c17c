"""Signing in and out with a browser: ``/oidc/auth``, ``/oidc/session/end``, ``/login/profile/logout``.

A script needs no page: the setting ``signInAs``, or the header `genauth_mock.engine.browser_session.SIGN_IN_AS`,
names the user, and the answer comes at once. Source: OpenID Connect Core, 3.1.2; RP-Initiated Logout; API reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.authorization_requests import SentBack, read_request
from genauth_mock.api.call import Bare, Call
from genauth_mock.api.login_actions import signed_in_by
from genauth_mock.api.login_page import ACTION, login_page
from genauth_mock.api.oauth_errors import UNCACHED, BroughtBack, OAuthError, Reason, bare
from genauth_mock.api.oidc_clients import audience_of
from genauth_mock.api.redirects import is_allowed, with_query
from genauth_mock.api.response_pages import html_page
from genauth_mock.engine import browser_session
from genauth_mock.engine.authorization_code import issue_code
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.sign_in import note_sign_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.authorization_requests import AuthorizationRequest
    from genauth_mock.api.call import Data, Operation
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext


def auth(context: CallContext, asked: Form) -> Bare:
    """``GET`` and ``POST /oidc/auth``: a code where it is known who signs in, else the login page."""
    try:
        request = read_request(context, asked)
        user = _user_at_once(context, request)
    except SentBack as back:
        if back.error.rule:
            context.remark(rule=back.error.rule)
        return back.to_response()
    if user is None:
        return login_page(context, asked, request)
    return sent_back_with_code(context, user, request)


def submit(context: CallContext, asked: Form, fields: Form) -> Bare:
    """``POST /oidc/auth`` by a form of the login page: the browser goes back with a code, or is shown what is wrong."""
    if context.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise OAuthError(Reason.INVALID_REQUEST, "the login page of another site was sent", 403)
    try:
        request = read_request(context, asked)
    except SentBack as back:
        return back.to_response(303)
    try:
        user = signed_in_by(context, fields[ACTION], fields)
    except Refusal as refusal:
        message = context.error_codes[refusal.outcome].message("en-US", refusal.detail)
        context.remark(**refusal.why)
        return login_page(context, asked, request, (message, True))
    if user is None:
        said = "A code was texted: it is in the inbox of the offline GenAuth"
        return login_page(context, asked, request, (said, False))
    response = sent_back_with_code(context, user, request, 303)
    cookie = {"Set-Cookie": browser_session.begin(context, user)}
    headers = {**response.headers, **cookie}
    return Bare(response.content, response.status, headers, response.content_type)


def sent_back_with_code(
    context: CallContext, user: User, request: AuthorizationRequest, status: int = 302
) -> Bare:
    """Return the response that takes a code for a user back to the application."""
    way_back = request.way_back
    back = (way_back.redirect_uri, request.nonce, request.challenge)
    code = issue_code(context, user, request.scope, back)
    return way_back.with_answer({"code": code}, status)


def _user_at_once(context: CallContext, request: AuthorizationRequest) -> User | None:
    """Return who signs in without a page; None where the page has to ask.

    Raises:
        OAuthError: A user was named who cannot sign in.
        SentBack: Nobody is signed in, and nobody may be asked.
    """
    name = context.headers.get(browser_session.SIGN_IN_AS) or context.settings.sign_in_as
    if name:
        user = browser_session.named_user(context, name)
        if user is None:
            rule = "signInAs names no user of this app who may sign in"
            raise OAuthError(Reason.INVALID_REQUEST, rule)
        return note_sign_in(context, user)
    user = browser_session.signed_in_user(context)
    if user is not None and not request.prompts & {"login", "consent", "select_account"}:
        return user
    if "none" in request.prompts:
        said = OAuthError(BroughtBack.LOGIN_REQUIRED, "End-User authentication is required")
        raise SentBack(request.way_back, said)
    return None


def end_session(context: CallContext, asked: Form) -> Bare:
    """``GET`` and ``POST /oidc/session/end``: the browser is signed out, and sent on where it asks for that."""
    return _signed_out(context, _target(context, asked), asked.get("state"))


def _signed_out(context: CallContext, target: str | None, state: str | None) -> Bare:
    headers = {**UNCACHED, "Set-Cookie": browser_session.end(context)}
    if target is None:
        body = "</head><body><main><h1>Signed out</h1><p>You may close this page.</p></main></body></html>"
        page = html_page("Signed out", body, policy="frame-ancestors 'none'")
        return Bare(page.content, 200, {**page.headers, **headers}, page.content_type)
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
    audience = audience_of(hint) if hint else None
    if hint and audience is None:
        said = "could not decode id_token_hint (invalid JWT.decode input)"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    if audience is not None and audience != context.app_id:
        said = "client_id does not match the provided id_token_hint"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    if not target:
        return None
    if not hint and not asked.get("client_id"):
        said = "post_logout_redirect_uri can only be used in combination with id_token_hint or client_id"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    configured = context.settings.logout_redirect_uris
    if not is_allowed(context, target, configured, "logoutRedirectUris"):
        raise OAuthError(Reason.INVALID_REQUEST, "post_logout_redirect_uri not registered")
    return target


def _page(path: str, answer: Operation) -> Call:
    return Call("GET", path, answer, other_method="POST", takes_form=True, takes_headers=True)


def _auth(
    context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
) -> Data | Bare | None:
    if ACTION not in body:
        return bare(auth, reads_query=True)(context, body, query)
    asked = dict(query)
    return bare(lambda context, fields: submit(context, asked, fields))(context, body, query)


_AUTH: Final = _auth
_END: Final = bare(end_session, reads_query=True)

CALLS: Final[tuple[Call, ...]] = (
    _page("/oidc/auth", _AUTH),
    _page("/oauth/auth", _AUTH),
    _page("/oidc/session/end", _END),
    _page("/oauth/session/end", _END),
    _page("/login/profile/logout", bare(sign_out, reads_query=True)),
)
