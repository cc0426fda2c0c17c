"""The signing key of several processes that share a Redis, and the life of a refresh token there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from genauth_mock.engine import tokens
from genauth_mock.engine.accounts import AccessToken, RefreshToken, User
from genauth_mock.engine.context import CallContext, Caller
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.key_ring import KeyRing
from genauth_mock.runtime.options import Options
from genauth_mock.runtime.signer import fresh_signer
from genauth_mock.storage.serialization import decode, encode
from tests.mock.support.world import T0


@pytest.fixture
async def two(redis_url: str) -> AsyncIterator[tuple[Deployment, Deployment]]:
    """Give two deployments on one Redis, each with a key of its own to offer."""
    both = Deployment(Options(store=redis_url)), Deployment(Options(store=redis_url))
    yield both
    for each in both:
        await each.close()


def caller() -> Caller:
    """Name an app that nobody else uses."""
    return Caller(f"app-{uuid4()}")


def grant(context: CallContext) -> tokens.Tokens:
    """Sign a new user in."""
    user = User(context.randomness.identifier(), context.now, context.now)
    context.save(user)
    return tokens.grant(context, user, "openid offline_access")


async def test_processes_that_share_a_redis_share_the_key(
    two: tuple[Deployment, Deployment],
) -> None:
    one, other = two
    fresh_signer.cache_clear()
    first = (await one.token_issuers.ready()).public_keys(T0)
    fresh_signer.cache_clear()
    assert KeyRing(fresh_signer()).public_keys(T0) != first
    assert (await other.token_issuers.ready()).public_keys(T0) == first


async def test_of_many_refreshes_at_once_one_wins(two: tuple[Deployment, Deployment]) -> None:
    who = caller()
    for each in two:
        await each.token_issuers.ready()
    granted = await two[0].run(who, grant)
    assert isinstance(granted, tokens.Tokens)
    token = granted.refresh_token or ""
    answers = await asyncio.gather(
        *(each.run(who, lambda context: tokens.refresh(context, token, None)) for each in two * 5)
    )
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    assert len([answer for answer in answers if answer is not None]) == 1


async def test_a_move_that_signs_unprepared_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match=r"TokenIssuers\.ready"):
        await Deployment().run(caller(), grant)


@pytest.mark.parametrize(
    "record",
    [
        AccessToken("", "order:read", T0, T0, "id"),
        RefreshToken("user", "openid", T0, T0, "id"),
    ],
    ids=["access token", "refresh token"],
)
def test_a_token_is_read_back_as_it_was_written(record: object) -> None:
    assert decode(type(record), encode(record)) == record
