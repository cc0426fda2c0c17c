"""Tokens that are refused or end: a provider is asked for another, once a call."""

from __future__ import annotations

import asyncio

import pytest

from aiogenauth import NotSignedIn, PassCodeWrong, ServerFailed, SignIn
from aiogenauth.sending.tokens import TokenSource
from tests.sdk.support.answers import (
    SIGNED_OUT,
    Connection,
    Received,
    answer,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    Provider,
    connected,
)


async def test_a_refused_token_is_replaced_once(genauth: FakeServer, kind: Kind) -> None:
    provider = Provider()
    genauth.on("bind-phone", SIGNED_OUT, answer())
    async with connected(genauth.url, kind, access_token=provider) as client:
        await client.bind_phone(CODE, NUMBER)
    assert [each.headers["authorization"] for each in genauth.received] == ["token-1", "token-2"]


async def test_a_token_that_is_refused_again_is_the_end(genauth: FakeServer, kind: Kind) -> None:
    provider = Provider()
    genauth.on("*", SIGNED_OUT)
    async with connected(genauth.url, kind, access_token=provider) as client:
        with pytest.raises(NotSignedIn):
            await client.get_profile()
    assert (provider.asked, len(genauth.received)) == (2, 2)


async def test_after_a_renewal_the_retry_rule_still_holds(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("get-profile", SIGNED_OUT, answer(statusCode=500), answer(PROFILE))
    async with connected(genauth.url, kind, access_token=Provider()) as client:
        assert (await client.get_profile()).phone == NUMBER
    genauth.on("get-profile", answer(statusCode=500), SIGNED_OUT, answer(PROFILE))
    async with connected(genauth.url, kind, access_token=Provider()) as client:
        assert (await client.get_profile()).phone == NUMBER


async def test_many_refusals_of_one_token_ask_for_one_new_one(
    genauth: FakeServer, kind: Kind
) -> None:
    async def only_the_second(connection: Connection, request: Received) -> None:
        fits = request.headers["authorization"] == "token-2"
        await (answer() if fits else SIGNED_OUT)(connection, request)

    genauth.on("*", only_the_second)
    provider = Provider()
    async with connected(genauth.url, kind, access_token=provider) as client:
        await asyncio.gather(*(client.bind_phone(CODE, NUMBER) for _ in range(10)))
    assert provider.asked == 2


async def test_a_fixed_token_that_is_refused_is_not_tried_again(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("*", SIGNED_OUT)
    async with connected(genauth.url, kind) as client:
        with pytest.raises(NotSignedIn):
            await client.bind_phone(CODE, NUMBER)
    assert len(genauth.received) == 1


async def test_a_provider_that_fails_on_renewal_is_heard_too(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("*", SIGNED_OUT)
    provider = Provider("token-1", ServerFailed("theirs"))
    async with connected(genauth.url, kind, access_token=provider) as client:
        with pytest.raises(ServerFailed, match="theirs"):
            await client.bind_phone(CODE, NUMBER)


async def test_a_token_with_a_known_end_is_replaced_before_it() -> None:
    answers = [SignIn("first", "bearer", 0), SignIn("second", "bearer", 7200)]

    async def sign_in() -> SignIn:
        return answers.pop(0)

    source = TokenSource(sign_in)
    assert await source.token() == "first"
    assert await source.token() == "second"
    assert await source.token() == "second"


async def test_a_refusal_of_another_kind_asks_for_nothing(genauth: FakeServer, kind: Kind) -> None:
    provider = Provider()
    genauth.on("*", answer(statusCode=499, apiCode=2001, message="验证码不正确"))
    async with connected(genauth.url, kind, access_token=provider) as client:
        with pytest.raises(PassCodeWrong):
            await client.bind_phone(CODE, NUMBER)
    assert provider.asked == 1
