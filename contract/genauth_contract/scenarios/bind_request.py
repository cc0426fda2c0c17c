"""The request to bind a phone: who may make it, and what it has to have."""

from __future__ import annotations

from genauth_contract.calls import BIND, any_post, bind_phone
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.people import NOBODY, PassCode, User
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.access_token import LONGER_THAN_ANY_TOKEN_SECONDS
from genauth_contract.scenarios.reasons import MALFORMED
from genauth_contract.world import World

_BIND_PHONE = "API reference, bind-phone"


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only="the SDK asks for a token before it sends")
def binding_without_signing_in_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(NOT_SIGNED_IN, bind_phone(NOBODY, phone, PassCode("271828")))


@scenario(Evidence.DOCS, _BIND_PHONE)
def binding_with_a_made_up_token_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    stranger = User("made-up-access-token")
    world.expect(NOT_SIGNED_IN, bind_phone(stranger, phone, PassCode("271828")))


@scenario(
    Evidence.DOCS,
    "API reference, signin: expires_in",
    mock_only="waiting for a live access token to expire takes hours",
)
def binding_with_an_expired_token_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    world.advance(LONGER_THAN_ANY_TOKEN_SECONDS)
    world.expect(NOT_SIGNED_IN, bind_phone(user, phone, world.text(phone)))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_cannot_bind(world: World) -> None:
    user = world.mock.user(username="asleep", password="locked-away", status="Suspended")  # noqa: S106 - the user of one scenario
    phone = world.fresh_phone()
    world.expect(USER_SUSPENDED, bind_phone(user, phone, world.text(phone)))


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only=MALFORMED)
def binding_without_a_code_is_refused(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.DOCS, _BIND_PHONE, wire_only=MALFORMED)
def binding_without_a_phone_number_is_refused(world: World) -> None:
    user = world.user_without_phone()
    body = {"passCode": "271828"}
    world.expect(INVALID_ARGUMENT.naming("phoneNumber"), any_post("bind-phone", body, user))


@scenario(Evidence.CLIENT, "mobile SDK live test: an empty code gives 400", wire_only=MALFORMED)
def an_empty_code_is_malformed(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number, "passCode": ""}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.ASSUMED, "as for a missing field", wire_only=MALFORMED)
def a_code_that_is_a_number_is_malformed(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    body = {"phoneNumber": phone.number, "passCode": 271828}
    world.expect(INVALID_ARGUMENT.naming("passCode"), any_post("bind-phone", body, user))


@scenario(Evidence.ASSUMED, "every wrong field is named at once", wire_only=MALFORMED)
def every_missing_field_is_named(world: World) -> None:
    expected = INVALID_ARGUMENT.naming("phoneNumber", "passCode")
    world.expect(expected, any_post("bind-phone", {}, world.user_without_phone()))


@scenario(Evidence.ASSUMED, "servers of this kind drop what they do not know", wire_only=MALFORMED)
def fields_the_api_does_not_know_are_ignored(world: World) -> None:
    phone = world.fresh_phone()
    body = {"channel": BIND, "phoneNumber": phone.number, "colour": "green"}
    world.expect(OK, any_post("send-sms", body))
