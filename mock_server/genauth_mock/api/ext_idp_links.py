"""Linking an account elsewhere to a user in a browser: ``/api/v3/link-extidp``.

Source: API reference, link-extidp: the browser goes to the provider's page, and what comes of it is a message to the
window that opened it; the words of the message are those that the official sign-in component, Guard, reads. For an
address that the browser goes to instead: official Node SDK of 2025, generateLinkExtIdpUrl. What stands in the message,
and under which names it comes to that address, is assumed. Nobody is asked elsewhere: a page of ours asks which of the
accounts in the setting ``extIdps`` it is, where there are several.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from attrs import field

from genauth_mock.api.browser_errors import prefers_html
from genauth_mock.api.call import Bare
from genauth_mock.api.oauth_errors import UNCACHED
from genauth_mock.api.oidc_clients import id_token_claims
from genauth_mock.api.queries import flag_of, text_of
from genauth_mock.api.redirects import is_allowed, origin_of, with_query
from genauth_mock.api.response_pages import (
    OTHER_ORIGIN,
    form_post_page,
    is_of_our_page,
    message_page,
    styled_page,
)
from genauth_mock.engine import ext_idps
from genauth_mock.engine.context import check_is_active
from genauth_mock.engine.memberships import shown
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen
from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.ext_idp_records import ExtAccount, ExtIdp

    Fields = Mapping[str, object]
    Query = Mapping[str, str]

LINK: Final = "/api/v3/link-extidp"
SIGN_IN: Final = "/api/v3/signin-by-extidp"

NAMES_APP: Final[Mapping[str, str]] = {LINK: "app_id", SIGN_IN: "client_id"}
"""The parameter that says which app it is, of a path that browsers are sent to."""

CHOSEN: Final = "userIdInIdp"
"""The field of the page's form that says which account it is."""

ANSWERED_BY: Final = ("need_url_redirect", "only_redirect_token", "need_form_post", "target_url")
"""How the answer comes to the application. Source: official Node SDK of 2025, generateLinkExtIdpUrl."""

_SUCCESS: Final = 200
_EVENT: Final[Mapping[str, str]] = {"source": "authing", "eventType": "socialLogin"}
"""Source: Guard, usePostMessage; that the type of a sign-in is that of a link, too, is assumed."""


@frozen
class Link:
    """What a browser was sent here for.

    Attributes:
        target: Where it goes with the answer; empty for none.
        is_posted: Whether it takes the answer there in a form.
    """

    idp: ExtIdp
    user: User = field(repr=False)
    target: str
    is_posted: bool


def link_url(context: CallContext, named: Query, query: Query) -> str:
    """Return where a browser is sent to link an account.

    Args:
        context: The context.
        named: What is linked to whom.
        query: What a program has asked for; how it wants the answer goes along.
    """
    answered_by = {name: query[name] for name in ANSWERED_BY if query.get(name)}
    return f"{context.base_url}{LINK}?{urlencode({**named, **answered_by})}"


def link(context: CallContext, fields: Fields, query: Query) -> Bare | None:
    """``GET /api/v3/link-extidp``, and ``POST`` by the form of its page.

    Official SDKs call it as any other: who does not ask for HTML is answered in an envelope.
    """
    asked = _read(context, query)
    is_browser = prefers_html(context.headers.get("accept", ""))
    account = chosen_account(context, asked.idp, fields)
    if account is None:
        if is_browser:
            action = f"link-extidp?{urlencode(query)}"
            return choice_page(asked.idp, action, asked.target)
        said = f"{CHOSEN} must name one of the accounts that the setting extIdps has"
        raise Refusal(Outcome.INVALID_ARGUMENT, said)
    try:
        identity = shown(ext_idps.link_to(context, asked.user, asked.idp, account))
    except Refusal as refusal:
        if not asked.target and not is_browser:
            raise
        context.remark(**refusal.why)
        return _answered(asked, _refused(context, refusal), "Not linked")
    if not asked.target and not is_browser:
        return None
    told = {name: each for name, each in identity.items() if not name.endswith("Token")}
    message = context.error_codes[Outcome.OK].message(context.language, "")
    return _answered(asked, {"code": _SUCCESS, "message": message, "data": told}, "Linked")


