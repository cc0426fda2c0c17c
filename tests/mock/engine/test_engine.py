"""What users may do with a phone, and what their profile shows, on the pure engine at fixed times."""

from __future__ import annotations

import pytest

from genauth_mock.engine import binding, codes, profile
from genauth_mock.engine.accounts import Status
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.pass_code import State
from tests.mock.support.world import (
    ABROAD,
    BIND,
    MINE,
    NEW,
    UNBIND,
    World,
    refusal,
)


def test_a_phone_is_bound_with_its_code(world: World) -> None:
    alice = world.user("alice")
    world.bind(alice, MINE, world.send(BIND, MINE))
    user = world.context(alice).signed_in_user()
    assert user.phone == MINE
    assert world.context().owner(PHONE, MINE) == user


def test_a_code_for_another_channel_never_fits(world: World) -> None:
    digits = world.send("CHANNEL_LOGIN", MINE)
    assert refusal(lambda: world.bind(world.user("a"), MINE, digits)) is Outcome.NO_CODE


def test_a_code_for_the_same_digits_in_another_country_never_fits(world: World) -> None:
    digits = world.send(BIND, ABROAD)
    assert refusal(lambda: world.bind(world.user("a"), MINE, digits)) is Outcome.NO_CODE


def test_a_user_with_a_phone_is_refused_and_the_code_lives_on(world: World) -> None:
    alice = world.user("alice", phone=MINE)
    digits = world.send(BIND, NEW)
    assert refusal(lambda: world.bind(alice, NEW, digits)) is Outcome.HAS_PHONE_ALREADY
    assert world.code(digits).state(world.now) is State.ACTIVE


def test_somebody_elses_phone_is_refused(world: World) -> None:
    world.user("alice", phone=MINE)
    digits = world.send(BIND, MINE)
    assert refusal(lambda: world.bind(world.user("bob"), MINE, digits)) is Outcome.PHONE_TAKEN


def test_nobody_learns_whose_phone_it_is_without_holding_it(world: World) -> None:
    world.user("alice", phone=MINE)
    world.send(BIND, MINE)
    assert refusal(lambda: world.bind(world.user("bob"), MINE, "000000")) is Outcome.WRONG_CODE


@pytest.mark.parametrize("token", [None, "", "nonsense"])
def test_who_is_not_signed_in_is_refused(world: World, token: str | None) -> None:
    digits = world.send(BIND, MINE)
    context = world.context(token)
    assert refusal(lambda: binding.bind(context, PHONE, MINE, digits)) is Outcome.NOT_SIGNED_IN
    assert world.code(digits).state(world.now) is State.ACTIVE


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        pytest.param(7199, None, id="just before"),
        pytest.param(1_209_600, Outcome.NOT_SIGNED_IN, id="at its end"),
    ],
)
def test_an_access_token_lives_for_its_lifetime(
    world: World, seconds: int, outcome: Outcome | None
) -> None:
    alice = world.user("alice")
    world.pass_time(seconds)
    assert refusal(lambda: world.context(alice).signed_in_user()) is outcome


def test_a_suspended_user_is_refused(world: World) -> None:
    carol = world.user("carol", status=Status.SUSPENDED)
    digits = world.send(BIND, MINE)
    assert refusal(lambda: world.bind(carol, MINE, digits)) is Outcome.USER_SUSPENDED


def test_an_unbound_phone_is_free_again(world: World) -> None:
    alice = world.user("alice", phone=MINE)
    binding.unbind(world.context(alice), PHONE, world.send(UNBIND, MINE))
    assert world.context(alice).signed_in_user().phone is None
    world.bind(world.user("bob"), MINE, world.send(BIND, MINE))


def test_the_only_login_method_stays(world: World) -> None:
    alone = world.user(phone=MINE)
    digits = world.send(UNBIND, MINE)
    assert (
        refusal(lambda: binding.unbind(world.context(alone), PHONE, digits))
        is Outcome.ONLY_LOGIN_METHOD
    )


def test_whether_a_username_is_a_login_method_is_a_setting(world: World) -> None:
    alice = world.user("alice", phone=MINE)
    world.set(username_is_login_method=False)
    digits = world.send(UNBIND, MINE)
    assert (
        refusal(lambda: binding.unbind(world.context(alice), PHONE, digits))
        is Outcome.ONLY_LOGIN_METHOD
    )


def test_who_has_no_phone_cannot_unbind_one(world: World) -> None:
    alice = world.user("alice")
    assert (
        refusal(lambda: binding.unbind(world.context(alice), PHONE, "123456"))
        is Outcome.NO_PHONE_BOUND
    )


def test_fixed_codes_still_obey_lifetime(world: World) -> None:
    world.set(fixed_codes={MINE.key: "246810"})
    assert world.send(BIND, MINE) == "246810"
    world.pass_time(300)
    assert refusal(lambda: world.bind(world.user("a"), MINE, "246810")) is Outcome.EXPIRED_CODE


def test_checking_a_code_never_consumes_it(world: World) -> None:
    digits = world.send(BIND, MINE)
    for _ in range(5):
        assert codes.peek(world.context(), BIND, MINE, "000000") is Outcome.WRONG_CODE
        assert codes.peek(world.context(), BIND, MINE, digits) is Outcome.OK
    world.bind(world.user("alice"), MINE, digits)


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        pytest.param(None, True, id="no scope asked for"),
        pytest.param("openid profile phone", True, id="phone asked for"),
        pytest.param("openid profile", False, id="phone not asked for"),
    ],
)
def test_the_profile_shows_a_phone_by_scope(world: World, scope: str | None, shown: bool) -> None:
    alice = world.user("alice", phone=MINE)
    user = world.context(alice).signed_in_user()
    context = world.context()
    context = world.context(context.sign_in(user, scope))
    seen = profile.profile(*context.session())
    assert ("phone" in seen, "phoneCountryCode" in seen, seen["phoneVerified"]) == (shown,) * 3
