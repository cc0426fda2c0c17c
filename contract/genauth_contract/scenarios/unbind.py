"""Unbinding a phone, and when it has to stay."""

from __future__ import annotations

from genauth_contract.api.call import BIND, UNBIND, any_post
from genauth_contract.api.calls.phone import bind_phone, unbind_phone
from genauth_contract.api.calls.profile import get_profile, get_security_info
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, PassCode
from genauth_contract.outcomes.phones import NO_PHONE_BOUND, ONLY_LOGIN_METHOD
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_UNBIND_PHONE = "API reference, unbind-phone"


@scenario(Evidence.DOCS, _UNBIND_PHONE)
def a_phone_is_unbound_with_a_code_texted_for_it(world: World) -> None:
    user, phone = world.user_with_phone()
    world.expect(OK.with_data(phoneBinded=True), get_security_info(user))
    world.expect(OK, unbind_phone(user, world.text(phone, UNBIND)))
    world.expect(OK.with_data(phone=None, phoneVerified=False), get_profile(user))
    world.expect(OK.with_data(phoneBinded=False), get_security_info(user))
    world.expect(NO_PHONE_BOUND, unbind_phone(user, PassCode("271828")))


@scenario(Evidence.ASSUMED, "a phone has at most one owner")
def an_unbound_phone_is_free_for_another_user(world: World) -> None:
    user, phone = world.user_with_phone()
    world.expect(OK, unbind_phone(user, world.text(phone, UNBIND)))
    world.expect(OK, bind_phone(world.another_user(), phone, world.text(phone)))


@scenario(Evidence.DOCS, _UNBIND_PHONE)
def a_wrong_code_unbinds_nothing(world: World) -> None:
    user, phone = world.user_with_phone()
    world.expect(WRONG_CODE, unbind_phone(user, world.text(phone, UNBIND).but_wrong()))
    world.expect(OK.with_data(phone=phone.number), get_profile(user))


@scenario(Evidence.ASSUMED, "a code is texted for one channel")
def a_code_for_binding_does_not_unbind(world: World) -> None:
    user, phone = world.user_with_phone()
    world.expect(NO_CODE, unbind_phone(user, world.text(phone, BIND)))


@scenario(Evidence.DOCS, _UNBIND_PHONE)
def an_expired_code_unbinds_nothing(world: World) -> None:
    user, phone = world.user_with_phone()
    code = world.text(phone, UNBIND)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, unbind_phone(user, code))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def a_burned_code_unbinds_nothing(world: World) -> None:
    user, phone = world.user_with_phone()
    code = world.text(phone, UNBIND)
    world.expect(WRONG_CODE, unbind_phone(user, code.but_wrong()))
    world.expect(WRONG_CODE, unbind_phone(user, code.but_wrong()))
    world.expect(BURNED_CODE, unbind_phone(user, code))


@scenario(Evidence.ASSUMED, "a code works once")
def a_code_unbinds_only_once(world: World) -> None:
    user, phone = world.user_with_phone()
    code = world.text(phone, UNBIND)
    world.expect(OK, unbind_phone(user, code))
    world.expect(OK, bind_phone(user, phone, world.text(phone)))
    world.expect(SPENT_CODE, unbind_phone(user, code))


@scenario(Evidence.CLIENT, "mobile SDK's live test of a user without a phone")
def a_user_without_a_phone_has_nothing_to_unbind(world: World) -> None:
    user = world.user_without_phone()
    world.expect(NO_PHONE_BOUND, unbind_phone(user, PassCode("271828")))


@scenario(
    Evidence.DOCS,
    _UNBIND_PHONE,
    mock_only="a live user whose only way in is the phone could not be put back",
)
def the_only_way_to_sign_in_stays_bound(world: World) -> None:
    phone = world.fresh_phone()
    user = world.mock.user(phoneNumber=phone.number)
    world.expect(ONLY_LOGIN_METHOD, unbind_phone(user, world.text(phone, UNBIND)))
    world.expect(OK.with_data(phone=phone.number), get_profile(user))


@scenario(Evidence.DOCS, _UNBIND_PHONE, wire_only=WANTS_SIGN_IN)
def unbinding_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, unbind_phone(NOBODY, PassCode("271828")))


@scenario(Evidence.DOCS, _UNBIND_PHONE, wire_only=MALFORMED)
def unbinding_without_a_code_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("unbind-phone", {}, user))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_cannot_unbind(world: World) -> None:
    phone = world.fresh_phone()
    user = world.mock.user(username="asleep", phoneNumber=phone.number, status="Suspended")
    world.expect(USER_SUSPENDED, unbind_phone(user, world.text(phone, UNBIND)))
