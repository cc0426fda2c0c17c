"""The request to sign in: what it has to have, who may not make it, and how long its token lives."""

from __future__ import annotations

from genauth_contract.calls import (
    LOGIN,
    any_post,
    bind_phone,
    get_profile,
    sign_in_by_password,
    sign_in_by_phone_pass_code,
)
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.accounts import USER_SUSPENDED
from genauth_contract.outcomes.codes import NO_CODE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.people import PassCode, User
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL
from genauth_contract.world import World

_SIGN_IN = "API reference, signin"
_WRITE_UP = "developer write-up of live sign-in errors"

ACCESS_TOKEN_LIFETIME_SECONDS = 7200
"""Source: API reference, signin, example of expire_in."""


@scenario(Evidence.CLIENT, _WRITE_UP, wire_only=MALFORMED)
def signing_in_without_a_connection_is_refused(world: World) -> None:
    world.expect(INVALID_ARGUMENT.naming("connection"), any_post("signin", {}))


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors", wire_only=MALFORMED)
def signing_in_without_an_account_is_refused(world: World) -> None:
    body = {"connection": "PASSWORD", "passwordPayload": {"password": "not-a-password"}}
    world.expect(INVALID_ARGUMENT.naming("account"), any_post("signin", body))


@scenario(
    Evidence.ASSUMED,
    "an application must not pass over in silence what a mock cannot do",
    mock_only="a directory server would be needed",
    wire_only=NO_CALL,
)
def what_is_not_imitated_says_so(world: World) -> None:
    body = {
        "connection": "LDAP",
        "ldapPayload": {"sAMAccountName": "x", "password": "not-a-password"},
    }
    world.expect(NOT_IMITATED, any_post("signin", body))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_cannot_sign_in(world: World) -> None:
    world.mock.user(username="asleep", password="locked-away", status="Suspended")  # noqa: S106 - the user of one scenario
    call = sign_in_by_password({"username": "asleep"}, "locked-away")
    world.expect(USER_SUSPENDED, call)


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_cannot_sign_in_with_a_code_either(world: World) -> None:
    phone = world.fresh_phone()
    world.mock.user(phoneNumber=phone.number, status="Suspended")
    world.expect(USER_SUSPENDED, sign_in_by_phone_pass_code(phone, world.text(phone, LOGIN)))


@scenario(
    Evidence.DOCS,
    _SIGN_IN,
    mock_only="waiting for a live access token to expire takes hours",
)
def the_access_token_lives_as_long_as_it_says(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    call = sign_in_by_password({"username": username}, password)
    lives = OK.with_data(expire_in=ACCESS_TOKEN_LIFETIME_SECONDS)
    signed_in = User(world.field(world.expect(lives, call), "access_token"))
    world.advance(ACCESS_TOKEN_LIFETIME_SECONDS - 5)
    world.expect(OK, get_profile(signed_in))


@scenario(Evidence.ASSUMED, "the token stands for the user, not for the phone")
def a_bind_leaves_the_access_token_valid(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    username, password = world.login_of(user)
    call = sign_in_by_password({"username": username}, password)
    signed_in = User(world.field(world.expect(OK, call), "access_token"))
    world.expect(OK, bind_phone(signed_in, phone, world.text(phone)))
    world.expect(OK.with_data(phone=phone.number), get_profile(signed_in))


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors")
def a_made_up_code_signs_nobody_in(world: World) -> None:
    call = sign_in_by_phone_pass_code(world.fresh_phone(), PassCode("271828"))
    world.expect(NO_CODE, call)
