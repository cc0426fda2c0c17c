"""Signing in by WeChat on a phone, where the user may have to say which account is theirs."""

from __future__ import annotations

from typing import Final

import attrs

from genauth_contract.api.call import LOGIN, ApiCall
from genauth_contract.api.calls.email import send_email
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.wechat_mobile import (
    BY_ACCOUNT_CALL,
    BY_ACCOUNT_ID_CALL,
    REGISTER_CALL,
    SELECT_CALL,
    STEPS,
    auth_by_code,
    by_email_code,
    by_phone_code,
    go_on,
)
from genauth_contract.checks.matchers import bearer, text
from genauth_contract.outcomes.accounts import (
    UNKNOWN_USER,
    USER_SUSPENDED,
    WRONG_ACCOUNT_OR_PASSWORD,
)
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.ext_idps import (
    ACCOUNT_ASKED,
    BINDING_KEY_INVALID,
    EXT_IDP_REFUSED,
    UNKNOWN_EXT_IDP,
)
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK, STATED
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario

_AUTH = "API reference, wechatMobile/authByCodeIdentity"
_STEPS = "API reference, wechatMobile: the calls that go on with a key"
_ELSEWHERE = "who has an account at WeChat is not ours to choose"
_QUESTION = "the SDK gives the question as a value, not as an answer of its own"
_OTHER = "the SDK takes a 501 for an error of another name"
_PASSWORD, _MAIL, _PHONE = "of-ada", "ada@example.com", Phone("18812340000")

_CONNECTIONS: Final = [
    {
        "identifier": "my-wechat",
        "type": "wechat",
        "accounts": [{"userIdInIdp": "openid", "code": "code-of-wechat", "username": "ada"}],
    },
]
_TOKENS: Final = STATED.with_data(access_token=text, token_type=bearer)


def _connected(world: World, **fields: object) -> User:
    """Connect the app to WeChat; return the user whom the account names."""
    world.mock.change_settings(extIdps=_CONNECTIONS)
    known = {"username": "ada", "password": _PASSWORD, "email": _MAIL}
    return world.mock.user(**{"userId": "ada", "phoneNumber": _PHONE.number, **known, **fields})


def _key(world: World) -> str:
    """Sign in by WeChat as somebody who is not known yet; return the key to go on with."""
    asked = ACCOUNT_ASKED.with_data(key=text, accounts=["ada"])
    return world.field(world.expect(asked, auth_by_code("code-of-wechat")), "key")


def _is_ada(world: World, call: ApiCall) -> None:
    """Expect a call to sign the user in, and the next code of WeChat to do so at once."""
    given = world.field(world.expect(_TOKENS, call), "access_token")
    world.expect(OK.with_data(userId="ada"), get_profile(User(given)))
    world.expect(_TOKENS, auth_by_code("code-of-wechat"))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_says_which_account_is_theirs_by_password_is_signed_in(world: World) -> None:
    _connected(world)
    key = _key(world)
    wrong = go_on(BY_ACCOUNT_CALL, key, account="ada", password=_PASSWORD[:-1])
    world.expect(WRONG_ACCOUNT_OR_PASSWORD, wrong)
    _is_ada(world, go_on(BY_ACCOUNT_CALL, key, account="ada", password=_PASSWORD))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_says_which_account_is_theirs_by_a_texted_code_is_signed_in(world: World) -> None:
    _connected(world)
    key = _key(world)
    world.expect(NO_CODE, by_phone_code(key, _PHONE, PassCode("000000")))
    code = world.text(_PHONE, LOGIN)
    world.expect(WRONG_CODE, by_phone_code(key, _PHONE, _other(code)))
    _is_ada(world, by_phone_code(key, _PHONE, code))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_says_which_account_is_theirs_by_a_mailed_code_is_signed_in(world: World) -> None:
    _connected(world)
    key = _key(world)
    world.expect(NO_CODE, by_email_code(key, _MAIL, PassCode("000000")))
    code = _mailed(world, _MAIL)
    world.expect(WRONG_CODE, by_email_code(key, _MAIL, _other(code)))
    _is_ada(world, by_email_code(key, _MAIL, code))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_chooses_one_of_the_accounts_is_signed_in(world: World) -> None:
    _connected(world)
    _is_ada(world, go_on(SELECT_CALL, _key(world), account="ada"))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_names_the_id_of_their_account_is_signed_in(world: World) -> None:
    _connected(world)
    _is_ada(world, go_on(BY_ACCOUNT_ID_CALL, _key(world), accountId="ada"))


