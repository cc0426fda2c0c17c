"""Changing a phone: prove both, get a token, use it once."""

from __future__ import annotations

from genauth_contract.api.call import BIND, UNBIND, any_post
from genauth_contract.api.calls.phone import bind_phone, update_phone, verify_update_phone_request
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
from genauth_contract.outcomes.models import NOBODY, PassCode, Phone, User
from genauth_contract.outcomes.phones import (
    OLD_PHONE_MISMATCH,
    OLD_PHONE_UNVERIFIED,
    PHONE_TAKEN,
    SAME_PHONE,
    UPDATE_TOKEN_INVALID,
)
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.lifetimes import CODE_LIFETIME_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_VERIFY = "API reference, verify-update-phone-request"
_UPDATE = "API reference, update-phone"
_CHANNELS = "official C# SDK test: bind channel for the new phone, unbind channel for the old one"

TOKEN_LIFETIME_SECONDS = 60
"""Source: documents of the Android SDK, verify-update-phone-request; the e-mail twin says so too."""

NOBODYS_PHONE = Phone("18800000000")
"""It is named and never texted."""

Proof = tuple[Phone, PassCode]


def both_proofs(world: World, new: Phone, old: Phone) -> tuple[Proof, Proof]:
    """Return the codes texted to both phones for a change."""
    new_code, old_code = world.text_both((new, BIND), (old, UNBIND))
    return (new, new_code), (old, old_code)


def _permit(world: World, user: User, old: Phone, new: Phone) -> str:
    """Prove both phones and return the token that changes them."""
    codes = both_proofs(world, new, old)
    permitted = OK.with_data(tokenExpiresIn=TOKEN_LIFETIME_SECONDS)
    answer = world.expect(permitted, verify_update_phone_request(user, *codes))
    return world.field(answer, "updatePhoneToken")


