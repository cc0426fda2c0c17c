"""Each call with a valid, missing, malformed, expired and revoked access token."""

from __future__ import annotations

from genauth_contract.api.call import ApiCall
from genauth_contract.api.calls.email import (
    bind_email,
    unbind_email,
    update_email,
    verify_update_email_request,
)
from genauth_contract.api.calls.phone import (
    bind_phone,
    unbind_phone,
    update_phone,
    verify_update_phone_request,
)
from genauth_contract.api.calls.profile import get_profile, get_security_info
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import NO_EMAIL_CALLS

_EXPIRES = "API reference, signin: expires_in"
_HOURS = "waiting for a live access token to expire takes hours"
_LOGIN_STATE = "API reference: calls that need a user take the user's access token"

LONGER_THAN_ANY_TOKEN_SECONDS = 31 * 24 * 3600
"""A month: no source names an access token that lives longer."""

_CODE = PassCode("271828")
_PHONE = Phone("18800000000")
_ADDRESS = "someone@example.com"


def _calls_of_a_user(user: User) -> tuple[ApiCall, ...]:
    return (
        get_profile(user),
        get_security_info(user),
        bind_phone(user, _PHONE, _CODE),
        unbind_phone(user, _CODE),
        verify_update_phone_request(user, (_PHONE, _CODE), None),
        update_phone(user, "made-up-update-token"),
    )


def _email_calls_of_a_user(user: User) -> tuple[ApiCall, ...]:
    return (
        bind_email(user, _ADDRESS, _CODE),
        unbind_email(user, _CODE),
        verify_update_email_request(user, (_ADDRESS, _CODE), None),
        update_email(user, "made-up-update-token"),
    )


@scenario(Evidence.DOCS, _EXPIRES, mock_only=_HOURS)
def an_expired_token_opens_nothing(world: World) -> None:
    user = world.user_without_phone()
    world.expect(OK, get_profile(user))
    world.advance(LONGER_THAN_ANY_TOKEN_SECONDS)
    for call in _calls_of_a_user(user):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.DOCS, _EXPIRES, mock_only=_HOURS, wire_only=NO_EMAIL_CALLS)
def an_expired_token_opens_no_call_of_the_email_twins(world: World) -> None:
    user = world.user_without_phone()
    world.advance(LONGER_THAN_ANY_TOKEN_SECONDS)
    for call in _email_calls_of_a_user(user):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.DOCS, _LOGIN_STATE)
def a_made_up_token_opens_nothing(world: World) -> None:
    for call in _calls_of_a_user(User("made-up-access-token")):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.DOCS, _LOGIN_STATE, wire_only=NO_EMAIL_CALLS)
def a_made_up_token_opens_no_call_of_the_email_twins(world: World) -> None:
    for call in _email_calls_of_a_user(User("made-up-access-token")):
        world.expect(NOT_SIGNED_IN, call)
