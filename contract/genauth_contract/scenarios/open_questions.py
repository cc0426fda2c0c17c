"""What only the live API can say: played on the mock as it answers today, learned on live.

The numbers are those of the open questions listed in docs/contract.md.
"""

from __future__ import annotations

import attrs

from genauth_contract.api.call import BIND, LOGIN, UNBIND, any_post
from genauth_contract.api.calls.phone import (
    bind_phone,
    pre_check_code,
    send_sms,
    unbind_phone,
    verify_update_phone_request,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.api.calls.sign_in_activity import login_history
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    NO_CODE,
    SENT_TOO_RECENTLY,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import (
    NOBODY,
    PassCode,
    Phone,
    User,
)
from genauth_contract.outcomes.outcome import ExpectedReply
from genauth_contract.outcomes.phones import PHONE_TAKEN
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import UNSENT
from genauth_contract.scenarios.sign_in import ACCESS_TOKEN_LIFETIME_SECONDS

_NOBODY_KNOWS = "no source; the mock's default is an assumption"


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=1)
def what_a_used_code_is_answered(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    world.expect(OK, bind_phone(user, phone, code))
    world.expect(SPENT_CODE.as_question(), bind_phone(world.another_user(), phone, code))


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=2)
def whether_a_wrong_code_tells_that_a_phone_is_taken(world: World) -> None:
    user, taken = world.user_without_phone(), world.phone_taken_by_other()
    code = world.text(taken)
    world.expect(WRONG_CODE.as_question(), bind_phone(user, taken, code.but_wrong()))
    world.expect(PHONE_TAKEN.as_question(), bind_phone(user, taken, code))


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=3)
def whether_pre_checks_count_as_attempts(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    wrong = code.but_wrong()
    world.expect(OK.as_question(), pre_check_code(phone, wrong, BIND))
    world.expect(WRONG_CODE.as_question(), bind_phone(user, phone, wrong))
    world.expect(WRONG_CODE.as_question(), bind_phone(user, phone, wrong))
    world.expect(BURNED_CODE.as_question(), bind_phone(user, phone, code))


@scenario(Evidence.UNKNOWN, "a guide says five minutes, two remarks say one", question=4)
def whether_a_code_outlives_its_minute(world: World) -> None:
    phone = world.fresh_phone()
    code = world.text(phone)
    world.advance(61)
    alive, dead = (
        OK.with_data(isValid=valid) if world.checker.exact else OK for valid in (True, False)
    )
    world.expect(alive.as_question(), pre_check_code(phone, code, BIND))
    world.text(phone)
    world.expect(dead.as_question(), pre_check_code(phone, code, BIND))


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=5)
def whether_a_code_belongs_to_who_asked_for_it(world: World) -> None:
    user, other, phone = world.user_without_phone(), world.another_user(), world.fresh_phone()
    world.expect(OK, attrs.evolve(send_sms(phone, BIND), user=user))
    code = world.fixtures.texted(phone, BIND)
    world.expect(OK.as_question(), bind_phone(other, phone, code))


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=6)
def whether_a_bound_phone_is_texted_for_binding(world: World) -> None:
    taken = world.phone_taken_by_other()
    world.expect(OK.as_question(), send_sms(taken, BIND))


@scenario(Evidence.UNKNOWN, "statusCode 422, 499 or 429", question=7)
def how_a_second_text_within_a_minute_is_told(world: World) -> None:
    phone = world.fresh_phone()
    world.wait_until_allowed((phone, LOGIN), (phone, UNBIND))
    world.text(phone, LOGIN)
    world.expect(SENT_TOO_RECENTLY.as_question(), send_sms(phone, LOGIN))
    world.expect(OK.as_question(), send_sms(phone, UNBIND))


@scenario(Evidence.UNKNOWN, "mobile SDKs take HTTP 200 and 201", question=8, wire_only=UNSENT)
def which_http_status_a_malformed_request_gets(world: World) -> None:
    expected = INVALID_ARGUMENT.naming("passCode").as_question()
    world.expect(expected, any_post("bind-phone", {}, world.user_without_phone()))


