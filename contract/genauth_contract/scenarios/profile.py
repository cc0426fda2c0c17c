"""Reading the user, and what protects the account."""

from __future__ import annotations

from functools import partial
from operator import ne

from genauth_contract.calls import get_profile, get_security_info
from genauth_contract.catalogue import NOT_SIGNED_IN, OK, USER_SUSPENDED
from genauth_contract.evidence import Evidence
from genauth_contract.people import NOBODY, User
from genauth_contract.scenario import scenario
from genauth_contract.world import World

_PROFILE = "API reference, get-profile"
_SECURITY = "API reference, get-security-info"


@scenario(Evidence.DOCS, _PROFILE)
def a_profile_without_a_phone_says_so(world: World) -> None:
    user = world.user_without_phone()
    world.expect(OK.with_data(phone=None, phoneVerified=False), get_profile(user))


@scenario(Evidence.DOCS, _PROFILE)
def a_profile_shows_the_bound_phone(world: World) -> None:
    user, phone = world.user_with_phone()
    bound = OK.with_data(phone=phone.number, phoneCountryCode=phone.country_code)
    world.expect(bound, get_profile(user))


@scenario(Evidence.DOCS, _PROFILE)
def two_users_see_their_own_profiles(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    seen = world.expect(OK, get_profile(user)).data.get("userId")
    world.expect(OK.with_data(userId=partial(ne, seen)), get_profile(other))


@scenario(Evidence.DOCS, _SECURITY)
def security_info_counts_the_phone(world: World) -> None:
    user, _ = world.user_with_phone()
    world.expect(OK.with_data(phoneBinded=True, passwordSet=True), get_security_info(user))


@scenario(Evidence.DOCS, _PROFILE, wire_only="the SDK asks for a token before it sends")
def reading_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, get_profile(NOBODY))
    world.expect(NOT_SIGNED_IN, get_security_info(NOBODY))


@scenario(Evidence.DOCS, _PROFILE)
def reading_with_a_made_up_token_is_refused(world: World) -> None:
    stranger = User("made-up-access-token")
    world.expect(NOT_SIGNED_IN, get_profile(stranger))
    world.expect(NOT_SIGNED_IN, get_security_info(stranger))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_reads_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, get_profile(user))
    world.expect(USER_SUSPENDED, get_security_info(user))
