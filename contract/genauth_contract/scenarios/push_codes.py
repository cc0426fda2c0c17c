"""Signing in by a push message: sent, confirmed or refused, and its tokens."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.push_codes import (
    change_push_code,
    check_push_code,
    related_apps,
    set_push_code,
    sign_in_by_push,
)
from genauth_contract.checks.matchers import bearer, having, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, UNKNOWN_USER, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User, is_object
from genauth_contract.outcomes.own_things import PUSH_CODE_OUT_OF_TURN, UNKNOWN_PUSH_CODE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK, STATED
from genauth_contract.play.context import ScenarioFailed, World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL, SUSPENDING, WANTS_SIGN_IN

_PUSH = "API reference, signin-by-push"
_STATUS = "API reference, check-pushcode-status"
_CHANGE = "API reference, change-pushcode-status"
_TWIN = "official Node SDK of 2025, setPushCodeStatus"
_APP = "an account is lent without a phone that is pushed to"
_CONFIRM, _CANCEL = "CONFIRM", "CANCEL"
_LIFETIME_SECONDS = 120


@scenario(Evidence.DOCS, _STATUS, mock_only=_APP)
def a_push_message_that_was_confirmed_signs_the_user_in(world: World) -> None:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    code = _pushed(world, username)
    world.expect(OK.with_data(status="PUSHED", tokenSet=None), check_push_code(code))
    world.expect(STATED, change_push_code(user, code, _CONFIRM))
    tokens = having(access_token=text, token_type=bearer)
    confirmed = OK.with_data(status="AUTHORIZED", tokenSet=tokens)
    answer = world.expect(confirmed, check_push_code(code))
    given = answer.data.get("tokenSet")
    if not is_object(given):
        raise ScenarioFailed(world.transcript.failure())
    signed_in = User(str(given["access_token"]))
    world.secrets.learn("token", signed_in.access_token)
    world.expect(OK.with_data(username=username), get_profile(signed_in))


@scenario(Evidence.ASSUMED, "no source: an answer that was lost is given again", mock_only=_APP)
def who_asks_again_gets_the_tokens_again(world: World) -> None:
    user, code = _user_with_message(world)
    world.expect(STATED, change_push_code(user, code, _CONFIRM))
    for _ in range(2):
        world.expect(OK.with_data(tokenSet=is_object), check_push_code(code))


@scenario(Evidence.DOCS, _STATUS, mock_only=_APP)
def a_push_message_that_was_refused_signs_nobody_in(world: World) -> None:
    user, code = _user_with_message(world)
    world.expect(STATED, change_push_code(user, code, _CANCEL))
    world.expect(OK.with_data(status="CANCELLED", tokenSet=None), check_push_code(code))
    world.expect(PUSH_CODE_OUT_OF_TURN, change_push_code(user, code, _CONFIRM))


@scenario(Evidence.CLIENT, _TWIN, mock_only=_APP, wire_only=NO_CALL)
def the_twin_of_a_change_answers_in_an_envelope(world: World) -> None:
    user, code = _user_with_message(world)
    world.expect(OK.with_data(success=True), set_push_code(user, code, _CONFIRM))
    world.expect(OK.with_data(status="AUTHORIZED"), check_push_code(code))
    world.expect(PUSH_CODE_OUT_OF_TURN, set_push_code(user, code, _CANCEL))


@scenario(Evidence.CLIENT, _TWIN, wire_only=NO_CALL)
def the_twin_of_a_change_refuses_as_it_does(world: World) -> None:
    user = world.user_without_phone()
    world.expect(UNKNOWN_PUSH_CODE, set_push_code(user, "nobody-sent-this", _CONFIRM))
    world.expect(NOT_SIGNED_IN, set_push_code(NOBODY, "some-code", _CONFIRM))
    world.expect(INVALID_ARGUMENT.naming("action"), set_push_code(user, "some-code", "SHOUT"))


@scenario(Evidence.DOCS, f"{_PUSH}, expireTime", mock_only=_APP)
def a_push_message_lives_for_two_minutes(world: World) -> None:
    user, code = _user_with_message(world)
    world.advance(_LIFETIME_SECONDS)
    world.expect(OK.with_data(status="EXPIRED", tokenSet=None), check_push_code(code))
    world.expect(UNKNOWN_PUSH_CODE, change_push_code(user, code, _CONFIRM))


@scenario(Evidence.ASSUMED, f"{_CHANGE}: who was pushed to decides", mock_only=_APP)
def a_push_message_is_confirmed_by_whom_it_was_sent_to(world: World) -> None:
    _, code = _user_with_message(world)
    world.expect(UNKNOWN_PUSH_CODE, change_push_code(world.another_user(), code, _CONFIRM))
    world.expect(OK.with_data(status="PUSHED"), check_push_code(code))


@scenario(Evidence.DOCS, "API reference, get-pushlogin-relation-apps", mock_only=_APP)
def the_app_that_pushed_may_be_confirmed(world: World) -> None:
    _, code = _user_with_message(world)
    app_id = world.application.app_id
    world.expect(OK.with_data(appIds=[app_id]), related_apps(code, app_id))


@scenario(Evidence.ASSUMED, "the neighbouring calls: there is no such user")
def nobody_is_pushed_to_who_does_not_exist(world: World) -> None:
    world.expect(UNKNOWN_USER, sign_in_by_push("nobody-has-this-name"))


@scenario(Evidence.ASSUMED, _STATUS)
def a_made_up_push_message_is_refused(world: World) -> None:
    user = world.user_without_phone()
    for call in (
        check_push_code("nobody-sent-this"),
        change_push_code(user, "nobody-sent-this", _CONFIRM),
        related_apps("nobody-sent-this", world.application.app_id),
    ):
        world.expect(UNKNOWN_PUSH_CODE, call)


@scenario(Evidence.DOCS, _CHANGE, mock_only=_APP, wire_only=WANTS_SIGN_IN)
def a_push_message_is_not_confirmed_without_signing_in(world: World) -> None:
    _, code = _user_with_message(world)
    world.expect(NOT_SIGNED_IN, change_push_code(NOBODY, code, _CONFIRM))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_is_not_pushed_to_and_confirms_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, sign_in_by_push("asleep"))
    world.expect(USER_SUSPENDED, change_push_code(user, "some-code", _CONFIRM))


@scenario(
    Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING, wire_only=NO_CALL
)
def a_suspended_user_confirms_nothing_by_the_twin(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, set_push_code(user, "some-code", _CONFIRM))


@scenario(Evidence.DOCS, _PUSH, wire_only=MALFORMED)
def what_is_missing_from_a_call_about_push_messages_is_named(world: World) -> None:
    user = world.user_without_phone()
    for field, call in (
        ("account", any_post("signin-by-push", {})),
        ("pushCodeId", check_push_code("")),
        ("pushCodeId", any_post("change-pushcode-status", {"action": _CONFIRM}, user)),
        ("action", change_push_code(user, "some-code", "SHOUT")),
        ("appId", any_post("get-pushlogin-relation-apps", {"pushCodeId": "some-code"})),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


def _pushed(world: World, account: str) -> str:
    """Push to an account; return the id of the message."""
    sent = OK.with_data(expireTime=_LIFETIME_SECONDS)
    return world.field(world.expect(sent, sign_in_by_push(account)), "pushCodeId")


def _user_with_message(world: World) -> tuple[User, str]:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    return user, _pushed(world, username)
