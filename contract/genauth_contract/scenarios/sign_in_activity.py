"""Where and when the signed-in user signed in: the log of sign-ins, and the devices."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from genauth_contract.api.call import ApiCall
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.api.calls.sign_in_activity import (
    list_devices,
    login_history,
    revoke_session,
    unbind_device,
)
from genauth_contract.checks.matchers import first_has, listing, of_length, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED, WRONG_PASSWORD
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User, is_list, is_object
from genauth_contract.outcomes.own_things import UNKNOWN_DEVICE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import ScenarioFailed, World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_HISTORY = "API reference, get-my-login-history"
_DEVICES = "API reference, mydevices/list, unbind and revoke-session"
_SIGNED_OUT = "a lent account would be signed out on the device that lends it"
_FAR_FUTURE_MS = "32503680000000"


@scenario(Evidence.DOCS, _HISTORY)
def a_sign_in_is_in_the_login_history(world: World) -> None:
    user = world.user_without_phone()
    signed_in = _signed_in(world, user)
    logged = first_has(success=True, loginMethod=text, clientIp=text)
    world.expect(OK.with_data(list=logged), login_history(signed_in))
    only_good = OK.with_data(list=first_has(success=True))
    world.expect(only_good, login_history(signed_in, success="true", limit="1"))


@scenario(Evidence.DOCS, _HISTORY, mock_only="nobody tries wrong passwords on a lent account")
def a_sign_in_that_failed_is_in_the_login_history(world: World) -> None:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    signed_in = _signed_in(world, user)
    call = sign_in_by_password({"username": username}, "not this one")
    said = world.expect(WRONG_PASSWORD, call).field("message")
    failed = first_has(success=False, errorMessage=said, loginMethod="loginByUsername")
    world.expect(OK.with_data(totalCount=2, list=failed), login_history(signed_in))
    one_failed = OK.with_data(totalCount=1, list=failed)
    world.expect(one_failed, login_history(signed_in, success="false"))


@scenario(Evidence.DOCS, _HISTORY, mock_only="what a lent account did before is not ours to count")
def a_login_history_is_filtered_and_comes_in_pages(world: World) -> None:
    user = world.user_without_phone()
    signed_in = [_signed_in(world, user) for _ in range(3)][-1]
    for query, total, shown in (
        ({"limit": "2"}, 3, 2),
        ({"limit": "2", "page": "2"}, 3, 1),
        ({"appId": world.application.app_id}, 3, 3),
        ({"appId": "no-such-app"}, 0, 0),
        ({"clientIp": "192.0.2.1"}, 0, 0),
        ({"start": _FAR_FUTURE_MS}, 0, 0),
        ({"end": _FAR_FUTURE_MS}, 3, 3),
    ):
        page = OK.with_data(totalCount=total, list=of_length(shown))
        world.expect(page, login_history(signed_in, **query))


@scenario(Evidence.DOCS, _DEVICES, mock_only=_SIGNED_OUT)
def a_sign_in_puts_its_device_on_the_list(world: World) -> None:
    user = world.user_without_phone()
    world.expect(OK.with_data(items=of_length(0)), list_devices(user))
    signed_in = _signed_in(world, user)
    there = first_has(online=True, lastIp=text, device=is_object)
    world.expect(OK.with_data(items=there), list_devices(signed_in))


@scenario(Evidence.DOCS, _DEVICES, mock_only=_SIGNED_OUT)
def a_session_that_was_revoked_is_over_and_its_device_stays_on_the_list(world: World) -> None:
    user = world.user_without_phone()
    signed_in = _signed_in(world, user)
    device_id = _device_of(world, user)
    world.expect(OK, revoke_session(user, device_id))
    world.expect(NOT_SIGNED_IN, get_profile(signed_in))
    world.expect(OK.with_data(items=first_has(online=False)), list_devices(user))


@scenario(Evidence.DOCS, _DEVICES, mock_only=_SIGNED_OUT)
def a_device_that_was_unbound_is_on_the_list_no_longer(world: World) -> None:
    user = world.user_without_phone()
    signed_in = _signed_in(world, user)
    world.expect(OK, unbind_device(user, _device_of(world, user)))
    world.expect(NOT_SIGNED_IN, get_profile(signed_in))
    world.expect(OK.with_data(items=listing("lastIp")), list_devices(user))


@scenario(Evidence.ASSUMED, "no source says what a made-up device is answered")
def a_made_up_device_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(UNKNOWN_DEVICE, unbind_device(user, "AAAAAAAAAAAAAAAA"))
    world.expect(UNKNOWN_DEVICE, revoke_session(user, "AAAAAAAAAAAAAAAA"))


@scenario(Evidence.DOCS, _HISTORY, wire_only=WANTS_SIGN_IN)
def sign_ins_and_devices_are_not_told_without_signing_in(world: World) -> None:
    for call in _every_call(NOBODY):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def sign_ins_and_devices_are_not_told_to_a_suspended_user(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    for call in _every_call(user):
        world.expect(USER_SUSPENDED, call)


@scenario(Evidence.DOCS, _HISTORY, wire_only=MALFORMED)
def what_is_wrong_in_a_call_about_sign_ins_is_named(world: World) -> None:
    user = world.user_without_phone()
    for field, call in (
        ("limit", login_history(user, limit="51")),
        ("page", login_history(user, page="0")),
        ("success", login_history(user, success="maybe")),
        ("start", login_history(user, start="yesterday")),
        ("limit", list_devices(user, limit="51")),
        ("deviceId", attrs.evolve(unbind_device(user, ""), body={})),
        ("deviceId", attrs.evolve(revoke_session(user, ""), body={})),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


def _signed_in(world: World, user: User) -> User:
    """Sign a user in by password."""
    username, password = world.login_of(user)
    answer = world.expect(OK, sign_in_by_password({"username": username}, password))
    return User(world.field(answer, "access_token"))


def _device_of(world: World, user: User) -> str:
    """Return the id of the device that a user signed in on last."""
    answer = world.expect(OK.with_data(items=first_has(online=True)), list_devices(user))
    items = answer.data.get("items")
    first = items[0] if is_list(items) and items else None
    device = first.get("device") if is_object(first) else None
    device_id = device.get("deviceId") if is_object(device) else None
    if not isinstance(device_id, str):
        raise ScenarioFailed(world.transcript.failure() or "there is no device")
    return device_id


def _every_call(user: User) -> Iterator[ApiCall]:
    yield login_history(user)
    yield list_devices(user)
    yield unbind_device(user, "A")
    yield revoke_session(user, "A")
