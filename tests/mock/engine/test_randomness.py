"""A server in the process of a test draws from a source of its own, and gives no id twice."""

from __future__ import annotations

import random
from functools import partial
from typing import Final
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genauth_mock.control.request import ControlRequest
from genauth_mock.control.users import create_user
from genauth_mock.engine.accounts import User
from genauth_mock.engine.context import MOST_DRAWS
from genauth_mock.runtime.options import Options
from genauth_mock.runtime.randomness import SystemRandomness
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.world import T0, CountingRandomness, World

PHONE = "18812348888"

DRAWN: Final[set[str]] = set()
"""The ids of every example of one test."""

SOURCE: Final = SystemRandomness()


async def test_the_seed_of_a_test_gives_no_user_the_id_of_another() -> None:
    genauth = InProcessGenAuth()
    random.seed(42)
    alice = await genauth.new_user(username="alice", phone_number=PHONE)
    random.seed(42)
    bob = await genauth.new_user(username="bob")
    assert alice.user_id != bob.user_id
    assert [user["username"] for user in await genauth.users()] == ["alice", "bob"]


async def test_what_a_test_draws_is_as_without_a_server() -> None:
    genauth = InProcessGenAuth()
    random.seed(7)
    draw = partial(random.randint, 0, 99)
    expected = [draw() for _ in range(4)]
    random.seed(7)
    drawn = [draw(), draw()]
    await genauth.new_user()
    assert [*drawn, draw(), draw()] == expected


async def test_what_a_test_puts_in_the_place_of_the_standard_sources_is_not_asked() -> None:
    genauth = InProcessGenAuth()
    with (
        mock.patch("secrets.token_urlsafe", return_value="the same"),
        mock.patch("random.random", return_value=0.5),
        mock.patch("random.randbytes", return_value=bytes(12)),
    ):
        users = [await genauth.new_user() for _ in range(2)]
    assert len({user.user_id for user in users}) == 2
    assert len({user.access_token for user in users}) == 2


@settings(max_examples=5, database=None, deadline=None)
@given(number=st.integers(0, 10**6))
def test_examples_of_hypothesis_draw_different_ids(number: int) -> None:  # noqa: ARG001 - each example reseeds `random`
    drawn = SOURCE.identifier()
    assert drawn not in DRAWN
    DRAWN.add(drawn)


async def test_an_id_that_is_taken_is_drawn_again() -> None:
    first = (await InProcessGenAuth(Options(codes_seed="42")).new_user()).user_id
    genauth = InProcessGenAuth(Options(codes_seed="42"))
    await genauth.new_user(user_id=first, username="given")
    assert (await genauth.new_user()).user_id != first
    assert len(await genauth.users()) == 2


async def test_no_user_of_a_list_gets_an_id_that_another_one_is_given() -> None:
    first = (await InProcessGenAuth(Options(codes_seed="42")).new_user()).user_id
    genauth = InProcessGenAuth(Options(codes_seed="42"))
    given_and_drawn = {"users": [{"username": "drawn"}, {"username": "given", "userId": first}]}
    await create_user(ControlRequest(genauth.deployment, None, {}, given_and_drawn, {}))
    users = {user["username"]: user["userId"] for user in await genauth.users()}
    assert users["given"] == first
    assert users["drawn"] != first


def test_a_source_that_gives_one_id_alone_is_named_and_not_asked_for_ever(world: World) -> None:
    class Stuck(CountingRandomness):
        def identifier(self) -> str:
            return "the same"

    context = world.context()
    context.randomness = Stuck()
    context.save(User("the same", created_at=T0, updated_at=T0))
    with pytest.raises(RuntimeError, match=f"{MOST_DRAWS} ids were drawn for a user, and each"):
        context.new_user_id()
