"""Signing in with a password and with a texted code."""

from __future__ import annotations

from genauth_contract.calls import (
    BIND,
    LOGIN,
    get_profile,
    sign_in_by_password,
    sign_in_by_phone_pass_code,
)
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.accounts import UNKNOWN_USER, WRONG_PASSWORD
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import User
from genauth_contract.scenario import scenario
from genauth_contract.values import bearer, positive
from genauth_contract.world import World

_SIGN_IN = "API reference, signin"
_WRITE_UP = "developer write-up of live sign-in errors"


@scenario(Evidence.DOCS, _SIGN_IN)
def a_user_signs_in_with_username_and_password(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    call = sign_in_by_password({"username": username}, password)
    answer = world.expect(OK.with_data(expire_in=positive, token_type=bearer), call)
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(username=world.if_told(username)), get_profile(signed_in))


@scenario(Evidence.DOCS, _SIGN_IN)
def an_account_may_be_a_username(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    world.expect(OK, sign_in_by_password({"account": username}, password))


@scenario(Evidence.DOCS, _SIGN_IN)
def a_user_signs_in_with_phone_and_password(world: World) -> None:
    user, phone = world.user_with_phone()
    _, password = world.login_of(user)
    world.expect(OK, sign_in_by_password({"phone": phone.number}, password))


@scenario(Evidence.DOCS, _SIGN_IN)
def a_user_signs_in_with_a_texted_code(world: World) -> None:
    _, phone = world.user_with_phone()
    call = sign_in_by_phone_pass_code(phone, world.text(phone, LOGIN))
    answer = world.expect(OK.with_data(expire_in=positive), call)
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(phone=phone.number), get_profile(signed_in))


@scenario(Evidence.DOCS, "API reference, get-profile: fields depend on the scope")
def the_profile_shows_what_the_scope_names(world: World) -> None:
    user, phone = world.user_with_phone()
    username, password = world.login_of(user)
    account = {"username": username}
    granted = {name: OK.with_data(scope=world.if_told(name)) for name in ("openid", "openid phone")}
    narrow, wide = (
        world.expect(outcome, sign_in_by_password(account, password, scope))
        for scope, outcome in granted.items()
    )
    narrow_user = User(world.field(narrow, "access_token"))
    wide_user = User(world.field(wide, "access_token"))
    hidden = OK.with_data(phone=None, username=None, phoneVerified=False)
    world.expect(hidden, get_profile(narrow_user))
    shown = OK.with_data(phone=phone.number, username=None, phoneVerified=True)
    world.expect(shown, get_profile(wide_user))


@scenario(Evidence.DOCS, "API reference, signin, options.scope: offline_access")
def a_refresh_token_is_given_for_offline_access_alone(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    account = {"username": username}
    without = sign_in_by_password(account, password, "openid")
    world.expect(OK.with_data(refresh_token=None), without)
    call = sign_in_by_password(account, password, "openid offline_access")
    world.field(world.expect(OK, call), "refresh_token")


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors")
def a_wrong_password_is_refused(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    wrong = f"not-{password}"
    world.expect(WRONG_PASSWORD, sign_in_by_password({"username": username}, wrong))


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors")
def an_unknown_username_is_told_like_a_wrong_password(world: World) -> None:
    call = sign_in_by_password({"username": "nobody-of-that-name"}, "not-a-password")
    world.expect(WRONG_PASSWORD, call)


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors")
def a_code_texted_to_a_phone_nobody_has_signs_nobody_in(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(UNKNOWN_USER, sign_in_by_phone_pass_code(phone, world.text(phone, LOGIN)))


@scenario(Evidence.CLIENT, _WRITE_UP)
def a_wrong_code_signs_nobody_in(world: World) -> None:
    _, phone = world.user_with_phone()
    wrong = world.text(phone, LOGIN).but_wrong()
    world.expect(WRONG_CODE, sign_in_by_phone_pass_code(phone, wrong))


@scenario(Evidence.CLIENT, _WRITE_UP)
def an_expired_code_signs_nobody_in(world: World) -> None:
    _, phone = world.user_with_phone()
    code = world.text(phone, LOGIN)
    world.advance(61)
    world.expect(EXPIRED_CODE, sign_in_by_phone_pass_code(phone, code))


@scenario(Evidence.DOCS, _SIGN_IN)
def a_code_signs_in_only_once(world: World) -> None:
    _, phone = world.user_with_phone()
    code = world.text(phone, LOGIN)
    world.expect(OK, sign_in_by_phone_pass_code(phone, code))
    world.expect(SPENT_CODE, sign_in_by_phone_pass_code(phone, code))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def a_burned_code_signs_nobody_in(world: World) -> None:
    _, phone = world.user_with_phone()
    code = world.text(phone, LOGIN)
    world.expect(WRONG_CODE, sign_in_by_phone_pass_code(phone, code.but_wrong()))
    world.expect(WRONG_CODE, sign_in_by_phone_pass_code(phone, code.but_wrong()))
    world.expect(BURNED_CODE, sign_in_by_phone_pass_code(phone, code))


@scenario(Evidence.ASSUMED, "a code is texted for one channel")
def a_code_for_binding_signs_nobody_in(world: World) -> None:
    _, phone = world.user_with_phone()
    world.expect(NO_CODE, sign_in_by_phone_pass_code(phone, world.text(phone, BIND)))