@scenario(Evidence.DOCS, _STEPS, mock_only=_ELSEWHERE, wire_only=_QUESTION)
def who_has_no_account_gets_a_new_one(world: World) -> None:
    world.mock.change_settings(extIdps=_CONNECTIONS)
    asked = ACCOUNT_ASKED.with_data(key=text, accounts=[])
    key = world.field(world.expect(asked, auth_by_code("code-of-wechat")), "key")
    given = world.field(world.expect(_TOKENS, go_on(REGISTER_CALL, key)), "access_token")
    world.expect(OK.with_data(username="ada"), get_profile(User(given)))
    world.expect(BINDING_KEY_INVALID, go_on(REGISTER_CALL, key))


@scenario(
    Evidence.DOCS, f"{_STEPS}: the user does not exist", mock_only=_ELSEWHERE, wire_only=_QUESTION
)
def an_account_that_does_not_exist_is_refused(world: World) -> None:
    _connected(world)
    key, stranger = _key(world), world.fresh_phone()
    world.expect(UNKNOWN_USER, go_on(SELECT_CALL, key, account="no-such-user"))
    world.expect(UNKNOWN_USER, go_on(BY_ACCOUNT_ID_CALL, key, accountId="no-such-user"))
    code = world.text(stranger, LOGIN)
    world.expect(UNKNOWN_USER, by_phone_code(key, stranger, code))
    mailed = _mailed(world, "nobody@example.com")
    world.expect(UNKNOWN_USER, by_email_code(key, "nobody@example.com", mailed))
    world.mock.change_settings(signUpEnabled=False)
    world.expect(UNKNOWN_USER, go_on(REGISTER_CALL, key))


@scenario(Evidence.ASSUMED, f"{_STEPS}: the word key", mock_only=_ELSEWHERE)
def a_made_up_key_goes_on_with_nothing(world: World) -> None:
    _connected(world)
    for call in _steps("made-up"):
        world.expect(BINDING_KEY_INVALID, call)


@scenario(Evidence.ASSUMED, f"{_AUTH}; no source says what is answered", mock_only=_ELSEWHERE)
def a_code_that_wechat_did_not_give_is_refused(world: World) -> None:
    _connected(world)
    world.expect(EXT_IDP_REFUSED, auth_by_code("made-up"))
    world.expect(UNKNOWN_EXT_IDP, auth_by_code("code-of-wechat", connId="no-such"))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only=_ELSEWHERE,
)
def a_suspended_user_does_not_sign_in_by_wechat(world: World) -> None:
    linked = [{"extIdpId": "my-wechat", "userIdInIdp": "openid", "provider": "wechat"}]
    _connected(world, status="Suspended", identities=linked)
    world.expect(USER_SUSPENDED, auth_by_code("code-of-wechat"))


@scenario(Evidence.ASSUMED, _AUTH, mock_only="a GenAuth host asks WeChat", wire_only=_OTHER)
def wechat_on_a_phone_is_not_imitated_unless_it_was_given(world: World) -> None:
    world.expect(NOT_IMITATED, auth_by_code("code"))
    for call in _steps("some-key"):
        world.expect(NOT_IMITATED, call)


@scenario(
    Evidence.DOCS,
    _AUTH,
    mock_only=_ELSEWHERE,
    wire_only="the SDK refuses malformed input before anything is sent",
)
def what_is_missing_from_a_sign_in_by_wechat_is_named(world: World) -> None:
    _connected(world)
    world.expect(INVALID_ARGUMENT.naming("code"), attrs.evolve(auth_by_code(""), body={}))
    for endpoint in STEPS:
        empty = attrs.evolve(go_on(endpoint, ""), body={})
        world.expect(INVALID_ARGUMENT.naming("key", "action"), empty)


def _steps(key: str) -> list[ApiCall]:
    """Return a call of each further step."""
    return [
        go_on(BY_ACCOUNT_CALL, key, account="ada", password=_PASSWORD),
        go_on(SELECT_CALL, key, account="ada"),
        go_on(BY_ACCOUNT_ID_CALL, key, accountId="ada"),
        go_on(REGISTER_CALL, key),
        by_phone_code(key, _PHONE, PassCode("000000")),
        by_email_code(key, _MAIL, PassCode("000000")),
    ]


def _mailed(world: World, email: str) -> PassCode:
    world.expect(OK, send_email(email, LOGIN))
    code = world.mock.mailed(email, LOGIN)
    world.secrets.learn("code", code.digits)
    return code


def _other(code: PassCode) -> PassCode:
    """Return a code that is not this one."""
    last = str((int(code.digits[-1]) + 1) % 10)
    return PassCode(code.digits[:-1] + last)
