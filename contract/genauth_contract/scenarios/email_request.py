"""The requests to bind, unbind or change an address: who may make them, and what they have to have."""

from __future__ import annotations

from genauth_contract.calls import any_post
from genauth_contract.email_calls import (
    bind_email,
    unbind_email,
    update_email,
    verify_update_email_request,
)
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.requests import INVALID_ARGUMENT
from genauth_contract.people import NOBODY, PassCode
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.mailing import ADDRESS
from genauth_contract.scenarios.reasons import NO_EMAIL_CALLS, NO_MAILBOX
from genauth_contract.world import World

_DOCS = "API reference, bind-email and its siblings"
_TWIN = "as for the phone twin"


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