@scenario(Evidence.UNKNOWN, "apiCode absent, 0 or 20001", question=9)
def what_success_looks_like(world: World) -> None:
    world.expect(OK.as_question(), get_profile(world.user_without_phone()))


@scenario(Evidence.UNKNOWN, "no English text was seen live", question=10, wire_only=UNSENT)
def what_a_wrong_code_is_called_in_english(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    wrong = world.text(phone).but_wrong()
    english = ExpectedReply(499, 2001, "The verification code is incorrect")
    expected = attrs.evolve(WRONG_CODE, default=english).as_question()
    call = bind_phone(user, phone, wrong)
    world.expect(expected, attrs.evolve(call, headers={"x-genauth-lang": "en-US"}))


@scenario(Evidence.UNKNOWN, "documented as expire_in, read as expires_in", question=11)
def what_the_life_of_an_access_token_is_called(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    call = sign_in_by_password({"username": username}, password)
    seconds = ACCESS_TOKEN_LIFETIME_SECONDS
    both = OK.with_data(expire_in=seconds, expires_in=seconds) if world.checker.exact else OK
    world.expect(both.as_question(), call)


@scenario(
    Evidence.UNKNOWN, _NOBODY_KNOWS, question=12, wire_only="the SDK puts numbers into one form"
)
def whether_a_country_calling_code_may_lack_its_plus(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    code = world.text(phone)
    bare = Phone(phone.number, phone.country_code.lstrip("+"))
    world.expect(OK.as_question(), bind_phone(user, bare, code))
    kept = OK.with_data(phoneCountryCode="+86") if world.checker.exact else OK
    world.expect(kept.as_question(), get_profile(user))


@scenario(Evidence.UNKNOWN, _NOBODY_KNOWS, question=13, wire_only=UNSENT)
def whether_the_former_header_names_the_application(world: World) -> None:
    call = get_profile(world.user_without_phone())
    headers = {"x-genauth-app-id": "", "x-authing-app-id": world.application.app_id}
    world.expect(OK.as_question(), attrs.evolve(call, headers=headers))


@scenario(
    Evidence.UNKNOWN, "a raw database text was seen for e-mail", question=14, wire_only="at once"
)
def which_of_two_binds_at_once_wins(world: World) -> None:
    user, other, phone = world.user_without_phone(), world.another_user(), world.fresh_phone()
    code = world.text(phone)
    world.expect_together(
        [OK.as_question(), SPENT_CODE.as_question()],
        [bind_phone(user, phone, code), bind_phone(other, phone, code)],
    )


@scenario(Evidence.UNKNOWN, "old mobile documentation sends no code", question=15, wire_only=UNSENT)
def whether_a_phone_is_unbound_without_a_code(world: World) -> None:
    user, _ = world.user_with_phone()
    world.expect(INVALID_ARGUMENT.as_question(), any_post("unbind-phone", {}, user))


@scenario(Evidence.UNKNOWN, "bindPhone is a name in the audit log", question=16, wire_only=UNSENT)
def what_the_history_says_of_a_bind(world: World) -> None:
    user, _ = world.user_with_phone()
    says_nothing = OK.with_data(**world.only_exactly(totalCount=0))
    world.expect(says_nothing.as_question(), login_history(user))


@scenario(Evidence.UNKNOWN, "the channels of a change are undocumented", question=17)
def whether_a_change_takes_codes_of_other_channels(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    new_code, old_code = world.text_both((new, LOGIN), (old, LOGIN))
    call = verify_update_phone_request(user, (new, new_code), (old, old_code))
    world.expect(NO_CODE.as_question(), call)


@scenario(Evidence.UNKNOWN, "2206, 2207, 1010001 and 401 were all seen somewhere", question=1)
def which_code_a_bad_token_gets(world: World) -> None:
    stranger = User("made-up-access-token")
    world.expect(NOT_SIGNED_IN.as_question(), unbind_phone(stranger, PassCode("271828")))


@scenario(Evidence.UNKNOWN, "live clients send none", question=5, wire_only=UNSENT)
def whether_texting_needs_a_token(world: World) -> None:
    world.expect(OK.as_question(), attrs.evolve(send_sms(world.fresh_phone(), BIND), user=NOBODY))
