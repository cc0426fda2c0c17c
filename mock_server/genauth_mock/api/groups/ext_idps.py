"""Accounts elsewhere: the providers that an app is connected to, signing in by one, and linking one to a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import urlencode

from attrs import evolve, field

from genauth_mock.api.call import Bare, Call, checked_first, reader_of
from genauth_mock.api.ext_idp_links import (
    LINK,
    SIGN_IN,
    choice_page,
    chosen_account,
    link,
    link_url,
)
from genauth_mock.api.fields import TokenOptions
from genauth_mock.api.oauth_errors import UNCACHED
from genauth_mock.api.queries import text_of
from genauth_mock.api.redirects import is_allowed
from genauth_mock.engine import browser_session, ext_idps
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import note_sign_in
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Data, Json, Operation
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.ext_idp_records import ExtIdp

    Body = Mapping[str, object]
    Query = Mapping[str, str]

Connection = Literal[
    "apple", "wechat", "alipay", "wechatwork", "wechatwork_agency", "lark_internal", "lark_public", "lark_block",
    "yidun", "wechat_mini_program_code", "wechat_mini_program_phone", "wechat_mini_program_code_and_phone",
    "google", "facebook", "qq", "weibo", "baidu", "linkedin", "dingtalk", "github", "gitee", "gitlab", "douyin",
    "kuaishou", "xiaomi", "line", "slack", "oppo", "huawei", "amazon",
]  # fmt: skip
"""Source: API reference, signin-by-mobile, connection."""

_SPELLED: Final = {"linkedin": "linkedInPayload", "dingtalk": "dingTalkPayload"}
"""The payloads whose names are spelled otherwise than their connections."""

_PROOFS: Final = ("code", "access_token", "accessToken", "token")
"""What a payload may show, the first that is there. Source: API reference, signin-by-mobile."""


_BOTH: Final = "wxLoginInfo"
"""What a mini program shows that tells of whom it is, and of their phone beside it."""


@json_shape
class SignInByMobile:
    """Body of ``POST /api/v3/signin-by-mobile``; the payload of the connection is beside it."""

    connection: Connection
    ext_idp_connidentifier: str = field(alias="extIdpConnidentifier")
    options: TokenOptions | None = None


_read: Final = reader_of(SignInByMobile)


def signin_by_mobile(context: CallContext, body: Body, _: Query) -> Json:
    """``POST /api/v3/signin-by-mobile``; encrypted data are not looked at: the code says who it is."""
    ask = _read()(body)
    name = _SPELLED.get(ask.connection) or f"{_camel_case(ask.connection)}Payload"
    proof = _proof(name, body.get(name))
    idp = ext_idps.connection(context, ask.ext_idp_connidentifier)
    options = ask.options or TokenOptions()
    return ext_idps.by_code(context, idp, proof, options.scope).to_response("bearer")


def _proof(name: str, payload: object) -> str:
    """Return the code or token that a payload shows."""
    given: Body = cast("Body", payload) if isinstance(payload, dict) else {}
    if isinstance(given.get(_BOTH), dict):
        name, given = f"{name}.{_BOTH}", cast("Body", given[_BOTH])
    shown = next((given[each] for each in _PROOFS if given.get(each)), None)
    if not isinstance(shown, str):
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name}.code should not be empty")
    return shown


def enabled(context: CallContext, _: Body, __: Query) -> Data:
    """``GET /api/v3/get-application-enabled-extidps``."""
    return [_shown(context, each) for each in context.settings.ext_idps]


def _shown(context: CallContext, idp: ExtIdp) -> Json:
    words: Json = {
        "name_en": idp.name_en,
        "desc": idp.desc,
        "desc_en": idp.desc_en,
        "logo": idp.logo,
    }
    return {
        "identifier": idp.identifier,
        "extIdpId": idp.provider_id,
        "type": idp.type,
        "extIdpType": idp.kind,
        "bindUrl": link_url(
            context, {"ext_idp_conn_identifier": idp.identifier, "app_id": context.app_id}, {}
        ),
        "name": idp.name or idp.identifier,
        **{name: text for name, text in words.items() if text is not None},
    }


def sign_in(context: CallContext, fields: Body, query: Query) -> Bare:
    """``GET /api/v3/signin-by-extidp``, and ``POST`` by the form of its page: on to ``/oidc/auth``, signed in.

    Source: API reference, signin-by-extidp, whose parameters are those of ``/oidc/auth``, and the connection; that this
    is named by its identifier, as everywhere here, is ours.
    """
    idp = ext_idps.connection(context, text_of(query, "ext_idp_conn_id"))
    target = text_of(query, "redirect_uri")
    if not is_allowed(context, target, context.settings.redirect_uris, "redirectUris"):
        raise Refusal(Outcome.INVALID_ARGUMENT, "redirect_uri is not registered")
    account = chosen_account(context, idp, fields)
    if account is None:
        return choice_page(idp, f"signin-by-extidp?{urlencode(query)}", target)
    user = ext_idps.user_of(context, idp, account) or ext_idps.new_user(context, idp, account)
    user = note_sign_in(context, user, "loginBySocial")
    asked = {name: text for name, text in query.items() if name not in _OF_SIGN_IN}
    prompts = asked.pop("prompt", "").split()
    if left := [each for each in prompts if each not in _ASKED_ALREADY]:
        asked["prompt"] = " ".join(left)
    location = f"{context.base_url}/oidc/auth?{urlencode(asked)}"
    headers = {**UNCACHED, "Location": location, "Set-Cookie": browser_session.begin(context, user)}
    return Bare(b"", 303, headers, "text/plain; charset=utf-8")


def generate_link(context: CallContext, _: Body, query: Query) -> Json:
    """``GET /api/v3/generate-link-extidp-url``; the id token is not looked at: it counts where the link is followed.

    That an app or a connection that is not there answers 404: C# SDK's live test.
    """
    named = {
        name: text_of(query, name) for name in ("ext_idp_conn_identifier", "app_id", "id_token")
    }
    ext_idps.connection(context, named["ext_idp_conn_identifier"])
    if named["app_id"] != context.app_id:
        raise Refusal(Outcome.UNKNOWN_EXT_IDP, why={"rule": "app_id names another app"})
    return {"url": link_url(context, named, query)}


_OF_SIGN_IN: Final = ("ext_idp_conn_id", "tenant_id", "login_page_context")
"""What ``/oidc/auth`` is not asked."""

_ASKED_ALREADY: Final = ("login", "select_account")
"""What a page has done: the user has just signed in."""


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _where_connected(call: Call) -> Call:
    return checked_first(
        call, lambda context: ext_idps.check_any(context, call.path.removeprefix("/api/v3/"))
    )


def _in_browser(path: str, answer: Operation) -> Call:
    call = Call("GET", path, answer, "POST", signs=True, takes_form=True)
    return evolve(call, is_partial=True, takes_headers=True)


CALLS: Final[tuple[Call, ...]] = (
    _where_connected(
        Call(
            "POST",
            "/api/v3/signin-by-mobile",
            signin_by_mobile,
            signs=True,
            is_partial=True,
            takes_headers=True,
        )
    ),
    Call("GET", "/api/v3/get-application-enabled-extidps", enabled, signs=True),
    _where_connected(
        Call("GET", "/api/v3/generate-link-extidp-url", generate_link, signs=True, is_partial=True)
    ),
    _where_connected(_in_browser(LINK, link)),
    _where_connected(_in_browser(SIGN_IN, sign_in)),
)
