"""The e-mail twins of the phone calls: the same life, other channels and other refusals."""

from __future__ import annotations

from genauth_contract.calls import (
    any_post,
    bind_email,
    get_profile,
    get_security_info,
    pre_check_email_code,
    send_email,
    sign_in_by_email_pass_code,
    unbind_email,
    update_email,
    verify_update_email_request,
)
from genauth_contract.catalogue import (
    BURNED_CODE,
    EMAIL_SENT_TOO_RECENTLY,
    EMAIL_TAKEN,
    EXPIRED_CODE,
    HAS_EMAIL_ALREADY,
    INVALID_ARGUMENT,
    NO_CODE,
    NO_EMAIL_BOUND,
    NOT_SIGNED_IN,
    OK,
    OLD_EMAIL_MISMATCH,
    OLD_EMAIL_UNVERIFIED,
    ONLY_LOGIN_METHOD_EMAIL,
    SAME_EMAIL,
    SPENT_CODE,
    UNKNOWN_USER,
    UPDATE_TOKEN_INVALID,
    USER_SUSPENDED,
    WRONG_CODE,
)
from genauth_contract.evidence import Evidence
from genauth_contract.people import NOBODY, PassCode, User
from genauth_contract.scenario import scenario
from genauth_contract.world import World

BIND = "CHANNEL_BIND_EMAIL"
UNBIND = "CHANNEL_UNBIND_EMAIL"
UPDATE = "CHANNEL_UPDATE_EMAIL"
LOGIN = "CHANNEL_LOGIN"

ADDRESS = "someone@example.com"
ANOTHER = "another@example.com"

CODE_LIFETIME_SECONDS = 300
"""Source: API reference, send-email template: expiresIn 300."""

_NO_MAILBOX = "no mailbox of a live account is read"
_NOT_IN_SDK = "the SDK has no e-mail calls"
_DOCS = "API reference, bind-email and its siblings"
_TWIN = "as for the phone twin"


def _mail(world: World, email: str, channel: str) -> PassCode:
    """Have a code mailed and give it."""
    world.expect(OK, send_email(email, channel))
    return world.mock.mailed(email, channel)


def _user_with_email(world: World) -> User:
    """Give a user who has an address bound, and another way to sign in."""
    user = world.user_without_phone()
    world.expect(OK, bind_email(user, ADDRESS, _mail(world, ADDRESS, BIND)))
    return user


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_mailed_code_binds_the_address(world: World) -> None:
    user = _user_with_email(world)
    world.expect(OK.with_data(email=ADDRESS, emailVerified=True), get_profile(user))
    world.expect(OK.with_data(emailBinded=True), get_security_info(user))


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_second_mail_within_a_minute_is_refused(world: World) -> None:
    _mail(world, ADDRESS, BIND)
    world.expect(EMAIL_SENT_TOO_RECENTLY, send_email(ADDRESS, BIND))
    world.advance(61)
    world.expect(OK, send_email(ADDRESS, BIND))


