"""Signing in with a browser: ``/oidc/auth``.

A script needs no page: the setting ``signInAs``, or the header `genauth_mock.engine.browser_session.SIGN_IN_AS`,
names the user, and the answer comes at once. Source: OpenID Connect Core, 3.1.2; API reference, whose common questions
about tokens say that ``prompt=consent`` has a page ask for consent each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.api.authorization_requests import SentBack, read_request
from genauth_mock.api.call import Bare, Call
from genauth_mock.api.login_actions import signed_in_by
from genauth_mock.api.login_page import ACCEPT, ACTION, DENY, consent_page, login_page
from genauth_mock.api.oauth_errors import BroughtBack, OAuthError, Reason, bare
from genauth_mock.api.response_pages import OTHER_ORIGIN, is_of_our_page
from genauth_mock.engine import browser_session
from genauth_mock.engine.authorization_code import issue_code
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.sign_in import note_sign_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.authorization_requests import AuthorizationRequest
    from genauth_mock.api.call import Data
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext


def auth(context: CallContext, asked: Form) -> Bare:
    """``GET`` and ``POST /oidc/auth``: a code where it is known who signs in, else a page that asks."""
    try:
        request = read_request(context, asked)
        named = _named_user(context)
        if named is not None:
            return sent_back_with_code(context, named, request)
        user = browser_session.signed_in_user(context)
        if user is None or request.prompts & {"login", "select_account"}:
            return _ask_who(context, asked, request, user)
    except SentBack as back:
        if back.error.rule:
            context.remark(rule=back.error.rule)
        return back.to_response()
    if "consent" in request.prompts:
        return consent_page(context, asked, request, user)
    return sent_back_with_code(context, user, request)


def _ask_who(
    context: CallContext, asked: Form, request: AuthorizationRequest, user: User | None
) -> Bare:
    if user is None and "none" in request.prompts:
        said = OAuthError(BroughtBack.LOGIN_REQUIRED, "End-User authentication is required")
        raise SentBack(request.way_back, said)
    return login_page(context, asked, request)


def submit(context: CallContext, asked: Form, fields: Form) -> Bare:
    """``POST /oidc/auth`` by a form of a page: the browser goes back with an answer, or is asked on."""
    if not is_of_our_page(context):
        refused = OAuthError(Reason.INVALID_REQUEST, "the login page of another site was sent", 403)
        raise refused.because(OTHER_ORIGIN)
    try:
        request = read_request(context, asked)
        if fields[ACTION] in (ACCEPT, DENY):
            return _consented(context, asked, request, is_given=fields[ACTION] == ACCEPT)
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
    cookie = {"Set-Cookie": browser_session.begin(context, user)}
    if "consent" in request.prompts:
        response = consent_page(context, asked, request, user)
    else:
        response = sent_back_with_code(context, user, request, 303)
    return evolve(response, headers={**response.headers, **cookie})


def _consented(
    context: CallContext, asked: Form, request: AuthorizationRequest, *, is_given: bool
) -> Bare:
    """Return what a user who was asked for consent is sent back with.

    Raises:
        SentBack: The user said no. Source: the library, whose own pages say it so.
    """
    user = browser_session.signed_in_user(context)
    if user is None:
        said = "You are no longer signed in: sign in again"
        return login_page(context, asked, request, (said, True))
    if not is_given:
        denied = OAuthError(BroughtBack.ACCESS_DENIED, "End-User aborted interaction")
        raise SentBack(request.way_back, denied)
    return sent_back_with_code(context, user, request, 303)


def sent_back_with_code(
    context: CallContext, user: User, request: AuthorizationRequest, status: int = 302
) -> Bare:
    """Return the response that takes a code for a user back to the application."""
    way_back = request.way_back
    back = (way_back.redirect_uri, request.nonce, request.challenge)
    code = issue_code(context, user, request.scope, back)
    return way_back.with_answer({"code": code}, status)


def _named_user(context: CallContext) -> User | None:
    """Return who signs in without a page; None where the page has to ask.

    Raises:
        OAuthError: A user was named who cannot sign in, or by whom may not name one.
    """
    named = context.headers.get(browser_session.SIGN_IN_AS)
    if named and not context.may_name_users:
        rule = "naming a user needs the control token that the server was started with"
        raise OAuthError(Reason.INVALID_REQUEST, rule, 401)
    name = named or context.settings.sign_in_as
    if not name:
        return None
    user = browser_session.named_user(context, name)
    if user is None:
        rule = "signInAs names no user of this app who may sign in"
        raise OAuthError(Reason.INVALID_REQUEST, rule)
    return note_sign_in(context, user, "loginByUsername")


def _auth(
    context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
) -> Data | Bare | None:
    if ACTION not in body:
        return bare(auth, reads_query=True)(context, body, query)
    asked = dict(query)
    return bare(lambda context, fields: submit(context, asked, fields))(context, body, query)


CALLS: Final[tuple[Call, ...]] = tuple(
    Call("GET", path, _auth, other_method="POST", takes_form=True, takes_headers=True)
    for path in ("/oidc/auth", "/oauth/auth")
)
