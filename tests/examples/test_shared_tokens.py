"""Processes that share a Redis refresh the tokens of a user once between them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis
from shared_tokens import SharedTokens

from aiogenauth import AuthenticationClient, GrantRejected, NotSignedIn
from genauth_mock.testing import GenAuthServer

PROCESSES = 8
LONG = 15 * 24 * 3600
"""Seconds in which access tokens end, and refresh tokens do not."""


@pytest.fixture
async def redis(redis_url: str) -> str:
    """Give the URL of a database that holds nothing."""
    url = f"{redis_url}?db=1"
    async with redis_at(url) as redis:
        await redis.flushdb()  # pyright: ignore[reportUnknownMemberType] - untyped options
    return url


def client_of(server: GenAuthServer) -> AuthenticationClient:
    return AuthenticationClient(server.app_id, server.app_host, server.app_secret)


def redis_at(url: str) -> Redis:
    return Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType] - untyped options


async def sign_in(server: GenAuthServer, url: str) -> None:
    """Sign Ann in, and keep her tokens."""
    server.new_user(username="ann", password="pw-of-ann")
    async with client_of(server) as client, redis_at(url) as redis:
        tokens = await client.sign_in_by_username_password(
            "ann", "pw-of-ann", {"scope": "openid profile offline_access"}
        )
        await SharedTokens(client, redis, "ann").keep(tokens)


async def users(
    server: GenAuthServer, url: str, stack: AsyncExitStack
) -> list[AuthenticationClient]:
    """Give what each process has: a client and a connection to Redis of its own."""
    found: list[AuthenticationClient] = []
    for _ in range(PROCESSES):
        client = await stack.enter_async_context(client_of(server))
        redis = await stack.enter_async_context(redis_at(url))
        found.append(client.as_user(SharedTokens(client, redis, "ann")))
    return found


def refreshes(server: GenAuthServer) -> int:
    return len([each for each in server.requests() if "/oidc/token" in str(each)])


async def test_tokens_that_ended_are_refreshed_once_for_all(
    genauth_server: GenAuthServer, redis: str
) -> None:
    """A refresh token of the offline GenAuth works once, so a second refresh would fail."""
    await sign_in(genauth_server, redis)
    async with AsyncExitStack() as stack:
        ann = await users(genauth_server, redis, stack)
        for times in (0, 1, 2):
            await asyncio.gather(*(each.get_profile() for each in ann))
            assert refreshes(genauth_server) == times
            genauth_server.advance(LONG)


async def test_whoever_did_not_sign_in_is_asked_to(
    genauth_server: GenAuthServer, redis: str
) -> None:
    async with AsyncExitStack() as stack:
        [ann, *_] = await users(genauth_server, redis, stack)
        with pytest.raises(NotSignedIn):
            await ann.get_profile()


async def test_tokens_that_can_no_longer_be_refreshed_let_the_user_sign_in(
    genauth_server: GenAuthServer, redis: str
) -> None:
    await sign_in(genauth_server, redis)
    genauth_server.advance(60 * 24 * 3600)
    async with AsyncExitStack() as stack:
        [ann, *_] = await users(genauth_server, redis, stack)
        with pytest.raises(GrantRejected):
            await ann.get_profile()
