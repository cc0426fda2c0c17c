"""Signing up: a new user, by password or by a texted code."""

from __future__ import annotations

import attrs

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import (
    sign_in_by_password,
    sign_in_by_phone_pass_code,
    sign_up_by_password,
    sign_up_by_phone_pass_code,
)
from genauth_contract.outcomes.accounts import USER_EXISTS, USERNAME_TAKEN
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import PassCode, User, is_object
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.email import ADDRESS, mailed
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS

REGISTER = "CHANNEL_REGISTER"
LOGIN = "CHANNEL_LOGIN"

_SIGN_UP = "API reference, signup"
_NOT_IN_SDK = "the SDK has no sign-up call"
_STAYS = "a user made on a live deployment stays there"
_PASSWORD = "a-new-password"  # noqa: S105 - the password of a user of one scenario


@scenario(Evidence.DOCS, _SIGN_UP, mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_user_signs_up_with_username_and_password(world: World) -> None:
    account = {"username": "newcomer"}
    made = OK.with_data(
        username="newcomer", phone=None, emailVerified=False, phoneVerified=False, loginsCount=0
    )
    profile = world.expect(made, sign_up_by_password(account, _PASSWORD)).data
    answer = world.expect(OK, sign_in_by_password(account, _PASSWORD))
    same = {name: profile.get(name) for name in ("userId", "username", "createdAt")}
    world.expect(OK.with_data(**same), get_profile(User(world.field(answer, "access_token"))))


@scenario(Evidence.DOCS, _SIGN_UP, mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_user_signs_up_with_a_texted_code(world: World) -> None:
    phone = world.fresh_phone()
    code = world.text(phone, REGISTER)
    signed_up = OK.with_data(
        phone=phone.number, phoneCountryCode=phone.country_code, phoneVerified=True
    )
    world.expect(signed_up, sign_up_by_phone_pass_code(phone, code))
    world.expect(SPENT_CODE, sign_up_by_phone_pass_code(phone, code))
    world.expect(OK, sign_in_by_phone_pass_code(phone, world.text(phone, LOGIN)))


@scenario(
    Evidence.ASSUMED, "a code is texted for one channel", mock_only=_STAYS, wire_only=_NOT_IN_SDK
)
def a_code_for_signing_in_signs_nobody_up(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(NO_CODE, sign_up_by_phone_pass_code(phone, world.text(phone, LOGIN)))


@scenario(Evidence.CLIENT, "JavaScript SDK's live test", mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_phone_that_has_a_user_cannot_sign_up_again(world: World) -> None:
    _, phone = world.user_with_phone()
    code = world.text(phone, REGISTER)
    world.expect(USER_EXISTS, sign_up_by_phone_pass_code(phone, code))


@scenario(Evidence.CLIENT, "V2 error list", mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_username_is_taken_once(world: World) -> None:
    account = {"username": "newcomer"}
    world.expect(OK, sign_up_by_password(account, _PASSWORD))
    world.expect(USERNAME_TAKEN, sign_up_by_password(account, _PASSWORD))


@scenario(Evidence.ASSUMED, "as for bind-phone", mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def bad_codes_sign_nobody_up(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(NO_CODE, sign_up_by_phone_pass_code(phone, PassCode("271828")))
    code = world.text(phone, REGISTER)
    world.expect(WRONG_CODE, sign_up_by_phone_pass_code(phone, code.but_wrong()))
    world.expect(WRONG_CODE, sign_up_by_phone_pass_code(phone, code.but_wrong()))
    world.expect(BURNED_CODE, sign_up_by_phone_pass_code(phone, code))
    code = world.text(phone, REGISTER)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, sign_up_by_phone_pass_code(phone, code))


@scenario(
    Evidence.DOCS,
    "API reference, get-profile: withCustomData",
    mock_only=_STAYS,
    wire_only=_NOT_IN_SDK,
)
def what_a_user_tells_at_sign_up_is_in_the_profile(world: World) -> None:
    account, custom = {"username": "newcomer"}, {"colour": "green"}
    told = {"nickname": "Cat", "customData": custom}
    payload = {**account, "password": _PASSWORD}
    body = {"connection": "PASSWORD", "passwordPayload": payload, "profile": told}
    world.expect(OK.with_data(nickname="Cat"), any_post("signup", body))
    answer = world.expect(OK, sign_in_by_password(account, _PASSWORD))
    usual = get_profile(User(world.field(answer, "access_token")))
    world.expect(OK.with_data(nickname="Cat", customData=None), usual)
    with_custom = attrs.evolve(usual, path=f"{usual.path}?withCustomData=true")
    world.expect(OK.with_data(customData=custom), with_custom)


@scenario(Evidence.ASSUMED, "channels by their names", mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_phone_named_at_sign_up_needs_a_code_of_its_own(world: World) -> None:
    phone = world.fresh_phone()
    code = world.text(phone, "CHANNEL_COMPLETE_PHONE")
    body = {
        "connection": "PASSWORD",
        "passwordPayload": {"username": "newcomer", "password": _PASSWORD},
        "profile": {"phone": phone.number},
    }
    name = "phonePassCodeForInformationCompletion"
    wrong = {**body, "options": {name: code.but_wrong().digits}}
    world.expect(INVALID_ARGUMENT.naming(name), any_post("signup", body))
    world.expect(WRONG_CODE, any_post("signup", wrong))
    verified = OK.with_data(phone=phone.number, phoneVerified=True)
    world.expect(verified, any_post("signup", {**body, "options": {name: code.digits}}))


@scenario(
    Evidence.DOCS, "API reference, signin: autoRegister", mock_only=_STAYS, wire_only=_NOT_IN_SDK
)
def signing_in_may_make_the_user(world: World) -> None:
    phone = world.fresh_phone()
    call = sign_in_by_phone_pass_code(phone, world.text(phone, LOGIN))
    body = {**call.body, "options": {"autoRegister": True}} if is_object(call.body) else {}
    answer = world.expect(OK, attrs.evolve(call, body=body))
    world.expect(
        OK.with_data(phone=phone.number), get_profile(User(world.field(answer, "access_token")))
    )


@scenario(Evidence.DOCS, _SIGN_UP, mock_only=_STAYS, wire_only=_NOT_IN_SDK)
def a_user_signs_up_with_a_mailed_code(world: World) -> None:
    code = mailed(world, ADDRESS, REGISTER)
    payload = {"email": ADDRESS, "passCode": code.digits}
    body = {"connection": "PASSCODE", "passCodePayload": payload}
    world.expect(OK.with_data(email=ADDRESS, emailVerified=True), any_post("signup", body))
    world.expect(SPENT_CODE, any_post("signup", body))


@scenario(Evidence.DOCS, _SIGN_UP, wire_only=_NOT_IN_SDK)
def signing_up_names_what_it_lacks(world: World) -> None:
    world.expect(INVALID_ARGUMENT.naming("connection"), any_post("signup", {}))
    body = {"connection": "PASSWORD", "passwordPayload": {"password": _PASSWORD}}
    world.expect(INVALID_ARGUMENT.naming("username"), any_post("signup", body))


@scenario(
    Evidence.ASSUMED,
    "what a mock cannot do, it says",
    mock_only="a live deployment can",
    wire_only=_NOT_IN_SDK,
)
def an_encrypted_password_at_sign_up_is_not_imitated(world: World) -> None:
    payload = {"username": "newcomer", "password": _PASSWORD}
    body = {
        "connection": "PASSWORD",
        "passwordPayload": payload,
        "options": {"passwordEncryptType": "sm2"},
    }
    world.expect(NOT_IMITATED, any_post("signup", body))
