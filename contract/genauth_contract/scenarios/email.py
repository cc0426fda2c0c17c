"""E-mail addresses as the twins of phones: bound, unbound and signed in with; other channels and refusals."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.email import (
    bind_email,
    pre_check_email_code,
    send_email,
    unbind_email,
    update_email,
    verify_update_email_request,
)
from genauth_contract.api.calls.profile import get_profile, get_security_info
from genauth_contract.api.calls.sign_in import sign_in_by_email_pass_code
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, UNKNOWN_USER, USER_SUSPENDED
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.emails import (
    EMAIL_SENT_TOO_RECENTLY,
    EMAIL_TAKEN,
    HAS_EMAIL_ALREADY,
    NO_EMAIL_BOUND,
    ONLY_LOGIN_METHOD_EMAIL,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, PassCode, User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import NO_EMAIL_CALLS, NO_MAILBOX

BIND = "CHANNEL_BIND_EMAIL"
UNBIND = "CHANNEL_UNBIND_EMAIL"
LOGIN = "CHANNEL_LOGIN"

ADDRESS = "someone@example.com"
ANOTHER = "another@example.com"

CODE_LIFETIME_SECONDS = 300
"""Source: API reference, send-email template: expiresIn 300."""


def mailed(world: World, email: str, channel: str) -> PassCode:
    """Return a code that was just mailed."""
    world.expect(OK, send_email(email, channel))
    return world.mock.mailed(email, channel)


def user_with_email(world: World) -> User:
    """Return a user who has an address bound, and another way to sign in."""
    user = world.user_without_phone()
    world.expect(OK, bind_email(user, ADDRESS, mailed(world, ADDRESS, BIND)))
    return user


_DOCS = "API reference, bind-email and its siblings"
_TWIN = "as for the phone twin"


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_mailed_code_binds_the_address(world: World) -> None:
    user = user_with_email(world)
    world.expect(OK.with_data(email=ADDRESS, emailVerified=True), get_profile(user))
    world.expect(OK.with_data(emailBinded=True), get_security_info(user))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_second_mail_within_a_minute_is_refused(world: World) -> None:
    mailed(world, ADDRESS, BIND)
    world.expect(EMAIL_SENT_TOO_RECENTLY, send_email(ADDRESS, BIND))
    world.advance(61)
    world.expect(OK, send_email(ADDRESS, BIND))


@scenario(
    Evidence.DOCS, "API reference, send-email", mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS
)
def the_case_of_an_address_does_not_matter(world: World) -> None:
    user = world.user_without_phone()
    code = mailed(world, ADDRESS, BIND)
    world.expect(OK, bind_email(user, ADDRESS.upper(), code))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_mailed_code_lives_five_minutes_and_no_longer(world: World) -> None:
    user = world.user_without_phone()
    code = mailed(world, ADDRESS, BIND)
    world.advance(CODE_LIFETIME_SECONDS - 5)
    valid = OK.with_data(isValid=True)
    world.expect(valid, pre_check_email_code(ADDRESS, code, BIND))
    world.advance(6)
    world.expect(EXPIRED_CODE, bind_email(user, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_mailed_code_works_once(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    code = mailed(world, ADDRESS, BIND)
    world.expect(OK, bind_email(user, ADDRESS, code))
    world.expect(SPENT_CODE, bind_email(other, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def two_wrong_attempts_burn_a_mailed_code(world: World) -> None:
    user = world.user_without_phone()
    code = mailed(world, ADDRESS, BIND)
    world.expect(WRONG_CODE, bind_email(user, ADDRESS, code.but_wrong()))
    world.expect(WRONG_CODE, bind_email(user, ADDRESS, code.but_wrong()))
    world.expect(BURNED_CODE, bind_email(user, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_code_mailed_for_another_channel_binds_nothing(world: World) -> None:
    user = world.user_without_phone()
    world.expect(NO_CODE, bind_email(user, ADDRESS, mailed(world, ADDRESS, LOGIN)))


@scenario(Evidence.CLIENT, "text: production code", mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def an_address_of_another_user_is_refused(world: World) -> None:
    user_with_email(world)
    world.advance(61)
    code = mailed(world, ADDRESS, BIND)
    world.expect(EMAIL_TAKEN, bind_email(world.another_user(), ADDRESS, code))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_user_who_has_an_address_cannot_bind_a_second_one(world: World) -> None:
    user = user_with_email(world)
    code = mailed(world, ANOTHER, BIND)
    world.expect(HAS_EMAIL_ALREADY, bind_email(user, ANOTHER, code))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def an_address_is_unbound_with_a_code_mailed_for_it(world: World) -> None:
    user = user_with_email(world)
    code = mailed(world, ADDRESS, UNBIND)
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(OK, unbind_email(user, code))
    world.expect(OK.with_data(email=None, emailVerified=False), get_profile(user))
    world.expect(NO_EMAIL_BOUND, unbind_email(user, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def dead_codes_unbind_no_address(world: World) -> None:
    user = user_with_email(world)
    world.expect(NO_CODE, unbind_email(user, PassCode("271828")))
    code = mailed(world, ADDRESS, UNBIND)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, unbind_email(user, code))
    code = mailed(world, ADDRESS, UNBIND)
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(BURNED_CODE, unbind_email(user, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_mailed_code_unbinds_only_once(world: World) -> None:
    user = user_with_email(world)
    code = mailed(world, ADDRESS, UNBIND)
    world.expect(OK, unbind_email(user, code))
    world.advance(61)
    world.expect(OK, bind_email(user, ADDRESS, mailed(world, ADDRESS, BIND)))
    world.expect(SPENT_CODE, unbind_email(user, code))


@scenario(Evidence.CLIENT, "V2 live test", mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def the_only_way_to_sign_in_by_mail_stays_bound(world: World) -> None:
    user = world.mock.user(email=ADDRESS)
    world.expect(ONLY_LOGIN_METHOD_EMAIL, unbind_email(user, mailed(world, ADDRESS, UNBIND)))


@scenario(Evidence.DOCS, "API reference, signin", mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_user_signs_in_with_a_mailed_code(world: World) -> None:
    user_with_email(world)
    code = mailed(world, ADDRESS, LOGIN)
    answer = world.expect(OK, sign_in_by_email_pass_code(ADDRESS, code))
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(email=ADDRESS), get_profile(signed_in))
    world.expect(UNKNOWN_USER, sign_in_by_email_pass_code(ANOTHER, mailed(world, ANOTHER, LOGIN)))


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


@scenario(Evidence.DOCS, _DOCS, wire_only=NO_EMAIL_CALLS)
def email_calls_without_signing_in_are_refused(world: World) -> None:
    code = PassCode("271828")
    world.expect(NOT_SIGNED_IN, bind_email(NOBODY, ADDRESS, code))
    world.expect(NOT_SIGNED_IN, unbind_email(NOBODY, code))
    world.expect(NOT_SIGNED_IN, update_email(NOBODY, "made-up-update-token"))
    world.expect(NOT_SIGNED_IN, verify_update_email_request(NOBODY, (ADDRESS, code), None))


@scenario(Evidence.DOCS, _DOCS, wire_only=NO_EMAIL_CALLS)
def malformed_email_calls_name_the_field(world: World) -> None:
    user = world.user_without_phone()
    expected = INVALID_ARGUMENT
    world.expect(expected.naming("email", "channel"), any_post("send-email", {}))
    world.expect(expected.naming("email", "passCode"), any_post("bind-email", {}, user))
    world.expect(expected.naming("passCode"), any_post("unbind-email", {}, user))
    world.expect(expected.naming("updateEmailToken"), any_post("update-email", {}, user))
    proof = any_post("verify-update-email-request", {}, user)
    world.expect(expected.naming("verifyMethod", "emailPassCodePayload"), proof)


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_suspended_user_changes_no_address(world: World) -> None:
    user, code = world.mock.user(username="asleep", status="Suspended"), PassCode("271828")
    world.expect(USER_SUSPENDED, bind_email(user, ADDRESS, code))
    world.expect(USER_SUSPENDED, unbind_email(user, code))
    world.expect(USER_SUSPENDED, update_email(user, "made-up-update-token"))
    world.expect(USER_SUSPENDED, verify_update_email_request(user, (ADDRESS, code), None))
