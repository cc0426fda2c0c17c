"""Signing in by CAS: ``/cas-idp/{appId}`` sends a browser back with a ticket, and three calls say whose it is.

Source: CAS Protocol 3.0, 2.4 to 2.6, and its appendix A; what the attributes are: Authing's API reference, CAS.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.api.call import Bare, Call
from genauth_mock.api.queries import text_of
from genauth_mock.api.redirects import is_allowed, with_query
from genauth_mock.engine import browser_session, cas
from genauth_mock.engine.claims import claims_of
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import note_sign_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

    Body = Mapping[str, object]
    Query = Mapping[str, str]

TEXT: Final = "text/plain; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"

_UNFIT: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
"""What no text of XML may hold, escaped or not. Source: XML 1.0, 2.2."""

_SHOWN: Final = "profile username email phone address"
"""The scopes whose claims are the attributes of a user."""


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
    try:
        said = f"yes\n{_name(cas.validate(context, ticket, service))}\n"
    except cas.TicketRefused as refused:
        context.remark(rule=refused.rule)
        said = "no\n\n"
    return Bare(said.encode(), content_type=TEXT)


def service_validate(context: CallContext, _: Body, query: Query) -> Bare:
    """``GET /cas-idp/{appId}/serviceValidate`` and ``p3/serviceValidate``: XML, or JSON where ``format`` says so.

    Source: Authing's API reference, CAS: it shows attributes for the first of the two, too.
    """
    if query.get("pgtUrl"):
        raise Refusal(Outcome.NOT_IMITATED, "serviceValidate with pgtUrl: proxies of CAS")
    try:
        answer: Json = _success(_validated(context, query))
    except cas.TicketRefused as refused:
        context.remark(rule=refused.rule)
        failure: Json = {"code": refused.failure.name, "description": refused.rule}
        answer = {"authenticationFailure": failure}
    if query.get("format", "").upper() == "JSON":
        return Bare({"serviceResponse": answer})
    return Bare(_as_xml(answer).encode(errors="replace"), content_type=XML)


def _validated(context: CallContext, query: Query) -> User:
    ticket, service = query.get("ticket"), query.get("service")
    if not ticket or not service:
        raise cas.TicketRefused(cas.Failure.INVALID_REQUEST, "service and ticket are both required")
    return cas.validate(context, ticket, service)


def _success(user: User) -> Json:
    attributes = {**claims_of(user, _SHOWN), "external_id": user.profile.get("externalId")}
    return {"authenticationSuccess": {"user": _name(user), "attributes": attributes}}


def _name(user: User) -> str:
    return user.username or user.user_id


def _as_xml(answer: Json) -> str:
    """Return an answer as CAS has it; a failure's code is an attribute there, and what is null is left out."""
    failure = cast("Mapping[str, str] | None", answer.get("authenticationFailure"))
    if failure is None:
        inside = _elements(answer)
    else:
        code, text = failure["code"], escape(failure["description"])
        inside = f'<cas:authenticationFailure code="{code}">{text}</cas:authenticationFailure>'
    return f'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{inside}</cas:serviceResponse>'


def _elements(values: Mapping[str, object]) -> str:
    return "".join(
        f"<cas:{name}>{_text(value)}</cas:{name}>"
        for name, value in values.items()
        if value is not None
    )


def _text(value: object) -> str:
    if isinstance(value, dict):
        return _elements(cast("Mapping[str, object]", value))
    return str(value).lower() if isinstance(value, bool) else escape(_UNFIT.sub("?", str(value)))


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/cas-idp/{appId}", login, takes_headers=True, is_partial=True),
    Call("GET", "/cas-idp/{appId}/login", login, takes_headers=True, is_partial=True),
    Call("GET", "/cas-idp/{appId}/validate", validate),
    Call("GET", "/cas-idp/{appId}/serviceValidate", service_validate, is_partial=True),
    Call("GET", "/cas-idp/{appId}/p3/serviceValidate", service_validate, is_partial=True),
)
