"""Reading the user, and what protects the account."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.phone import bind_phone
from genauth_contract.api.calls.profile import get_profile, get_security_info, update_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.checks.matchers import beyond, other_than, positive
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED, USERNAME_TAKEN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

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
def a_profile_names_the_user(world: World) -> None:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    facts = world.only_exactly(emailVerified=False)
    named = OK.with_data(username=world.unless_left_out(username), status="Activated", **facts)
    world.expect(named, get_profile(user))


@scenario(Evidence.ASSUMED, "API reference, UserDto: createdAt and updatedAt")
def a_bind_updates_the_user_and_nothing_else_makes_it_anew(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    before = world.expect(OK, get_profile(user)).data
    world.advance(1)
    world.expect(OK, bind_phone(user, phone, world.text(phone)))
    later = beyond(before.get("updatedAt"))
    same = {name: before.get(name) for name in ("userId", "createdAt", "status")}
    world.expect(OK.with_data(updatedAt=later, **same), get_profile(user))


@scenario(Evidence.ASSUMED, "API reference, UserDto: loginsCount and lastLogin")
def a_profile_counts_sign_ins(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    before = world.expect(OK, get_profile(user)).data.get("loginsCount")
    signed_in = OK.with_data(loginsCount=beyond(before), lastLogin=bool)
    world.expect(OK, sign_in_by_password({"username": username}, password))
    world.expect(signed_in, get_profile(user))


@scenario(Evidence.DOCS, _PROFILE)
def two_users_see_their_own_profiles(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    seen = world.expect(OK, get_profile(user)).data.get("userId")
    world.expect(OK.with_data(userId=other_than(seen)), get_profile(other))


@scenario(Evidence.DOCS, _SECURITY)
def security_info_counts_the_phone(world: World) -> None:
    user, _ = world.user_with_phone()
    world.expect(OK.with_data(phoneBinded=True, passwordSet=True), get_security_info(user))


@scenario(Evidence.ASSUMED, f"{_SECURITY}: securityScore has no scale")
def a_bound_phone_makes_an_account_safer(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    facts = world.only_exactly(emailBinded=False, mfaEnrolled=False)
    before = world.expect(OK.with_data(phoneBinded=False, **facts), get_security_info(user)).data
    world.expect(OK, bind_phone(user, phone, world.text(phone)))
    same = {name: before.get(name) for name in ("emailBinded", "mfaEnrolled")}
    safer = OK.with_data(securityScore=beyond(before.get("securityScore")), **same)
    world.expect(safer, get_security_info(user))


@scenario(
    Evidence.DOCS, _SECURITY, mock_only="a live user without a password is not among the accounts"
)
def security_info_tells_whether_there_is_a_password(world: World) -> None:
    user = world.mock.user(username="careless")
    world.expect(OK.with_data(passwordSet=False, passwordSecurityLevel=0), get_security_info(user))
    careful = OK.with_data(passwordSet=True, passwordSecurityLevel=positive)
    world.expect(careful, get_security_info(world.user_without_phone()))


@scenario(Evidence.DOCS, _PROFILE, wire_only=WANTS_SIGN_IN)
def reading_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, get_profile(NOBODY))
    world.expect(NOT_SIGNED_IN, get_security_info(NOBODY))


@scenario(Evidence.DOCS, _PROFILE)
def reading_with_a_made_up_token_is_refused(world: World) -> None:
    stranger = User("made-up-access-token")
    world.expect(NOT_SIGNED_IN, get_profile(stranger))
    world.expect(NOT_SIGNED_IN, get_security_info(stranger))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_reads_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, get_profile(user))
    world.expect(USER_SUSPENDED, get_security_info(user))
    world.expect(USER_SUSPENDED, update_profile(user, nickname="Z"))


_UPDATE = "API reference, update-profile"
_KEEPS = "a lent account keeps its profile"


@scenario(Evidence.DOCS, _UPDATE, mock_only=_KEEPS)
def a_profile_is_changed_and_what_is_not_named_stays(world: World) -> None:
    user = world.mock.user(username="ada", nickname="Ada")
    changed = OK.with_data(nickname="Ada", gender="F", company="Looms")
    world.expect(changed, update_profile(user, gender="F", company="Looms"))
    world.expect(changed, get_profile(user))


@scenario(Evidence.DOCS, _UPDATE, mock_only=_KEEPS)
def a_username_of_somebody_else_is_refused(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    username, _ = world.login_of(other)
    world.expect(USERNAME_TAKEN, update_profile(user, username=username))
    world.expect(OK.with_data(username="new-name"), update_profile(user, username="new-name"))


@scenario(Evidence.DOCS, _UPDATE, wire_only=WANTS_SIGN_IN)
def changing_a_profile_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, update_profile(NOBODY, nickname="Z"))


@scenario(Evidence.DOCS, _UPDATE, wire_only=MALFORMED)
def a_profile_takes_no_number_for_a_name(world: World) -> None:
    user = world.user_without_phone()
    refused = INVALID_ARGUMENT.naming("nickname", "gender")
    world.expect(refused, any_post("update-profile", {"nickname": 1, "gender": "X"}, user))
