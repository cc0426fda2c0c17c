"""A phone or an e-mail address is changed for another, on the pure engine at fixed times."""

from __future__ import annotations

import pytest

from genauth_mock.engine import binding
from genauth_mock.engine.address import Address, Email
from genauth_mock.engine.contact_kinds import EMAIL, PHONE, ContactKind
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

Sent = tuple[Address, str]
"""An address, and the channel that a code is sent to it for."""

Given = tuple[Address, str]
MaybeGiven = tuple[Address | None, str | None]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        pytest.param(PHONE, (MINE, UNBIND), (NEW, BIND), id="phone"),
        pytest.param(
            EMAIL,
            (Email("a@example.com"), "CHANNEL_UPDATE_EMAIL"),
            (Email("b@example.com"), "CHANNEL_UPDATE_EMAIL"),
            id="e-mail",
        ),
    ],
)
def test_a_change_needs_both_codes_and_its_token_works_once(
    world: World, kind: ContactKind, old: Sent, new: Sent
) -> None:
    (old_address, old_channel), (new_address, new_channel) = old, new
    alice = world.user("alice", **{kind.name: old_address})
    proofs = [
        (new_address, world.send(new_channel, new_address)),
        (old_address, world.send(old_channel, old_address)),
    ]
    token = binding.allow_change(world.context(alice), kind, *proofs)
    assert kind.of(world.context(alice).signed_in_user()) == old_address, (
        "nothing changes before the token is used"
    )
    binding.change(world.context(alice), kind, token)
    assert kind.of(world.context(alice).signed_in_user()) == new_address
    assert world.context().owner(kind, old_address) is None
    assert (
        refusal(lambda: binding.change(world.context(alice), kind, token))
        is Outcome.UPDATE_TOKEN_INVALID
    )


def test_a_refused_change_uses_up_no_code(world: World) -> None:
    alice = world.user("alice", phone=MINE)
    new_code, old_code = world.send(BIND, NEW), world.send(UNBIND, MINE)
    context = world.context(alice)

    def wrong() -> object:
        return binding.allow_change(context, PHONE, (NEW, new_code), (MINE, "000000"))

    assert refusal(wrong) is Outcome.WRONG_CODE
    assert world.code(new_code).state(world.now) is State.ACTIVE
    assert world.code(old_code).wrong_attempts == 1


@pytest.mark.parametrize(
    ("new", "old", "outcome"),
    [
        pytest.param((MINE, "1"), (MINE, "1"), Outcome.SAME_PHONE, id="same phone"),
        pytest.param(
            (NEW, "1"), (ABROAD, "1"), Outcome.OLD_PHONE_MISMATCH, id="not the user's phone"
        ),
        pytest.param(
            (NEW, "1"), (MINE, None), Outcome.OLD_PHONE_UNVERIFIED, id="old phone not verified"
        ),
        pytest.param(
            (NEW, "1"), (None, None), Outcome.OLD_PHONE_UNVERIFIED, id="old phone left out"
        ),
        pytest.param((NEW, "1"), (MINE, "1"), Outcome.NO_CODE, id="no code sent"),
    ],
)
def test_a_change_is_refused(world: World, new: Given, old: MaybeGiven, outcome: Outcome) -> None:
    alice = world.user("alice", phone=MINE)
    assert refusal(lambda: binding.allow_change(world.context(alice), PHONE, new, old)) is outcome


def test_where_the_old_phone_need_not_be_verified_the_new_code_is_enough(world: World) -> None:
    world.set(verify_old_phone=False)
    alice = world.user("alice", phone=MINE)
    code = world.send(BIND, NEW)
    assert binding.allow_change(world.context(alice), PHONE, (NEW, code), (None, None))


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        pytest.param(59.999, None, id="just before"),
        pytest.param(60, Outcome.UPDATE_TOKEN_INVALID, id="at its end"),
    ],
)
def test_a_change_token_lives_sixty_seconds(
    world: World, seconds: float, outcome: Outcome | None
) -> None:
    alice, token = _allowed_change(world)
    world.pass_time(seconds)
    assert refusal(lambda: binding.change(world.context(alice), PHONE, token)) is outcome


def test_a_change_token_is_nobody_elses(world: World) -> None:
    _, token = _allowed_change(world)
    bob = world.user("bob")
    assert (
        refusal(lambda: binding.change(world.context(bob), PHONE, token))
        is Outcome.UPDATE_TOKEN_INVALID
    )


def test_a_phone_taken_meanwhile_stays_where_it_is(world: World) -> None:
    alice, token = _allowed_change(world)
    world.user("bob", phone=NEW)
    assert (
        refusal(lambda: binding.change(world.context(alice), PHONE, token)) is Outcome.PHONE_TAKEN
    )


def _allowed_change(world: World) -> tuple[str, str]:
    """Give a user with a phone, and a token that lets them change it."""
    alice = world.user("alice", phone=MINE)
    codes_sent = (NEW, world.send(BIND, NEW)), (MINE, world.send(UNBIND, MINE))
    return alice, binding.allow_change(world.context(alice), PHONE, *codes_sent)
