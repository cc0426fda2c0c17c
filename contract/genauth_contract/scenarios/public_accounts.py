"""Public accounts: listed, changed to, and changed back from."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.public_accounts import public_accounts, switch_login
from genauth_contract.checks.matchers import bearer, first_has, having, listing, of_length, text
from genauth_contract.outcomes.accounts import (
    NOT_SIGNED_IN,
    PERMISSION_DENIED,
    USER_SUSPENDED,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User, is_list
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_LIST = "API reference, get-user-select-login-public-accounts"
_SWITCH = "API reference, switch-login-by-user"
_GIVEN = "which public accounts a lent account has is not ours to choose"


@scenario(Evidence.DOCS, _LIST)
def public_accounts_are_listed(world: World) -> None:
    listed = OK.with_data(items=is_list)
    world.expect(listed, public_accounts(world.user_without_phone()))


@scenario(Evidence.DOCS, f"{_LIST}: an empty list where there is none", mock_only=_GIVEN)
def a_user_without_public_accounts_has_an_empty_list(world: World) -> None:
    none = OK.with_data(items=of_length(0))
    world.expect(none, public_accounts(world.user_without_phone()))


@scenario(Evidence.DOCS, _LIST, mock_only=_GIVEN)
def a_person_sees_their_public_accounts_and_themselves_where_they_ask(world: World) -> None:
    person, _ = _person_with_account(world)
    accounts = listing("userId", "shop")
    world.expect(
        OK.with_data(items=first_has(publicAccounts=accounts, originUser=None)),
        public_accounts(person),
    )
    own = having(displayName="ada", usertype="1")
    both = first_has(publicAccounts=accounts, originUser=own)
    world.expect(OK.with_data(items=both), public_accounts(person, withOriginUser="true"))


@scenario(Evidence.DOCS, _SWITCH, mock_only=_GIVEN)
def a_person_changes_to_a_public_account_and_back(world: World) -> None:
    person, person_id = _person_with_account(world)
    tokens = OK.with_data(access_token=text, token_type=bearer)
    answer = world.expect(tokens, switch_login(person, "shop"))
    account = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(username="our-shop"), get_profile(account))
    back = world.expect(tokens, switch_login(account, person_id))
    again = User(world.field(back, "access_token"))
    world.expect(OK.with_data(username="ada"), get_profile(again))


@scenario(Evidence.ASSUMED, "the name of the error; no source says what is answered")
def nobody_changes_to_a_user_who_is_no_public_account_of_theirs(world: World) -> None:
    user = world.user_without_phone()
    world.expect(PERMISSION_DENIED, switch_login(user, "623c20b2a062aaaaf41b17da"))


@scenario(Evidence.DOCS, _SWITCH, wire_only=WANTS_SIGN_IN)
def public_accounts_need_a_signed_in_user(world: World) -> None:
    world.expect(NOT_SIGNED_IN, public_accounts(NOBODY))
    world.expect(NOT_SIGNED_IN, switch_login(NOBODY, "shop"))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_changes_to_no_account(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, public_accounts(user))
    world.expect(USER_SUSPENDED, switch_login(user, "shop"))


@scenario(Evidence.DOCS, _SWITCH, wire_only=MALFORMED)
def what_is_wrong_in_a_call_about_public_accounts_is_named(world: World) -> None:
    user = world.user_without_phone()
    for field, call in (
        ("targetUserId", any_post("switch-login-by-user", {}, user)),
        ("withOriginUser", public_accounts(user, withOriginUser="maybe")),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


def _person_with_account(world: World) -> tuple[User, str]:
    """Make a public account, and a person who may change to it; return the person and their id."""
    world.mock.user(userId="shop", username="our-shop")
    accounts = [{"userId": "shop"}]
    person = world.mock.user(userId="person", username="ada", publicAccounts=accounts)
    return person, "person"
