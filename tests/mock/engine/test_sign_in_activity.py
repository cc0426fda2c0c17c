"""The log of sign-ins and the devices of a user: what is kept, for how long, and what ends with a device."""

from __future__ import annotations

from functools import partial

import pytest

from genauth_mock.engine import browser_session, sign_in, sign_in_activity, tokens
from genauth_mock.engine.accounts import AccessToken, BrowserSession, RefreshToken, Status, User
from genauth_mock.engine.context import CallContext
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in_activity import (
    MOST_DEVICES,
    MOST_LOGGED,
    SignInActivity,
    activity_of,
)
from tests.mock.support.world import T0, World

SCOPE = "openid offline_access"
LAPTOP, PHONE = {"user-agent": "Laptop/1"}, {"user-agent": "Phone/1 (Android)"}
signed_in = partial(sign_in.by_password, named=["username:ada"], password="right", scope=SCOPE)


@pytest.fixture
def world() -> World:
    """Give a world with a user who has a password."""
    made = World()
    user = User("u1", T0, T0, username="ada", password="right")
    made.context().save(user)
    return made


def asking(world: World, headers: dict[str, str] | None = None, token: str = "") -> CallContext:
    context = world.context()
    context.headers = headers or {}
    context.token = token
    return context


def activity(world: World) -> SignInActivity:
    context = world.context()
    [user] = world.records.all(User)
    return activity_of(context, user)


def test_a_device_is_known_by_its_user_agent(world: World) -> None:
    for headers in (LAPTOP, PHONE, LAPTOP):
        signed_in(asking(world, headers))
    assert [each.user_agent for each in activity(world).devices] == [
        "Phone/1 (Android)",
        "Laptop/1",
    ]
    assert [len(each.device_id) for each in activity(world).devices] == [16, 16]
    assert len(activity(world).logged) == 3


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "127.0.0.1"),
        ({"x-real-ip": "192.0.2.1"}, "192.0.2.1"),
        ({"x-forwarded-for": "192.0.2.2, 192.0.2.3"}, "192.0.2.2"),
        ({"x-real-ip": "", "x-forwarded-for": "192.0.2.2"}, "192.0.2.2"),
    ],
)
def test_the_address_is_what_the_request_says(
    world: World, headers: dict[str, str], address: str
) -> None:
    signed_in(asking(world, headers))
    assert activity(world).logged[-1].client_ip == activity(world).devices[0].last_ip == address


def test_what_was_refused_is_logged_and_makes_no_device(world: World) -> None:
    with pytest.raises(Refusal):
        signed_in(asking(world), password="wrong")
    [logged] = activity(world).logged
    assert (logged.refused_with, logged.method) == ("WRONG_PASSWORD", "loginByUsername")
    assert activity(world).devices == ()


def test_a_suspended_user_who_tries_is_logged(world: World) -> None:
    [user] = world.records.all(User)
    world.context().save(
        User("u1", T0, T0, username="ada", password="right", status=Status.SUSPENDED), user
    )
    with pytest.raises(Refusal):
        signed_in(asking(world))
    assert activity(world).logged[-1].refused_with == "USER_SUSPENDED"


def test_only_so_many_are_kept(world: World) -> None:
    for number in range(MOST_LOGGED + 3):
        signed_in(asking(world, {"user-agent": f"Agent/{number}"}))
    assert len(activity(world).logged) == MOST_LOGGED
    assert activity(world).logged[0].user_agent == "Agent/3"
    assert len(activity(world).devices) == MOST_DEVICES


def test_what_was_given_on_a_device_ends_with_its_session_and_nothing_else(world: World) -> None:
    laptop, phone = signed_in(asking(world, LAPTOP)), signed_in(asking(world, PHONE))
    fresh = tokens.refresh(asking(world), laptop.refresh_token or "", None)
    assert fresh is not None
    browser = asking(world, LAPTOP)
    [user] = world.records.all(User)
    browser_session.begin(browser, sign_in.note_sign_in(browser, user, "loginByUsername"))
    of_laptop = next(each for each in activity(world).devices if each.user_agent == "Laptop/1")
    sign_in_activity.sign_out(asking(world, token=phone.access_token), of_laptop.device_id)
    kept = [token for token, _ in world.records.filed(AccessToken)]
    assert kept == [phone.access_token]
    assert [token for token, _ in world.records.filed(RefreshToken)] == [phone.refresh_token]
    assert list(world.records.filed(BrowserSession)) == []


def test_a_device_of_somebody_else_is_no_device(world: World) -> None:
    tokens_of_ada = signed_in(asking(world, LAPTOP))
    other = User("u2", T0, T0, username="bob", password="right")
    world.context().save(other)
    bob = sign_in.by_password(asking(world, LAPTOP), ["username:bob"], "right", None)
    [device] = activity_of(world.context(), other).devices
    with pytest.raises(Refusal) as refused:
        sign_in_activity.sign_out(asking(world, token=tokens_of_ada.access_token), device.device_id)
    assert refused.value.outcome is Outcome.UNKNOWN_DEVICE
    assert world.records.get(AccessToken, bob.access_token) is not None


def test_nothing_is_left_of_a_user_who_is_deleted(world: World) -> None:
    signed_in(asking(world))
    [user] = world.records.all(User)
    world.context().delete(user)
    assert list(world.records.filed(SignInActivity)) == []
