"""Changing a password."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.password import update_password
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.outcomes.accounts import (
    NOT_SIGNED_IN,
    USER_SUSPENDED,
    WRONG_OLD_PASSWORD,
    WRONG_PASSWORD,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED

_UPDATE_PASSWORD = "API reference, update-password"  # noqa: S105 - a source
_KEEPS = "a lent account keeps its password"
_NEW = "another-correct-horse"


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, mock_only=_KEEPS)
def the_new_password_signs_in_and_the_old_one_no_longer_does(world: World) -> None:
    user = world.user_without_phone()
    username, old = world.login_of(user)
    world.expect(OK, update_password(user, _NEW, old))
    world.expect(OK, sign_in_by_password({"username": username}, _NEW))
    world.expect(WRONG_PASSWORD, sign_in_by_password({"username": username}, old))


@scenario(Evidence.ASSUMED, "no source says that tokens end with the password", mock_only=_KEEPS)
def a_token_stays_good_when_the_password_changes(world: World) -> None:
    user = world.user_without_phone()
    _, old = world.login_of(user)
    world.expect(OK, update_password(user, _NEW, old))
    world.expect(OK, get_profile(user))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, mock_only="a lent account has a password")
def a_first_password_needs_no_old_one(world: World) -> None:
    user = world.mock.user(username="new-here")
    world.expect(OK, update_password(user, _NEW, None))
    world.expect(OK, sign_in_by_password({"username": "new-here"}, _NEW))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD)
def a_wrong_old_password_changes_nothing(world: World) -> None:
    user = world.user_without_phone()
    username, old = world.login_of(user)
    world.expect(WRONG_OLD_PASSWORD, update_password(user, _NEW, f"{old}-but-wrong"))
    world.expect(OK, sign_in_by_password({"username": username}, old))


@scenario(
    Evidence.ASSUMED, "API reference: oldPassword is required where one is set", mock_only=_KEEPS
)
def an_old_password_that_is_missing_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(INVALID_ARGUMENT.naming("oldPassword"), update_password(user, _NEW, None))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, wire_only="the SDK asks for a token before it sends")
def changing_a_password_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, update_password(NOBODY, _NEW, None))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, wire_only=MALFORMED)
def changing_a_password_to_none_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(INVALID_ARGUMENT.naming("newPassword"), any_post("update-password", {}, user))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
)
def a_suspended_user_cannot_change_the_password(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, update_password(user, _NEW, None))


@scenario(
    Evidence.ASSUMED,
    "the mock knows no key to decrypt a password with",
    mock_only="a GenAuth host decrypts it",
    wire_only="the SDK takes a 501 for an outcome that nobody knows",
)
def an_encrypted_password_is_not_imitated(world: World) -> None:
    user = world.user_without_phone()
    body = {"newPassword": _NEW, "passwordEncryptType": "rsa"}
    world.expect(NOT_IMITATED, any_post("update-password", body, user))
