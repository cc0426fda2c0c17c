"""A sign-in that wants a further proof: held up, and gone on with by text, by e-mail, by an app or a recovery code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import attrs

from genauth_contract.api.call import BIND, ApiCall, Body
from genauth_contract.api.calls.email import bind_email, send_email
from genauth_contract.api.calls.mfa_sign_in import (
    look_into_mfa_token,
    prove_by_app,
    prove_by_app_as_the_js_sdk,
    prove_by_email,
    prove_by_recovery_code,
    prove_by_sms,
)
from genauth_contract.api.calls.phone import bind_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.api.totp import shown_code
from genauth_contract.checks.matchers import bearer, positive, text
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.factors import MFA_REQUIRED, MFA_TOKEN_INVALID, UNKNOWN_FACTOR
from genauth_contract.outcomes.models import NOBODY, PassCode, Phone, User, is_object
from genauth_contract.outcomes.oidc import GRANTED, INVALID_REQUEST
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.factors import with_app
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL

_WIDGET = "the official sign-in widget: its calls, and the token that they carry"
_JS = "the official JavaScript SDK, its calls about MFA"
_DEMAND = "an official SDK takes mfaToken from the answer of signin with statusCode 1636"
_ASKED = "whether an app demands a further proof is set in GenAuth's console"
_VERIFY = "CHANNEL_VERIFY_MFA"
_MAIL = "grace@example.com"
_LIFE_SECONDS = 360


@scenario(Evidence.CLIENT, _DEMAND, mock_only=_ASKED)
def a_sign_in_that_wants_a_further_proof_is_held_up(world: World) -> None:
    world.mock.change_settings(mfaAtSignIn="always")
    username, password = world.login_of(world.user_without_phone())
    world.expect(MFA_REQUIRED, sign_in_by_password({"username": username}, password))


@scenario(Evidence.ASSUMED, _DEMAND, mock_only=_ASKED)
def only_who_added_a_factor_is_held_up_where_the_app_says_so(world: World) -> None:
    world.mock.change_settings(mfaAtSignIn="enrolled")
    user = world.user_without_phone()
    username, password = world.login_of(user)
    sign_in = sign_in_by_password({"username": username}, password)
    world.expect(OK, sign_in)
    with_app(world, user)
    world.expect(MFA_REQUIRED, sign_in)


@scenario(Evidence.CLIENT, _WIDGET, mock_only=_ASKED, wire_only=NO_CALL)
def a_texted_code_finishes_the_sign_in(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(OK, bind_phone(user, phone, world.text(phone, BIND)))
    held_up = _held_up(world, user)
    proved = prove_by_sms(held_up, phone, world.text(phone, _VERIFY))
    tokens = OK.with_data(access_token=text, token_type=bearer, expire_in=positive)
    given = world.expect(tokens, proved)
    username, _ = world.login_of(user)
    signed_in = User(world.field(given, "access_token"))
    world.expect(OK.with_data(username=username), get_profile(signed_in))
    world.expect(MFA_TOKEN_INVALID, proved)


@scenario(Evidence.CLIENT, _WIDGET, mock_only=_ASKED, wire_only=NO_CALL)
def a_mailed_code_finishes_the_sign_in(world: World) -> None:
    user = world.user_without_phone()
    code = _mailed(world, "CHANNEL_BIND_EMAIL")
    world.expect(OK, bind_email(user, _MAIL, code))
    held_up = _held_up(world, user)
    world.expect(OK, prove_by_email(held_up, _MAIL, _mailed(world, _VERIFY)))


@scenario(Evidence.CLIENT, _WIDGET, mock_only=_ASKED, wire_only=NO_CALL)
def the_code_of_an_app_finishes_the_sign_in(world: World) -> None:
    user = world.user_without_phone()
    uri, _ = with_app(world, user)
    held_up = _held_up(world, user)
    code = shown_code(uri, time.time() + 30)
    wrong = PassCode(code).but_wrong().digits
    world.expect(WRONG_CODE, prove_by_app(held_up, wrong))
    world.expect(WRONG_CODE, prove_by_app_as_the_js_sdk(held_up, wrong))
    world.expect(OK, prove_by_app(held_up, code))
    again = _held_up(world, user)
    world.expect(WRONG_CODE, prove_by_app(again, code))


@scenario(Evidence.CLIENT, _JS, mock_only=_ASKED, wire_only=NO_CALL)
def the_code_of_an_app_is_taken_at_the_path_of_the_javascript_sdk(world: World) -> None:
    user = world.user_without_phone()
    uri, _ = with_app(world, user)
    code = shown_code(uri, time.time() + 30)
    world.expect(OK, prove_by_app_as_the_js_sdk(_held_up(world, user), code))


@scenario(Evidence.CLIENT, _JS, mock_only=_ASKED, wire_only=NO_CALL)
def a_recovery_code_finishes_one_sign_in(world: World) -> None:
    user = world.user_without_phone()
    _, recovery_code = with_app(world, user)
    renewed = world.expect(OK, prove_by_recovery_code(_held_up(world, user), recovery_code))
    next_code = world.field(renewed, "recoveryCode")
    held_up = _held_up(world, user)
    world.expect(WRONG_CODE, prove_by_recovery_code(held_up, recovery_code))
    world.expect(OK, prove_by_recovery_code(held_up, next_code))


@scenario(Evidence.ASSUMED, "as wherever a pass code is taken", mock_only=_ASKED, wire_only=NO_CALL)
def a_further_proof_by_text_needs_a_good_code(world: World) -> None:
    world.mock.change_settings(resendGapSeconds=0, passCodeLifetimeSeconds=30)
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(OK, bind_phone(user, phone, world.text(phone, BIND)))
    held_up = _held_up(world, user), _held_up(world, user)
    _needs_a_good_code(
        world,
        held_up,
        sent=lambda: world.text(phone, _VERIFY),
        proof=lambda user, code: prove_by_sms(user, phone, code),
    )


@scenario(Evidence.ASSUMED, "as wherever a pass code is taken", mock_only=_ASKED, wire_only=NO_CALL)
def a_further_proof_by_e_mail_needs_a_good_code(world: World) -> None:
    world.mock.change_settings(resendGapSeconds=0, emailCodeLifetimeSeconds=30)
    user = world.user_without_phone()
    world.expect(OK, bind_email(user, _MAIL, _mailed(world, "CHANNEL_BIND_EMAIL")))
    held_up = _held_up(world, user), _held_up(world, user)
    _needs_a_good_code(
        world,
        held_up,
        sent=lambda: _mailed(world, _VERIFY),
        proof=lambda user, code: prove_by_email(user, _MAIL, code),
    )


@scenario(
    Evidence.CLIENT,
    "the official JavaScript SDK, phoneOrEmailBindable: a free address may be the proof",
    mock_only=_ASKED,
    wire_only=NO_CALL,
)
def a_user_without_a_phone_adds_one_at_the_first_proof(world: World) -> None:
    user, phone, other = world.user_without_phone(), world.fresh_phone(), world.fresh_phone()
    code = world.text(phone, _VERIFY)
    world.expect(OK, prove_by_sms(_held_up(world, user), phone, code))
    refused = prove_by_sms(_held_up(world, user), other, PassCode("123456"))
    world.expect(UNKNOWN_FACTOR, refused)


@scenario(Evidence.DOCS, "API reference, /mfa/token/introspection", mock_only=_ASKED)
def a_made_up_token_stands_for_no_held_up_sign_in(world: World) -> None:
    world.expect(GRANTED.with_data(active=False), look_into_mfa_token("nobody-gave-this"))


@scenario(
    Evidence.DOCS,
    "API reference, /mfa/token/introspection; that it lives for six minutes: its sample",
    mock_only=_ASKED,
    wire_only=NO_CALL,
)
def a_held_up_sign_in_waits_for_six_minutes(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    held_up = _held_up(world, user)
    look = look_into_mfa_token(held_up.access_token)
    world.expect(GRANTED.with_data(active=True, userId=text, exp=positive, iat=positive), look)
    world.advance(_LIFE_SECONDS)
    world.expect(GRANTED.with_data(active=False), look)
    for call in _every_proof(held_up, phone):
        world.expect(MFA_TOKEN_INVALID, call)


@scenario(Evidence.ASSUMED, _WIDGET, mock_only=_ASKED, wire_only=NO_CALL)
def no_proof_is_taken_without_the_token_of_a_held_up_sign_in(world: World) -> None:
    for user in (NOBODY, world.user_without_phone()):
        for call in _every_proof(user, world.fresh_phone()):
            world.expect(MFA_TOKEN_INVALID, call)


@scenario(Evidence.ASSUMED, "no source: as an unknown factor", mock_only=_ASKED, wire_only=NO_CALL)
def what_the_user_has_not_added_proves_nothing(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(OK, bind_phone(user, phone, world.text(phone, BIND)))
    world.expect(OK, bind_email(user, _MAIL, _mailed(world, "CHANNEL_BIND_EMAIL")))
    held_up = _held_up(world, user)
    for call in (
        prove_by_sms(held_up, world.fresh_phone(), PassCode("123456")),
        prove_by_email(held_up, "somebody@example.com", PassCode("123456")),
        *_by_app(held_up),
    ):
        world.expect(UNKNOWN_FACTOR, call)


@scenario(Evidence.ASSUMED, _WIDGET, mock_only=_ASKED, wire_only=MALFORMED)
def what_is_missing_from_a_further_proof_is_named(world: World) -> None:
    for call in _every_proof(NOBODY, world.fresh_phone()):
        body: Body = call.body if is_object(call.body) else {}
        for name in body.keys() - {"phoneCountryCode"}:
            lacking = {key: value for key, value in body.items() if key != name}
            world.expect(INVALID_ARGUMENT.naming(name), attrs.evolve(call, body=lacking))
    world.expect(INVALID_REQUEST, look_into_mfa_token(""))


def _held_up(world: World, user: User) -> User:
    """Sign in with the user's password; return who goes on with the token of the demand."""
    world.mock.change_settings(mfaAtSignIn="always")
    username, password = world.login_of(user)
    demand: Outcome = MFA_REQUIRED.with_data(mfaToken=text)
    answer = world.expect(demand, sign_in_by_password({"username": username}, password))
    return User(world.field(answer, "mfaToken"))


