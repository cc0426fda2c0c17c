"""The requests to change a phone: who may make them, and what they have to have."""

from __future__ import annotations

from genauth_contract.calls import any_post, update_phone, verify_update_phone_request
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.requests import INVALID_ARGUMENT
from genauth_contract.people import NOBODY, PassCode
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED
from genauth_contract.world import World

_VERIFY = "API reference, verify-update-phone-request"
_UPDATE = "API reference, update-phone"


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


@scenario(Evidence.DOCS, _VERIFY, wire_only="the SDK asks for a token before it sends")
def a_change_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, update_phone(NOBODY, "made-up-update-token"))
    codes = (world.fresh_phone(), PassCode("271828")), None
    world.expect(NOT_SIGNED_IN, verify_update_phone_request(NOBODY, *codes))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_changes_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    codes = (world.fresh_phone(), PassCode("271828")), None
    world.expect(USER_SUSPENDED, verify_update_phone_request(user, *codes))
    world.expect(USER_SUSPENDED, update_phone(user, "made-up-update-token"))
