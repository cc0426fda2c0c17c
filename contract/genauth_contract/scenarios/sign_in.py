"""Signing in with a password and with a texted code."""

from __future__ import annotations

from genauth_contract.api.call import BIND, LOGIN, any_post
from genauth_contract.api.calls.phone import bind_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password, sign_in_by_phone_pass_code
from genauth_contract.checks.matchers import bearer, positive
from genauth_contract.outcomes.accounts import (
    UNKNOWN_USER,
    USER_SUSPENDED,
    WRONG_ACCOUNT_OR_PASSWORD,
    WRONG_PASSWORD,
)
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import PassCode, User
from genauth_contract.outcomes.requests import (
    INVALID_ARGUMENT,
    NOT_IMITATED,
    OK,
    SECRET_MISSING,
)
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL, SUSPENDING

_SIGN_IN = "API reference, signin"
_WRITE_UP = "developer write-up of live sign-in errors"


@scenario(Evidence.DOCS, _SIGN_IN)
def a_user_signs_in_with_username_and_password(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    call = sign_in_by_password({"username": username}, password)
    answer = world.expect(OK.with_data(expire_in=positive, token_type=bearer), call)
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(username=world.unless_left_out(username)), get_profile(signed_in))


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
    granted = {
        name: OK.with_data(scope=world.unless_left_out(name)) for name in ("openid", "openid phone")
    }
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


@scenario(Evidence.CLIENT, "production code of 2024")
def a_wrong_password_is_refused(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    wrong = f"not-{password}"
    world.expect(WRONG_PASSWORD, sign_in_by_password({"username": username}, wrong))


@scenario(Evidence.ASSUMED, "2333 was seen where the former API was given an account")
def a_wrong_password_of_an_account_is_refused(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    wrong = f"not-{password}"
    call = sign_in_by_password({"account": username}, wrong)
    world.expect(WRONG_ACCOUNT_OR_PASSWORD, call)


@scenario(Evidence.DOCS, "early SDK documentation of sign-in errors")
def an_unknown_username_is_refused(world: World) -> None:
    call = sign_in_by_password({"username": "nobody-of-that-name"}, "not-a-password")
    world.expect(WRONG_ACCOUNT_OR_PASSWORD, call)


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
    world.advance(CODE_LIFETIME_SECONDS + 1)
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


ACCESS_TOKEN_LIFETIME_SECONDS = 1_209_600
"""Source: tokens that people published since 2021; management API, sample of an application."""


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


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_cannot_sign_in(world: World) -> None:
    world.mock.user(username="asleep", password="locked-away", status="Suspended")  # noqa: S106 - the user of one scenario
    call = sign_in_by_password({"username": "asleep"}, "locked-away")
    world.expect(USER_SUSPENDED, call)


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
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


@scenario(
    Evidence.CLIENT,
    _WRITE_UP,
    wire_only="the SDK sends the secret that it is configured with",
    needs_strict_apps=True,
)
def a_sign_in_without_the_secret_of_its_application_is_refused(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    proof = {"client_id": world.client().app_id, "client_secret": None}
    payload = {"username": username, "password": password}
    body = {"connection": "PASSWORD", "passwordPayload": payload, **proof}
    world.expect(SECRET_MISSING, any_post("signin", body))