def _needs_a_good_code(
    world: World,
    held_up: tuple[User, User],
    sent: Callable[[], PassCode],
    proof: Callable[[User, PassCode], ApiCall],
) -> None:
    """Expect what a pass code of any call is refused for; the codes live for 30 seconds."""
    one, other = held_up
    world.expect(NO_CODE, proof(one, PassCode("123456")))
    code = sent()
    wrong = proof(one, code.but_wrong())
    world.expect(WRONG_CODE, wrong)
    world.expect(WRONG_CODE, wrong)
    world.expect(BURNED_CODE, proof(one, code))
    code = sent()
    world.expect(OK, proof(other, code))
    world.expect(SPENT_CODE, proof(one, code))
    late = sent()
    world.advance(30)
    world.expect(EXPIRED_CODE, proof(one, late))


def _mailed(world: World, channel: str) -> PassCode:
    world.expect(OK, send_email(_MAIL, channel))
    return world.mock.mailed(_MAIL, channel)


def _by_app(held_up: User) -> Iterator[ApiCall]:
    yield prove_by_app(held_up, "123456")
    yield prove_by_app_as_the_js_sdk(held_up, "123456")
    yield prove_by_recovery_code(held_up, "some-code")


def _every_proof(held_up: User, phone: Phone) -> Iterator[ApiCall]:
    yield prove_by_sms(held_up, phone, PassCode("123456"))
    yield prove_by_email(held_up, _MAIL, PassCode("123456"))
    yield from _by_app(held_up)
