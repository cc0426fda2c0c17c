"""Changing a phone: prove both, get a token, use it once."""

from __future__ import annotations

from genauth_contract.calls import (
    BIND,
    UNBIND,
    bind_phone,
    get_profile,
    update_phone,
    verify_update_phone_request,
)
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.phones import (
    OLD_PHONE_MISMATCH,
    OLD_PHONE_UNVERIFIED,
    PHONE_TAKEN,
    SAME_PHONE,
    UPDATE_TOKEN_INVALID,
)
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import PassCode, Phone, User
from genauth_contract.scenario import scenario
from genauth_contract.world import World

_VERIFY = "API reference, verify-update-phone-request"
_UPDATE = "API reference, update-phone"
_CHANNELS = "official C# SDK test: bind channel for the new phone, unbind channel for the old one"

TOKEN_LIFETIME_SECONDS = 60
"""Source: the e-mail and delete-account twins say 60 s; assumed for the phone."""

NOBODYS_PHONE = Phone("18800000000")
"""It is named and never texted."""

Proof = tuple[Phone, PassCode]


def both_proofs(world: World, new: Phone, old: Phone) -> tuple[Proof, Proof]:
    """Have both phones texted for a change."""
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


@scenario(Evidence.ASSUMED, "the e-mail twin says 60 s")
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