@scenario(Evidence.DOCS, "API reference, send-email", mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def the_case_of_an_address_does_not_matter(world: World) -> None:
    user = world.user_without_phone()
    code = _mail(world, ADDRESS, BIND)
    world.expect(OK, bind_email(user, ADDRESS.upper(), code))


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_mailed_code_lives_five_minutes_and_no_longer(world: World) -> None:
    user = world.user_without_phone()
    code = _mail(world, ADDRESS, BIND)
    world.advance(CODE_LIFETIME_SECONDS - 5)
    valid = OK.with_data(isValid=True)
    world.expect(valid, pre_check_email_code(ADDRESS, code, BIND))
    world.advance(6)
    world.expect(EXPIRED_CODE, bind_email(user, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_mailed_code_works_once(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    code = _mail(world, ADDRESS, BIND)
    world.expect(OK, bind_email(user, ADDRESS, code))
    world.expect(SPENT_CODE, bind_email(other, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def two_wrong_attempts_burn_a_mailed_code(world: World) -> None:
    user = world.user_without_phone()
    code = _mail(world, ADDRESS, BIND)
    world.expect(WRONG_CODE, bind_email(user, ADDRESS, code.but_wrong()))
    world.expect(WRONG_CODE, bind_email(user, ADDRESS, code.but_wrong()))
    world.expect(BURNED_CODE, bind_email(user, ADDRESS, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_code_mailed_for_another_channel_binds_nothing(world: World) -> None:
    user = world.user_without_phone()
    world.expect(NO_CODE, bind_email(user, ADDRESS, _mail(world, ADDRESS, LOGIN)))


@scenario(Evidence.CLIENT, "text: production code", mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def an_address_of_another_user_is_refused(world: World) -> None:
    _user_with_email(world)
    world.advance(61)
    code = _mail(world, ADDRESS, BIND)
    world.expect(EMAIL_TAKEN, bind_email(world.another_user(), ADDRESS, code))


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_user_who_has_an_address_cannot_bind_a_second_one(world: World) -> None:
    user = _user_with_email(world)
    code = _mail(world, ANOTHER, BIND)
    world.expect(HAS_EMAIL_ALREADY, bind_email(user, ANOTHER, code))


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def an_address_is_unbound_with_a_code_mailed_for_it(world: World) -> None:
    user = _user_with_email(world)
    code = _mail(world, ADDRESS, UNBIND)
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(OK, unbind_email(user, code))
    world.expect(OK.with_data(email=None, emailVerified=False), get_profile(user))
    world.expect(NO_EMAIL_BOUND, unbind_email(user, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def dead_codes_unbind_no_address(world: World) -> None:
    user = _user_with_email(world)
    world.expect(NO_CODE, unbind_email(user, PassCode("271828")))
    code = _mail(world, ADDRESS, UNBIND)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, unbind_email(user, code))
    code = _mail(world, ADDRESS, UNBIND)
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(WRONG_CODE, unbind_email(user, code.but_wrong()))
    world.expect(BURNED_CODE, unbind_email(user, code))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_mailed_code_unbinds_only_once(world: World) -> None:
    user = _user_with_email(world)
    code = _mail(world, ADDRESS, UNBIND)
    world.expect(OK, unbind_email(user, code))
    world.advance(61)
    world.expect(OK, bind_email(user, ADDRESS, _mail(world, ADDRESS, BIND)))
    world.expect(SPENT_CODE, unbind_email(user, code))


@scenario(Evidence.CLIENT, "V2 live test", mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def the_only_way_to_sign_in_by_mail_stays_bound(world: World) -> None:
    user = world.mock.user(email=ADDRESS)
    world.expect(ONLY_LOGIN_METHOD_EMAIL, unbind_email(user, _mail(world, ADDRESS, UNBIND)))


@scenario(Evidence.DOCS, _DOCS, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def an_address_is_changed_once_both_are_proved(world: World) -> None:
    user = _user_with_email(world)
    codes = (ANOTHER, _mail(world, ANOTHER, UPDATE)), (ADDRESS, _mail(world, ADDRESS, UPDATE))
    permitted = OK.with_data(tokenExpiresIn=60)
    answer = world.expect(permitted, verify_update_email_request(user, *codes))
    token = world.field(answer, "updateEmailToken")
    world.expect(OK, update_email(user, token))
    world.expect(OK.with_data(email=ANOTHER), get_profile(user))
    world.expect(UPDATE_TOKEN_INVALID, update_email(user, token))
    world.expect(SPENT_CODE, verify_update_email_request(user, (ADDRESS, codes[1][1]), codes[0]))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_change_of_address_is_refused_for_the_same_reasons_as_of_a_phone(world: World) -> None:
    user = _user_with_email(world)
    new, old = _mail(world, ANOTHER, UPDATE), _mail(world, ADDRESS, UPDATE)
    same = verify_update_email_request(user, (ADDRESS, old), (ADDRESS, old))
    world.expect(SAME_EMAIL, same)
    stranger = ("stranger@example.com", old)
    world.expect(OLD_EMAIL_MISMATCH, verify_update_email_request(user, (ANOTHER, new), stranger))
    world.expect(OLD_EMAIL_UNVERIFIED, verify_update_email_request(user, (ANOTHER, new), None))
    wrong = (ANOTHER, new.but_wrong())
    world.expect(WRONG_CODE, verify_update_email_request(user, wrong, (ADDRESS, old)))
    world.expect(WRONG_CODE, verify_update_email_request(user, wrong, (ADDRESS, old)))
    burned = verify_update_email_request(user, (ANOTHER, new), (ADDRESS, old))
    world.expect(BURNED_CODE, burned)
    third = ("third@example.com", new)
    world.expect(NO_CODE, verify_update_email_request(user, third, (ADDRESS, old)))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def expired_codes_prove_no_address(world: World) -> None:
    user = _user_with_email(world)
    codes = (ANOTHER, _mail(world, ANOTHER, UPDATE)), (ADDRESS, _mail(world, ADDRESS, UPDATE))
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, verify_update_email_request(user, *codes))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def an_address_taken_by_another_user_cannot_become_the_new_one(world: World) -> None:
    user = _user_with_email(world)
    other = world.another_user()
    codes = (ANOTHER, _mail(world, ANOTHER, UPDATE)), (ADDRESS, _mail(world, ADDRESS, UPDATE))
    answer = world.expect(OK, verify_update_email_request(user, *codes))
    world.expect(OK, bind_email(other, ANOTHER, _mail(world, ANOTHER, BIND)))
    token = world.field(answer, "updateEmailToken")
    world.expect(EMAIL_TAKEN, update_email(user, token))
    world.advance(61)
    codes = (ANOTHER, _mail(world, ANOTHER, UPDATE)), (ADDRESS, _mail(world, ADDRESS, UPDATE))
    world.expect(EMAIL_TAKEN, verify_update_email_request(user, *codes))


@scenario(Evidence.DOCS, "API reference, signin", mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_user_signs_in_with_a_mailed_code(world: World) -> None:
    _user_with_email(world)
    code = _mail(world, ADDRESS, LOGIN)
    answer = world.expect(OK, sign_in_by_email_pass_code(ADDRESS, code))
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(email=ADDRESS), get_profile(signed_in))
    world.expect(UNKNOWN_USER, sign_in_by_email_pass_code(ANOTHER, _mail(world, ANOTHER, LOGIN)))


@scenario(Evidence.DOCS, _DOCS, wire_only=_NOT_IN_SDK)
def email_calls_without_signing_in_are_refused(world: World) -> None:
    code = PassCode("271828")
    world.expect(NOT_SIGNED_IN, bind_email(NOBODY, ADDRESS, code))
    world.expect(NOT_SIGNED_IN, unbind_email(NOBODY, code))
    world.expect(NOT_SIGNED_IN, update_email(NOBODY, "made-up-update-token"))
    world.expect(NOT_SIGNED_IN, verify_update_email_request(NOBODY, (ADDRESS, code), None))


@scenario(Evidence.DOCS, _DOCS, wire_only=_NOT_IN_SDK)
def malformed_email_calls_name_the_field(world: World) -> None:
    user = world.user_without_phone()
    expected = INVALID_ARGUMENT
    world.expect(expected.naming("email", "channel"), any_post("send-email", {}))
    world.expect(expected.naming("email", "passCode"), any_post("bind-email", {}, user))
    world.expect(expected.naming("passCode"), any_post("unbind-email", {}, user))
    world.expect(expected.naming("updateEmailToken"), any_post("update-email", {}, user))
    proof = any_post("verify-update-email-request", {}, user)
    world.expect(expected.naming("verifyMethod", "emailPassCodePayload"), proof)


@scenario(Evidence.ASSUMED, _TWIN, mock_only=_NO_MAILBOX, wire_only=_NOT_IN_SDK)
def a_suspended_user_changes_no_address(world: World) -> None:
    user, code = world.mock.user(username="asleep", status="Suspended"), PassCode("271828")
    world.expect(USER_SUSPENDED, bind_email(user, ADDRESS, code))
    world.expect(USER_SUSPENDED, unbind_email(user, code))
    world.expect(USER_SUSPENDED, update_email(user, "made-up-update-token"))
    world.expect(USER_SUSPENDED, verify_update_email_request(user, (ADDRESS, code), None))
