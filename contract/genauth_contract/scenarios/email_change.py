"""Changing an e-mail address: prove both, get a token, use it once; as for the phone twin."""

from __future__ import annotations

from genauth_contract.api.calls.email import bind_email, update_email, verify_update_email_request
from genauth_contract.api.calls.phone import update_phone
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.emails import (
    EMAIL_TAKEN,
    OLD_EMAIL_MISMATCH,
    OLD_EMAIL_UNVERIFIED,
    SAME_EMAIL,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import PassCode, User
from genauth_contract.outcomes.phones import UPDATE_TOKEN_INVALID
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.email import (
    ADDRESS,
    ANOTHER,
    BIND,
    CODE_LIFETIME_SECONDS,
    LOGIN,
    mailed,
    user_with_email,
)
from genauth_contract.scenarios.reasons import NO_EMAIL_CALLS, NO_MAILBOX

UPDATE = "CHANNEL_UPDATE_EMAIL"

_DOCS = "API reference, verify-update-email-request and update-email"
_TWIN = "as for the phone twin"

TOKEN_LIFETIME_SECONDS = 60
"""Source: API reference, verify-update-email-request, tokenExpiresIn."""

Proof = tuple[str, PassCode]


def _both_proofs(world: World) -> tuple[Proof, Proof]:
    """Return the codes mailed to the new and the old address for a change."""
    return (ANOTHER, mailed(world, ANOTHER, UPDATE)), (ADDRESS, mailed(world, ADDRESS, UPDATE))


def _permit(world: World, user: User) -> str:
    """Prove both addresses and return the token that changes them."""
    call = verify_update_email_request(user, *_both_proofs(world))
    permitted = OK.with_data(tokenExpiresIn=TOKEN_LIFETIME_SECONDS)
    return world.field(world.expect(permitted, call), "updateEmailToken")


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def an_address_is_changed_once_both_are_proved(world: World) -> None:
    user = user_with_email(world)
    codes = _both_proofs(world)
    permitted = OK.with_data(tokenExpiresIn=TOKEN_LIFETIME_SECONDS)
    answer = world.expect(permitted, verify_update_email_request(user, *codes))
    token = world.field(answer, "updateEmailToken")
    world.expect(OK.with_data(email=ADDRESS), get_profile(user))
    world.expect(OK, update_email(user, token))
    world.expect(OK.with_data(email=ANOTHER, emailVerified=True), get_profile(user))
    world.expect(UPDATE_TOKEN_INVALID, update_email(user, token))
    world.expect(SPENT_CODE, verify_update_email_request(user, (ADDRESS, codes[1][1]), codes[0]))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_change_of_address_is_refused_for_the_same_reasons_as_of_a_phone(world: World) -> None:
    user = user_with_email(world)
    new, old = mailed(world, ANOTHER, UPDATE), mailed(world, ADDRESS, UPDATE)
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


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def expired_codes_prove_no_address(world: World) -> None:
    user = user_with_email(world)
    codes = _both_proofs(world)
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(EXPIRED_CODE, verify_update_email_request(user, *codes))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def an_address_taken_by_another_user_cannot_become_the_new_one(world: World) -> None:
    user = user_with_email(world)
    other = world.another_user()
    codes = _both_proofs(world)
    answer = world.expect(OK, verify_update_email_request(user, *codes))
    world.expect(OK, bind_email(other, ANOTHER, mailed(world, ANOTHER, BIND)))
    token = world.field(answer, "updateEmailToken")
    world.expect(EMAIL_TAKEN, update_email(user, token))
    world.advance(61)
    codes = _both_proofs(world)
    world.expect(EMAIL_TAKEN, verify_update_email_request(user, *codes))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_token_for_an_address_expires_and_is_the_users_own(world: World) -> None:
    user = user_with_email(world)
    token = _permit(world, user)
    world.expect(UPDATE_TOKEN_INVALID, update_email(world.another_user(), token))
    world.expect(UPDATE_TOKEN_INVALID, update_email(user, "made-up-update-token"))
    world.expect(UPDATE_TOKEN_INVALID, update_phone(user, token))
    world.advance(TOKEN_LIFETIME_SECONDS + 1)
    world.expect(UPDATE_TOKEN_INVALID, update_email(user, token))
    world.expect(OK.with_data(email=ADDRESS), get_profile(user))


@scenario(Evidence.ASSUMED, _TWIN, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def wrong_codes_and_codes_of_another_channel_prove_no_address(world: World) -> None:
    user = user_with_email(world)
    new, (_, old) = _both_proofs(world)
    wrong = (ADDRESS, old.but_wrong())
    world.expect(WRONG_CODE, verify_update_email_request(user, new, wrong))
    third = ("third@example.com", mailed(world, "third@example.com", LOGIN))
    world.expect(NO_CODE, verify_update_email_request(user, third, (ADDRESS, old)))


@scenario(Evidence.DOCS, _DOCS, mock_only=NO_MAILBOX, wire_only=NO_EMAIL_CALLS)
def a_user_without_an_address_proves_the_new_one_alone(world: World) -> None:
    user = world.user_without_phone()
    proof = (ADDRESS, mailed(world, ADDRESS, UPDATE))
    answer = world.expect(OK, verify_update_email_request(user, proof, None))
    world.expect(OK, update_email(user, world.field(answer, "updateEmailToken")))
    world.expect(OK.with_data(email=ADDRESS, emailVerified=True), get_profile(user))
