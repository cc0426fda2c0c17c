"""Calls that sign a user in by WeChat on a phone, and ask which account is theirs. They have no envelope."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.calls.sign_in import SIGN_IN_OPTIONS, TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, Fields, number, record, text
from genauth_contract.outcomes.accounts import (
    UNKNOWN_USER,
    USER_SUSPENDED,
    WRONG_ACCOUNT_OR_PASSWORD,
)
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.ext_idps import (
    ACCOUNT_ASKED,
    BINDING_KEY_INVALID,
    EXT_IDP_REFUSED,
    UNKNOWN_EXT_IDP,
)
from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.requests import NOT_IMITATED

_PATH: Final = "/api/v2/ecConn/wechatMobile/"
_TEXTS: Final = {"type": "array", "items": ANY_TEXT}
_CHOICE: Final = record(
    "WechatAccountAsked",
    {
        "statusCode": number(),
        "message": ANY_TEXT,
        "data": record(
            "WechatAccountChoice", {"key": text()}, {"methods": _TEXTS, "accounts": _TEXTS}
        ),
    },
    {"apiCode": number(), "requestId": ANY_TEXT},
)

AUTH_BY_CODE_CALL: Final = Endpoint(
    "wechat-auth-by-code",
    "Sign in by a code of WeChat, or learn that the user has to say which account is theirs.",
    request=record(
        "WechatCode",
        {"code": text()},
        {"appId": ANY_TEXT, "connId": ANY_TEXT, "options": SIGN_IN_OPTIONS},
    ),
    data=TOKENS,
    is_bare=True,
    ends=(ACCOUNT_ASKED, EXT_IDP_REFUSED, UNKNOWN_EXT_IDP, USER_SUSPENDED, NOT_IMITATED),
    path=f"{_PATH}authByCodeIdentity",
    sdk_method="auth_by_code_identity",
    others={301: _CHOICE},
)


def _step(name: str, sdk_method: str, fields: Fields, ends: tuple[Outcome, ...]) -> Endpoint:
    first, *others = name.split("-")
    path = first + "".join(map(str.capitalize, others))
    optional = {"phoneCountryCode": ANY_TEXT} if "phone" in fields else None
    shape = record(
        f"Wechat{path[0].upper()}{path[1:]}", {**fields, "action": text(), "key": text()}, optional
    )
    return Endpoint(
        f"wechat-{name}",
        f"Go on with a sign-in by WeChat: {name.replace('-', ' ')}.",
        request=shape,
        data=TOKENS,
        is_bare=True,
        ends=(*ends, BINDING_KEY_INVALID, NOT_IMITATED),
        path=_PATH + path,
        sdk_method=sdk_method,
    )


_UNKNOWN: Final = (UNKNOWN_USER,)
_CODE: Final = (WRONG_CODE, NO_CODE, UNKNOWN_USER)
REGISTER_CALL: Final = _step("register", "register_new_user", {}, _UNKNOWN)
BY_EMAIL_CODE_CALL: Final = _step(
    "by-email-code", "bind_by_email_code", {"email": text(), "code": text()}, _CODE
)
BY_PHONE_CODE_CALL: Final = _step(
    "by-phone-code", "bind_by_phone_code", {"phone": text(), "code": text()}, _CODE
)
BY_ACCOUNT_CALL: Final = _step(
    "by-account",
    "bind_by_account",
    {"account": text(), "password": text()},
    (WRONG_ACCOUNT_OR_PASSWORD,),
)
SELECT_CALL: Final = _step("select", "select_account", {"account": text()}, _UNKNOWN)
BY_ACCOUNT_ID_CALL: Final = _step(
    "by-account-id", "bind_by_account_id", {"accountId": text()}, _UNKNOWN
)
STEPS: Final = (
    REGISTER_CALL,
    BY_EMAIL_CODE_CALL,
    BY_PHONE_CODE_CALL,
    BY_ACCOUNT_CALL,
    SELECT_CALL,
    BY_ACCOUNT_ID_CALL,
)
"""The calls that go on with a key. Source: API reference, wechatMobile."""


def auth_by_code(code: str, **fields: object) -> ApiCall:
    """Sign in by a code of WeChat. Source: API reference, wechatMobile/authByCodeIdentity."""
    return sent_to(AUTH_BY_CODE_CALL, {"code": code, **fields})


def go_on(endpoint: Endpoint, key: str, **fields: object) -> ApiCall:
    """Go on with a key. Source: API reference, wechatMobile; that it takes any action is assumed."""
    return sent_to(endpoint, {"key": key, "action": "bind", **fields})


def by_phone_code(key: str, phone: Phone, code: PassCode) -> ApiCall:
    """Go on by a texted code. Source: API reference, wechatMobile/byPhoneCode."""
    return go_on(BY_PHONE_CODE_CALL, key, phone=phone.number, code=code.digits)


def by_email_code(key: str, email: str, code: PassCode) -> ApiCall:
    """Go on by a mailed code. Source: API reference, wechatMobile/byEmailCode."""
    return go_on(BY_EMAIL_CODE_CALL, key, email=email, code=code.digits)