def chosen_account(context: CallContext, idp: ExtIdp, fields: Fields) -> ExtAccount | None:
    """Return the account that is meant: the only one, or the one that was chosen; None where nobody chose.

    Raises:
        Refusal: ``EXT_IDP_REFUSED`` where there is none at all; ``PERMISSION_DENIED`` where the page of another origin
            chose.
    """
    if CHOSEN in fields and not is_of_our_page(context):
        raise Refusal(Outcome.PERMISSION_DENIED, why={"rule": OTHER_ORIGIN})
    if not idp.accounts:
        why = {"rule": f"extIdps has no account of {idp.identifier}"}
        raise Refusal(Outcome.EXT_IDP_REFUSED, why=why)
    if len(idp.accounts) == 1:
        return idp.accounts[0]
    return next((each for each in idp.accounts if each.user_id_in_idp == fields.get(CHOSEN)), None)


def _read(context: CallContext, query: Query) -> Link:
    """Return what a browser was sent here for.

    Raises:
        Refusal: ``INVALID_ARGUMENT``, ``UNKNOWN_EXT_IDP``, ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``NOT_IMITATED``.
    """
    named, app_id, token = (
        text_of(query, name) for name in ("ext_idp_conn_identifier", "app_id", "id_token")
    )
    idp = ext_idps.connection(context, named)
    if app_id != context.app_id:
        raise Refusal(Outcome.UNKNOWN_EXT_IDP, why={"rule": "app_id names another app"})
    user = _user_of(context, token)
    if flag_of(query, "only_redirect_token"):
        raise Refusal(Outcome.NOT_IMITATED, "link-extidp with only_redirect_token")
    is_posted = bool(flag_of(query, "need_form_post"))
    if not is_posted and not flag_of(query, "need_url_redirect"):
        return Link(idp, user, "", is_posted)
    target = text_of(query, "target_url")
    if not is_allowed(context, target, context.settings.redirect_uris, "redirectUris"):
        raise Refusal(Outcome.INVALID_ARGUMENT, "target_url is not registered")
    return Link(idp, user, target, is_posted)


def _user_of(context: CallContext, token: str) -> User:
    """Return the user of an id token.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    claims = id_token_claims(token)
    user, expires_at = context.user(str(claims.get("sub"))), claims.get("exp")
    if claims.get("aud") != context.app_id or user is None:
        rule = "id_token is not an id token of a user of this app"
    elif not context.token_issuer.has_signed(token, context.now, context.app_secret):
        rule = "id_token is not signed by this server"
    elif not isinstance(expires_at, int) or context.now.timestamp() >= expires_at:
        rule = "id_token has expired"
    else:
        check_is_active(user)
        return user
    raise Refusal(Outcome.NOT_SIGNED_IN, why={"rule": rule})


def choice_page(idp: ExtIdp, action: str, target: str) -> Bare:
    """Return the page that asks which account at a provider it is.

    Args:
        idp: The provider.
        action: Where the form is posted to.
        target: Where the browser goes then, besides this server; empty for nowhere.
    """
    buttons = "".join(
        f'<button class="user" name="{CHOSEN}" value="{escape(each.user_id_in_idp)}">{escape(_name(each))}</button>'
        for each in idp.accounts
    )
    inside = (
        f"<p>in the place of {escape(idp.name or idp.identifier)}, on the offline GenAuth</p><section>"
        f'<h2>Which account is yours?</h2><form method="post" action="{escape(action)}">{buttons}</form></section>'
    )
    where = origin_of(target) if target else "'self'"
    return styled_page("An account elsewhere", inside, form_action=where)


def _name(account: ExtAccount) -> str:
    told = (account.user_info.get(name) for name in ("nickname", "name"))
    named = [each for each in told if isinstance(each, str)][:1]
    return " · ".join([*named, account.user_id_in_idp])


def _refused(context: CallContext, refusal: Refusal) -> Json:
    """Return how an application hears of a refusal: Guard reads JSON in its message."""
    code = context.error_codes[refusal.outcome]
    text = code.message(context.language, refusal.detail)
    said = {"statusCode": code.status_code, "apiCode": code.api_code, "message": text}
    envelope = {name: each for name, each in said.items() if each is not None}
    return {"code": code.api_code or code.status_code, "message": write_json(envelope).decode()}


def _answered(asked: Link, told: Json, title: str) -> Bare:
    """Take an answer to the application."""
    if not asked.target:
        inside = (
            f"<p>{escape(asked.idp.name or asked.idp.identifier)}: you may close this page.</p>"
        )
        return message_page(title, inside, {**told, "event": _EVENT})
    data = {} if "data" not in told else {"data": write_json(told["data"]).decode()}
    answer = {"code": str(told["code"]), "message": str(told["message"]), **data}
    if asked.is_posted:
        return form_post_page(asked.target, answer)
    location = with_query(asked.target, answer)
    return Bare(b"", 303, {**UNCACHED, "Location": location}, "text/plain; charset=utf-8")