@scenario(Evidence.CLIENT, _CHANNELS)
def a_phone_is_changed_once_both_are_proved(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    token = _permit(world, user, old, new)
    world.expect(OK.with_data(phone=old.number), get_profile(user))
    world.expect(OK, update_phone(user, token))
    changed = OK.with_data(phone=new.number, phoneVerified=True, phoneCountryCode=new.country_code)
    world.expect(changed, get_profile(user))


@scenario(Evidence.ASSUMED, "a phone has at most one owner")
def the_old_phone_is_free_after_a_change(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    world.expect(OK, update_phone(user, _permit(world, user, old, new)))
    world.expect(OK, bind_phone(world.another_user(), old, world.text(old, BIND)))


@scenario(Evidence.ASSUMED, "the token stands for one change")
def an_update_token_works_once(world: World) -> None:
    user, old = world.user_with_phone()
    token = _permit(world, user, old, world.fresh_phone())
    world.expect(OK, update_phone(user, token))
    world.expect(UPDATE_TOKEN_INVALID, update_phone(user, token))


@scenario(Evidence.DOCS, "documents of the Android SDK, verify-update-phone-request")
def an_update_token_expires(world: World) -> None:
    user, old = world.user_with_phone()
    token = _permit(world, user, old, world.fresh_phone())
    world.advance(TOKEN_LIFETIME_SECONDS + 1)
    world.expect(UPDATE_TOKEN_INVALID, update_phone(user, token))
    world.expect(OK.with_data(phone=old.number), get_profile(user))


@scenario(Evidence.DOCS, _UPDATE)
def a_made_up_update_token_changes_nothing(world: World) -> None:
    user = world.user_without_phone()
    world.expect(UPDATE_TOKEN_INVALID, update_phone(user, "made-up-update-token"))


@scenario(Evidence.ASSUMED, "a token belongs to who asked for it")
def an_update_token_of_another_user_changes_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    token = _permit(world, user, old, world.fresh_phone())
    world.expect(UPDATE_TOKEN_INVALID, update_phone(world.another_user(), token))


@scenario(Evidence.CLIENT, "captured V2 answer of 2021")
def the_same_phone_is_no_change(world: World) -> None:
    user, phone = world.user_with_phone()
    codes = both_proofs(world, phone, phone)
    world.expect(SAME_PHONE, verify_update_phone_request(user, *codes))


@scenario(Evidence.CLIENT, "text matched by production code")
def an_old_phone_that_is_not_the_users_is_refused(world: World) -> None:
    user, _ = world.user_with_phone()
    new = world.fresh_phone()
    codes = (new, world.text(new, BIND)), (NOBODYS_PHONE, PassCode("271828"))
    world.expect(OLD_PHONE_MISMATCH, verify_update_phone_request(user, *codes))


@scenario(Evidence.DOCS, "API reference, changePhoneStrategy.verifyOldPhone")
def the_old_phone_has_to_be_proved(world: World) -> None:
    user, _ = world.user_with_phone()
    new = world.fresh_phone()
    call = verify_update_phone_request(user, (new, world.text(new, BIND)), None)
    world.expect(OLD_PHONE_UNVERIFIED, call)


@scenario(Evidence.DOCS, f"{_VERIFY}: old* where the user has a phone")
def a_user_without_a_phone_proves_the_new_one_alone(world: World) -> None:
    user, new = world.user_without_phone(), world.fresh_phone()
    call = verify_update_phone_request(user, (new, world.text(new, BIND)), None)
    token = world.field(world.expect(OK, call), "updatePhoneToken")
    world.expect(OK, update_phone(user, token))
    bound = OK.with_data(phone=new.number, phoneCountryCode=new.country_code, phoneVerified=True)
    world.expect(bound, get_profile(user))


@scenario(
    Evidence.DOCS,
    "API reference, changePhoneStrategy.verifyOldPhone",
    mock_only="the strategy of a live user pool is set in its console",
)
def a_user_pool_may_do_without_the_old_phone(world: World) -> None:
    user, _ = world.user_with_phone()
    new = world.fresh_phone()
    world.mock.change_settings(verifyOldPhone=False)
    call = verify_update_phone_request(user, (new, world.text(new, BIND)), None)
    token = world.field(world.expect(OK, call), "updatePhoneToken")
    world.expect(OK, update_phone(user, token))
    world.expect(OK.with_data(phone=new.number), get_profile(user))


@scenario(Evidence.DOCS, _VERIFY)
def a_phone_of_another_user_cannot_become_the_new_one(world: World) -> None:
    taken = world.phone_taken_by_other()
    user, old = world.user_with_phone()
    codes = both_proofs(world, taken, old)
    world.expect(PHONE_TAKEN, verify_update_phone_request(user, *codes))


@scenario(
    Evidence.ASSUMED,
    "another user may be quicker",
    mock_only="on a live target the token expires before the phone may be texted again",
)
def a_phone_taken_meanwhile_cannot_become_the_new_one(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    world.mock.change_settings(updateTokenLifetimeSeconds=TOKEN_LIFETIME_SECONDS * 10)
    codes = both_proofs(world, new, old)
    answer = world.expect(OK, verify_update_phone_request(user, *codes))
    world.expect(OK, bind_phone(world.another_user(), new, world.text(new, BIND)))
    token = world.field(answer, "updatePhoneToken")
    world.expect(PHONE_TAKEN, update_phone(user, token))


@scenario(Evidence.DOCS, _VERIFY)
def a_wrong_code_of_the_new_phone_is_refused(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    (_, new_code), old_proof = both_proofs(world, new, old)
    wrong = (new, new_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))


@scenario(Evidence.DOCS, _VERIFY)
def a_wrong_code_of_the_old_phone_is_refused(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    new_proof, (_, old_code) = both_proofs(world, new, old)
    wrong = (old, old_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, new_proof, wrong))
    world.expect(OK.with_data(phone=old.number), get_profile(user))


@scenario(Evidence.ASSUMED, "codes of one request are used together or not at all")
def a_right_code_is_not_used_up_beside_a_wrong_one(world: World) -> None:
    user, old = world.user_with_phone()
    new_proof, (_, old_code) = both_proofs(world, world.fresh_phone(), old)
    wrong = (old, old_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, new_proof, wrong))
    world.expect(OK, verify_update_phone_request(user, new_proof, (old, old_code)))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def burned_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    new_proof, old_proof = both_proofs(world, new, old)
    wrong = (new, new_proof[1].but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))
    world.expect(BURNED_CODE, verify_update_phone_request(user, new_proof, old_proof))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def expired_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    codes = both_proofs(world, new, old)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, verify_update_phone_request(user, *codes))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def used_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    codes = both_proofs(world, new, old)
    world.expect(OK, verify_update_phone_request(user, *codes))
    world.expect(SPENT_CODE, verify_update_phone_request(user, *codes))


@scenario(Evidence.ASSUMED, "a code is texted to one phone")
def a_new_phone_that_was_never_texted_proves_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    codes = (world.fresh_phone(), PassCode("271828")), (old, world.text(old, UNBIND))
    world.expect(NO_CODE, verify_update_phone_request(user, *codes))


@scenario(Evidence.DOCS, _VERIFY, wire_only=MALFORMED)
def a_change_names_what_it_lacks(world: World) -> None:
    expected = INVALID_ARGUMENT.naming("verifyMethod", "phonePassCodePayload")
    user = world.user_without_phone()
    world.expect(expected, any_post("verify-update-phone-request", {}, user))


@scenario(Evidence.DOCS, _UPDATE, wire_only=MALFORMED)
def a_change_needs_its_token(world: World) -> None:
    user = world.user_without_phone()
    expected = INVALID_ARGUMENT.naming("updatePhoneToken")
    world.expect(expected, any_post("update-phone", {}, user))


@scenario(Evidence.DOCS, _VERIFY, wire_only=WANTS_SIGN_IN)
def a_change_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, update_phone(NOBODY, "made-up-update-token"))
    codes = (world.fresh_phone(), PassCode("271828")), None
    world.expect(NOT_SIGNED_IN, verify_update_phone_request(NOBODY, *codes))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_changes_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    codes = (world.fresh_phone(), PassCode("271828")), None
    world.expect(USER_SUSPENDED, verify_update_phone_request(user, *codes))
    world.expect(USER_SUSPENDED, update_phone(user, "made-up-update-token"))
