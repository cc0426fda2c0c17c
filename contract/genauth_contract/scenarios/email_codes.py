"""The codes that are mailed: what each does, and what it does not do."""

from __future__ import annotations

from genauth_contract.calls import get_profile
from genauth_contract.email_calls import (
    bind_email,
    pre_check_email_code,
    sign_in_by_email_pass_code,
    unbind_email,
)
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.requests import OK
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.mailing import (
    ADDRESS,
    ANOTHER,
    BIND,
    CODE_LIFETIME_SECONDS,
    LOGIN,
    UNBIND,
    mailed,
    user_with_email,
)
from genauth_contract.scenarios.reasons import NO_EMAIL_CALLS, NO_MAILBOX
from genauth_contract.world import World

_DOCS = "API reference, bind-email and its siblings"
_TWIN = "as for the phone twin"
_PRE_CHECK = "API reference, pre-check-code"


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def the_code_of_a_second_mail_binds_and_the_first_does_not(world: World) -> None:
    user = world.user_without_phone()
    older = mailed(world, ADDRESS, BIND)
    world.advance(61)
    newer = mailed(world, ADDRESS, BIND)
    world.expect(WRONG_CODE if older != newer else OK, bind_email(user, ADDRESS, older))
    if older != newer:
        world.expect(OK, bind_email(user, ADDRESS, newer))


@scenario(Evidence.DOCS, _PRE_CHECK, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_pre_check_tells_of_a_mailed_code_and_leaves_it_as_it_is(world: World) -> None:
    user = world.user_without_phone()
    code = mailed(world, ADDRESS, BIND)
    dead = OK.with_data(isValid=False)
    for _ in range(3):
        world.expect(dead, pre_check_email_code(ADDRESS, code.but_wrong(), BIND))
    world.expect(dead, pre_check_email_code(ADDRESS, code, UNBIND))
    world.expect(dead, pre_check_email_code(ANOTHER, code, BIND))
    world.expect(OK.with_data(isValid=True), pre_check_email_code(ADDRESS, code, BIND))
    world.expect(OK, bind_email(user, ADDRESS, code))
    world.expect(dead, pre_check_email_code(ADDRESS, code, BIND))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_code_mailed_to_another_address_binds_nothing(world: World) -> None:
    user = world.user_without_phone()
    world.expect(NO_CODE, bind_email(user, ANOTHER, mailed(world, ADDRESS, BIND)))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_code_mailed_for_binding_neither_unbinds_nor_signs_in(world: World) -> None:
    user = user_with_email(world)
    world.advance(61)
    code = mailed(world, ADDRESS, BIND)
    world.expect(NO_CODE, unbind_email(user, code))
    world.expect(NO_CODE, sign_in_by_email_pass_code(ADDRESS, code))
    world.expect(OK.with_data(email=ADDRESS), get_profile(user))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def dead_mailed_codes_sign_nobody_in(world: World) -> None:
    user_with_email(world)
    code = mailed(world, ADDRESS, LOGIN)
    world.expect(OK, sign_in_by_email_pass_code(ADDRESS, code))
    world.expect(SPENT_CODE, sign_in_by_email_pass_code(ADDRESS, code))
    world.advance(61)
    code = mailed(world, ADDRESS, LOGIN)
    world.expect(WRONG_CODE, sign_in_by_email_pass_code(ADDRESS, code.but_wrong()))
    world.expect(WRONG_CODE, sign_in_by_email_pass_code(ADDRESS, code.but_wrong()))
    world.expect(BURNED_CODE, sign_in_by_email_pass_code(ADDRESS, code))
    world.advance(61)
    code = mailed(world, ADDRESS, LOGIN)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, sign_in_by_email_pass_code(ADDRESS, code))
