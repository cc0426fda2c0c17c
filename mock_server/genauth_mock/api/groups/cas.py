"""Signing in by CAS: ``/cas-idp/{appId}`` sends a browser back with a ticket, and ``validate`` says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.queries import text_of
from genauth_mock.api.redirects import is_allowed, with_query
from genauth_mock.engine import browser_session, cas
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import note_sign_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

    Body = Mapping[str, object]
    Query = Mapping[str, str]

TEXT: Final = "text/plain; charset=utf-8"


def login(context: CallContext, _: Body, query: Query) -> Bare:
    """``GET /cas-idp/{appId}``: back to ``service`` with a ticket.

    There is no login page here: ``signInAs`` says who signs in, or the browser is signed in already.
    """
    service = text_of(query, "service")
    if not is_allowed(context, service, context.settings.redirect_uris, "redirectUris"):
        raise Refusal(Outcome.INVALID_ARGUMENT, "service is not registered")
    user = _named(context) or browser_session.signed_in_user(context)
    if user is None:
        raise Refusal(Outcome.NOT_IMITATED, "the login page of CAS; set signInAs to who signs in")
    location = with_query(service, {"ticket": cas.issue(context, user, service)})
    return Bare(b"", 302, {"Location": location, "Cache-Control": "no-store"}, TEXT)


def _named(context: CallContext) -> User | None:
    """Return the user who is named to sign in at once, if one is."""
    named = context.headers.get(browser_session.SIGN_IN_AS)
    if named and not context.may_name_users:
        rule = "naming a user needs the control token that the server was started with"
        raise Refusal(Outcome.PERMISSION_DENIED, why={"rule": rule})
    name = named or context.settings.sign_in_as
    user = browser_session.named_user(context, name) if name else None
    if name and user is None:
        raise Refusal(Outcome.UNKNOWN_USER, why={"rule": "signInAs names no user of this app"})
    return None if user is None else note_sign_in(context, user, "loginByUsername")


def validate(context: CallContext, _: Body, query: Query) -> Bare:
    r"""``GET /cas-idp/{appId}/validate``: ``yes\nann\n`` or ``no\n\n``; that ann is a username is assumed."""
    service = text_of(query, "service")
    ticket = text_of(query, "ticket")
    user = cas.validate(context, ticket, service)
    said = "no\n\n" if user is None else f"yes\n{user.username or user.user_id}\n"
    return Bare(said.encode(), content_type=TEXT)


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/cas-idp/{appId}", login, takes_headers=True, is_partial=True),
    Call("GET", "/cas-idp/{appId}/login", login, takes_headers=True, is_partial=True),
    Call("GET", "/cas-idp/{appId}/validate", validate),
)
