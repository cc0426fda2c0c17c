"""Tokens from a provider: asked once for all who wait, and once more after a refusal."""

from __future__ import annotations

import asyncio

import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, NotDelivered, ServerFailed, SignIn
from aiogenauth.sending.tokens import TokenSource
from tests.sdk.support.answers import answer, page
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    Kind,
    Provider,
    Stage,
    connected,
)


async def test_a_provider_is_asked_once_for_all_who_wait(stage: Stage, kind: Kind) -> None:
    provider = Provider()
    provider.gate.clear()
    async with connected(stage.url, kind, access_token=provider) as client:
        tasks = [asyncio.create_task(client.bind_phone(CODE, NUMBER)) for _ in range(20)]
        while not provider.asked:  # noqa: ASYNC110 - nothing else happens meanwhile
            await asyncio.sleep(0)
        tasks[0].cancel()
        provider.gate.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await client.bind_phone(CODE, NUMBER)
    assert isinstance(results[0], asyncio.CancelledError)
    assert not any(isinstance(each, BaseException) for each in results[1:])
    assert provider.asked == 1
    assert {each.headers["authorization"] for each in stage.received} == {"token-1"}


@pytest.mark.parametrize("error", [KeyError("theirs"), ServerFailed("theirs")], ids=repr)
async def test_what_a_provider_raises_is_its_own_and_nothing_is_sent(
    stage: Stage, kind: Kind, error: Exception
) -> None:
    provider = Provider(error)
    async with connected(stage.url, kind, access_token=provider) as client:
        with pytest.raises(type(error), match="theirs"):
            await client.bind_phone(CODE, NUMBER)
        assert stage.received == []
        await client.bind_phone(CODE, NUMBER)
    assert provider.asked == 2


async def test_a_provider_that_fails_before_a_retry_is_heard_at_once(
    stage: Stage, kind: Kind
) -> None:
    """Its error may be one of ours, and is not taken for the failure of an attempt."""
    stage.on("get-profile", page(502), answer(PROFILE))
    provider = Provider(SignIn("ends-soon", "bearer", 0), NotDelivered("theirs"))
    async with connected(stage.url, kind, access_token=provider) as client:
        with pytest.raises(NotDelivered, match=r"^theirs$"):
            await client.get_profile()
    assert (provider.asked, len(stage.received)) == (2, 1)


async def test_a_provider_that_takes_too_long_ends_at_the_deadline(
    stage: Stage, kind: Kind
) -> None:
    provider = Provider()
    provider.gate.clear()
    async with connected(stage.url, kind, access_token=provider, deadline=0.05) as client:
        with pytest.raises(NotDelivered) as late:
            await client.bind_phone(CODE, NUMBER)
    assert late.value.phase == "token"
    assert stage.received == []


async def test_a_timeout_inside_a_provider_is_its_own(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind, access_token=Provider(TimeoutError("theirs"))) as client:
        with pytest.raises(TimeoutError, match="theirs"):
            await client.bind_phone(CODE, NUMBER)


@pytest.mark.parametrize("token", ["", "a b", "a\nb", "é", None, 7], ids=repr)
async def test_what_is_no_token_is_refused(stage: Stage, kind: Kind, token: object) -> None:
    async with connected(stage.url, kind, access_token=Provider(token)) as client:
        with pytest.raises(ConfigurationError) as refused:
            await client.bind_phone(CODE, NUMBER)
    assert refused.value.field == "access_token"
    assert stage.received == []


def test_a_source_survives_the_end_of_a_loop() -> None:
    provider = Provider()
    provider.gate = asyncio.Event()
    source = TokenSource(provider)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(source.token(), 0.01)

    asyncio.run(give_up())
    provider.gate = asyncio.Event()
    provider.gate.set()
    assert asyncio.run(source.token()) == "token-2"


async def test_views_of_one_provider_share_its_token(stage: Stage) -> None:
    provider = Provider()
    async with AuthenticationClient("a", stage.url) as client:
        user = client.as_user(provider)
        await user.bind_phone(CODE, NUMBER)
        await user.with_options(lang="en-US").bind_phone(CODE, NUMBER)
    assert provider.asked == 1
