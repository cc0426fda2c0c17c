"""Asking whether a code would do, without using it."""

from __future__ import annotations

from genauth_contract.api.call import BIND, LOGIN, any_post
from genauth_contract.api.calls.phone import bind_phone, pre_check_code
from genauth_contract.outcomes.codes import SPENT_CODE, WRONG_CODE
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import PassCode
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED

_PRE_CHECK = "API reference, pre-check-code"
_V2_TWIN = "the V2 twin answers 200 with the validity in data"

_NEVER_TEXTED = "CHANNEL_IDENTITY_VERIFICATION"
"""No scenario texts for it: the answer does not depend on what was played on the phone before."""


@scenario(Evidence.DOCS, _PRE_CHECK)
def a_pre_check_does_not_use_the_code_up(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(OK.with_data(isValid=True), pre_check_code(phone, code, BIND))
    world.expect(OK.with_data(isValid=True), pre_check_code(phone, code, BIND))
    world.expect(OK, bind_phone(user, phone, code))


@scenario(Evidence.ASSUMED, _V2_TWIN)
def a_pre_check_says_that_a_wrong_code_would_not_do(world: World) -> None:
    phone = world.fresh_phone()
    wrong = world.text(phone).but_wrong()
    told = {"message": WRONG_CODE.default.message} if world.checker.exact else {}
    world.expect(OK.with_data(isValid=False, **told), pre_check_code(phone, wrong, BIND))


@scenario(Evidence.ASSUMED, _V2_TWIN)
def a_pre_check_says_that_a_code_for_another_channel_would_not_do(world: World) -> None:
    phone = world.fresh_phone()
    code = world.text(phone, LOGIN)
    world.expect(OK.with_data(isValid=False), pre_check_code(phone, code, _NEVER_TEXTED))


@scenario(Evidence.ASSUMED, _V2_TWIN)
def a_pre_check_says_that_a_used_code_would_not_do(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(OK, bind_phone(user, phone, code))
    world.expect(OK.with_data(isValid=False), pre_check_code(phone, code, BIND))
    world.expect(SPENT_CODE, bind_phone(world.another_user(), phone, code))


@scenario(Evidence.ASSUMED, _V2_TWIN)
def a_pre_check_says_that_an_expired_code_would_not_do(world: World) -> None:
    phone = world.fresh_phone()
    code = world.text(phone)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(OK.with_data(isValid=False), pre_check_code(phone, code, BIND))


@scenario(Evidence.ASSUMED, "looking is not trying")
def wrong_pre_checks_do_not_burn_the_code(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    for _ in range(3):
        world.expect(OK.with_data(isValid=False), pre_check_code(phone, code.but_wrong(), BIND))
    world.expect(OK, bind_phone(user, phone, code))


@scenario(Evidence.DOCS, _PRE_CHECK, wire_only=MALFORMED)
def a_pre_check_needs_a_code_type(world: World) -> None:
    world.expect(INVALID_ARGUMENT.naming("codeType"), any_post("pre-check-code", {}))


@scenario(Evidence.DOCS, _PRE_CHECK, wire_only=MALFORMED)
def a_pre_check_calls_the_number_phone(world: World) -> None:
    phone, code = world.fresh_phone(), PassCode("271828")
    payload = {"phoneNumber": phone.number, "passCode": code.digits, "channel": BIND}
    body = {"codeType": "SMS", "smsCodePayload": payload}
    world.expect(INVALID_ARGUMENT.naming("phone"), any_post("pre-check-code", body))
