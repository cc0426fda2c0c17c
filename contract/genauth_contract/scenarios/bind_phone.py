"""Binding a phone: the codes that do, and the ones that do not."""

from __future__ import annotations

from genauth_contract.api.call import BIND, LOGIN, any_post
from genauth_contract.api.calls.phone import bind_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, PassCode, User
from genauth_contract.outcomes.phones import HAS_PHONE_ALREADY, PHONE_TAKEN
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.access_token import LONGER_THAN_ANY_TOKEN_SECONDS
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_BIND_PHONE = "API reference, bind-phone"


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_texted_code_binds_the_phone(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(OK, bind_phone(user, phone, world.text(phone)))
    bound = OK.with_data(
        phone=phone.number, phoneCountryCode=phone.country_code, phoneVerified=True
    )
    world.expect(bound, get_profile(user))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_mainland_number_needs_no_country_calling_code(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number, "passCode": world.text(phone).digits}
    world.expect(OK, any_post("bind-phone", body, user))
    world.expect(OK.with_data(phone=phone.number), get_profile(user))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_wrong_code_binds_nothing(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    wrong = world.text(phone).but_wrong()
    world.expect(WRONG_CODE, bind_phone(user, phone, wrong))
    world.expect(OK.with_data(phoneVerified=False, phone=None), get_profile(user))


@scenario(Evidence.DOCS, "management API reference, verifyCodeMaxAttempts")
def the_right_code_still_works_after_one_wrong_attempt(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(WRONG_CODE, bind_phone(user, phone, code.but_wrong()))
    world.expect(OK, bind_phone(user, phone, code))


@scenario(Evidence.DOCS, "management API reference, verifyCodeMaxAttempts")
def a_second_wrong_attempt_burns_the_code(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(WRONG_CODE, bind_phone(user, phone, code.but_wrong()))
    world.expect(WRONG_CODE, bind_phone(user, phone, code.but_wrong()))
    world.expect(BURNED_CODE, bind_phone(user, phone, code))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_code_works_until_its_last_second(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.advance_since_text(CODE_LIFETIME_SECONDS - 5)
    world.expect(OK, bind_phone(user, phone, code))


@scenario(Evidence.DOCS, _BIND_PHONE)
def an_expired_code_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, bind_phone(user, phone, code))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_used_code_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(OK, bind_phone(user, phone, code))
    world.expect(SPENT_CODE, bind_phone(world.another_user(), phone, code))


@scenario(Evidence.ASSUMED, "a code is texted for one channel")
def a_code_for_another_channel_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(NO_CODE, bind_phone(user, phone, world.text(phone, LOGIN)))


@scenario(Evidence.ASSUMED, "a code is texted to one phone")
def a_code_for_another_phone_is_refused(world: World) -> None:
    user, phone, other = world.user_without_phone(), world.fresh_phone(), world.fresh_phone()
    world.expect(NO_CODE, bind_phone(user, other, world.text(phone)))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_code_that_was_never_texted_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.expect(NO_CODE, bind_phone(user, phone, PassCode("271828")))


@scenario(
    Evidence.ASSUMED,
    "the newest text is the one that counts",
    mock_only="on a live target a code lives no longer than the resend gap, as far as is known",
)
def a_newer_text_voids_the_older_code(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.mock.change_settings(passCodeLifetimeSeconds=CODE_LIFETIME_SECONDS * 5)
    older = world.text(phone)
    newer = world.text(phone)
    expected = WRONG_CODE if older != newer else OK
    world.expect(expected, bind_phone(user, phone, older))
    if older != newer:
        world.expect(OK, bind_phone(user, phone, newer))


@scenario(Evidence.DOCS, _BIND_PHONE)
def the_code_of_a_second_text_binds_too(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.text(phone)
    world.expect(OK, bind_phone(user, phone, world.text(phone)))
    world.expect(OK.with_data(phone=phone.number, phoneVerified=True), get_profile(user))


@scenario(Evidence.CLIENT, "captured V2 answers of 2021; mobile SDK documentation")
def a_phone_of_another_user_is_refused(world: World) -> None:
    user, taken = world.user_without_phone(), world.phone_taken_by_other()
    world.expect(PHONE_TAKEN, bind_phone(user, taken, world.text(taken)))
    world.expect(OK.with_data(phoneVerified=False, phone=None), get_profile(user))


@scenario(Evidence.ASSUMED, "the code is looked at before the phone; found by a random story")
def a_code_tried_on_a_taken_phone_is_used_up(world: World) -> None:
    user, taken = world.user_without_phone(), world.phone_taken_by_other()
    code = world.text(taken)
    world.expect(PHONE_TAKEN, bind_phone(user, taken, code))
    world.expect(SPENT_CODE, bind_phone(user, taken, code))


@scenario(Evidence.DOCS, _BIND_PHONE)
def a_user_who_has_a_phone_cannot_bind_a_second_one(world: World) -> None:
    user, phone = world.user_with_phone()
    second = world.fresh_phone()
    world.expect(HAS_PHONE_ALREADY, bind_phone(user, second, world.text(second)))
    world.expect(OK.with_data(phone=phone.number), get_profile(user))


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only=WANTS_SIGN_IN)
def binding_without_signing_in_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(NOT_SIGNED_IN, bind_phone(NOBODY, phone, PassCode("271828")))


@scenario(Evidence.DOCS, _BIND_PHONE)
def binding_with_a_made_up_token_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    stranger = User("made-up-access-token")
    world.expect(NOT_SIGNED_IN, bind_phone(stranger, phone, PassCode("271828")))


@scenario(
    Evidence.DOCS,
    "API reference, signin: expires_in",
    mock_only="waiting for a live access token to expire takes hours",
)
def binding_with_an_expired_token_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.advance(LONGER_THAN_ANY_TOKEN_SECONDS)
    world.expect(NOT_SIGNED_IN, bind_phone(user, phone, world.text(phone)))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_cannot_bind(world: World) -> None:
    user = world.mock.user(username="asleep", password="locked-away", status="Suspended")  # noqa: S106 - the user of one scenario
    phone = world.fresh_phone()
    world.expect(USER_SUSPENDED, bind_phone(user, phone, world.text(phone)))


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only=MALFORMED)
def binding_without_a_code_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only=MALFORMED)
def binding_without_a_phone_number_is_refused(world: World) -> None:
    user = world.user_without_phone()
    body = {"passCode": "271828"}
    world.expect(INVALID_ARGUMENT.naming("phoneNumber"), any_post("bind-phone", body, user))


@scenario(Evidence.CLIENT, "mobile SDK live test: an empty code gives 400", wire_only=MALFORMED)
def an_empty_code_is_malformed(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number, "passCode": ""}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.ASSUMED, "as for a missing field", wire_only=MALFORMED)
def a_code_that_is_a_number_is_malformed(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number, "passCode": 271828}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.ASSUMED, "every wrong field is named at once", wire_only=MALFORMED)
def every_missing_field_is_named(world: World) -> None:
    expected = INVALID_ARGUMENT.naming("phoneNumber", "passCode")
    world.expect(expected, any_post("bind-phone", {}, world.user_without_phone()))


@scenario(Evidence.ASSUMED, "servers of this kind drop what they do not know", wire_only=MALFORMED)
def fields_the_api_does_not_know_are_ignored(world: World) -> None:
    phone = world.fresh_phone()
    body = {"channel": BIND, "phoneNumber": phone.number, "colour": "green"}
    world.expect(OK, any_post("send-sms", body))
