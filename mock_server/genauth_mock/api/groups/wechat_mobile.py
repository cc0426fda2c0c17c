"""Signing in by WeChat on a phone: ``/api/v2/ecConn/wechatMobile/...``, answered without an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field

from genauth_mock.api.call import Bare, Call, checked_first, signs_in
from genauth_mock.api.fields import TokenOptions, read_email, read_phone
from genauth_mock.engine import sign_in, wechat_binding
from genauth_mock.engine.contact_kinds import EMAIL, PHONE
from genauth_mock.engine.value import json_shape
from genauth_mock.engine.wechat_binding import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.api.call import Json, Shape
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens

_PATH: Final = "/api/v2/ecConn/wechatMobile/"

WAYS: Final = ["email-password", "username-password", "phone-password", "phone-code", "email-code"]
"""How a user may say which account is theirs. Source: API reference, WechatIdentityResolveRespDataDto, methods."""


@json_shape
class AuthByCode:
    """Body of ``POST .../authByCodeIdentity``."""

    code: str = field(repr=False)
    conn_id: str | None = field(default=None, alias="connId")
    options: TokenOptions | None = None


@json_shape
class Register:
    """Body of ``POST .../register``."""

    key: str = field(repr=False)
    action: str


@json_shape
class ByEmailCode:
    """Body of ``POST .../byEmailCode``."""

    key: str = field(repr=False)
    action: str
    email: str
    code: str = field(repr=False)


@json_shape
class ByPhoneCode:
    """Body of ``POST .../byPhoneCode``."""

    key: str = field(repr=False)
    action: str
    phone: str
    code: str = field(repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@json_shape
class ByAccount:
    """Body of ``POST .../byAccount``."""

    key: str = field(repr=False)
    action: str
    account: str
    password: str = field(repr=False)


@json_shape
class Select:
    """Body of ``POST .../select``."""

    key: str = field(repr=False)
    action: str
    account: str


@json_shape
class ByAccountId:
    """Body of ``POST .../byAccountId``."""

    key: str = field(repr=False)
    action: str
    account_id: str = field(alias="accountId")


def auth_by_code(context: CallContext, body: AuthByCode) -> Bare:
    """``POST .../authByCodeIdentity``: tokens, or HTTP 301 with a key and the question which account it is."""
    options = body.options or TokenOptions()
    found = wechat_binding.by_code(context, body.code, body.conn_id, options.scope)
    return _asked(found) if isinstance(found, Choice) else Bare(_shown(found))


def _asked(choice: Choice) -> Bare:
    """Ask. Source: API reference, WechatIdentityResolveRespDto, text and numbers included."""
    data = {"methods": WAYS, "accounts": list(choice.user_ids), "key": choice.key}
    said: Json = {"statusCode": 301, "apiCode": 1640, "message": "需要执行账号身份绑定"}
    return Bare({**said, "data": data}, 301)


def _shown(tokens: Tokens) -> Json:
    return {"scope": tokens.scope or "", **tokens.to_response("bearer")}


def register(context: CallContext, body: Register) -> Bare:
    """``POST .../register``."""
    return Bare(_shown(wechat_binding.register(context, body.key)))


def by_email_code(context: CallContext, body: ByEmailCode) -> Bare:
    """``POST .../byEmailCode``."""
    where = EMAIL, read_email(body.email)
    return Bare(_shown(wechat_binding.by_pass_code(context, body.key, where, body.code)))


def by_phone_code(context: CallContext, body: ByPhoneCode) -> Bare:
    """``POST .../byPhoneCode``."""
    where = PHONE, read_phone(body.phone, body.phone_country_code, "phone")
    return Bare(_shown(wechat_binding.by_pass_code(context, body.key, where, body.code)))


def by_account(context: CallContext, body: ByAccount) -> Bare:
    """``POST .../byAccount``."""
    named = sign_in.identifiers_of_account(body.account)
    user = sign_in.user_with_password(context, named, body.password)
    return Bare(_shown(wechat_binding.bind(context, body.key, user)))


def select(context: CallContext, body: Select) -> Bare:
    """``POST .../select``; that an account may be chosen that was not offered is assumed."""
    return Bare(_shown(wechat_binding.bind(context, body.key, context.user(body.account))))


def by_account_id(context: CallContext, body: ByAccountId) -> Bare:
    """``POST .../byAccountId``."""
    return Bare(_shown(wechat_binding.bind(context, body.key, context.user(body.account_id))))


def _call(name: str, shape: type[Shape], answer: Callable[[CallContext, Shape], Bare]) -> Call:
    call = signs_in(_PATH + name, shape, answer)
    return evolve(checked_first(call, wechat_binding.connections), is_partial=True)


CALLS: Final[tuple[Call, ...]] = (
    _call("authByCodeIdentity", AuthByCode, auth_by_code),
    _call("register", Register, register),
    _call("byEmailCode", ByEmailCode, by_email_code),
    _call("byPhoneCode", ByPhoneCode, by_phone_code),
    _call("byAccount", ByAccount, by_account),
    _call("select", Select, select),
    _call("byAccountId", ByAccountId, by_account_id),
)
