"""Tokens that last: refreshed once for all who wait, stored before they are used, never lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from aiogenauth import (
    AuthenticationClient,
    ConfigurationError,
    GrantRejected,
    InvalidInput,
    NotSignedIn,
    RefreshOutcomeUnknown,
    SignIn,
)
from aiogenauth.sending.refreshing import lasting
from aiogenauth.sending.tokens import TokenSource
from tests.sdk.oidc.bare import TOKENS, bare, form, refusal
from tests.sdk.support.answers import SIGNED_OUT, Connection, Received, answer, hang_up
from tests.sdk.support.canaries import shown
from tests.sdk.support.world import PROFILE, FakeServer, Kind, connected

APP: dict[str, Any] = {"app_secret": "s", "access_token": None}
OLD = SignIn("a-1", "Bearer", 3600, id_token="i-1", refresh_token="r-1")
NEW = TOKENS | {"expires_in": 3600}


def ending(seconds: float) -> SignIn:
    """Give tokens as they come out of a store."""
    return attrs.evolve(OLD, expires_at=datetime.now(UTC) + timedelta(seconds=seconds))


def serve(genauth: FakeServer, *refreshed: dict[str, object]) -> None:
    """Take the newest access token only."""
    genauth.on("token", *(bare(each) for each in refreshed or (NEW,)))
    genauth.on("get-profile", answer(PROFILE))


async def only_the_new(connection: Connection, request: Received) -> None:
    fits = request.headers["authorization"] == "a-2"
    await (answer(PROFILE) if fits else SIGNED_OUT)(connection, request)


def used(genauth: FakeServer) -> list[str]:
    return [each.headers["authorization"] for each in genauth.asked("get-profile")]


async def test_tokens_are_used_as_long_as_they_live(genauth: FakeServer, kind: Kind) -> None:
    serve(genauth)
    async with connected(genauth.url, kind, **APP) as client:
        for tokens in (OLD, ending(60)):
            await client.as_user(tokens).get_profile()
    assert used(genauth) == ["a-1", "a-1"]
    assert genauth.asked("token") == []


@pytest.mark.parametrize("seconds", [29, 0, -1000])
async def test_tokens_are_refreshed_shortly_before_they_expire(
    genauth: FakeServer, kind: Kind, seconds: float
) -> None:
    serve(genauth)
    async with connected(genauth.url, kind, **APP) as client:
        user = client.as_user(ending(seconds))
        await asyncio.gather(*(user.get_profile() for _ in range(20)))
        await user.get_profile()
    (request,) = genauth.asked("token")
    assert form(request)["refresh_token"] == "r-1"
    assert set(used(genauth)) == {"a-2"}


async def test_a_refusal_refreshes_once_for_all_who_were_refused(
    genauth: FakeServer, kind: Kind
) -> None:
    serve(genauth)
    genauth.on("get-profile", only_the_new)
    async with connected(genauth.url, kind, **APP) as client:
        user = client.as_user(OLD)
        await asyncio.gather(*(user.get_profile() for _ in range(20)))
    assert len(genauth.asked("token")) == 1


async def test_a_refusal_of_the_new_token_is_the_end(genauth: FakeServer) -> None:
    serve(genauth)
    genauth.on("get-profile", SIGNED_OUT)
    async with connected(genauth.url, **APP) as client:
        with pytest.raises(NotSignedIn):
            await client.as_user(OLD).get_profile()
    assert len(genauth.asked("token")) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, ["r-1", "r-1", "r-1"]), ({"refresh_token": "r-2"}, ["r-1", "r-2", "r-2"])],
    ids=["the old one lives on", "each has a successor"],
)
async def test_both_ways_of_rotation_are_followed(
    genauth: FakeServer, given: dict[str, str], kept: list[str]
) -> None:
    """Two official texts disagree on which it is."""
    kept_as_is = {key: value for key, value in NEW.items() if key != "refresh_token"}
    answers: dict[str, object] = {**kept_as_is, **given}
    serve(genauth, {**answers, "expires_in": 0})
    stored: list[SignIn] = []

    async def store(tokens: SignIn) -> None:
        stored.append(tokens)

    async with connected(genauth.url, **APP) as client:
        user = client.as_user(ending(0), on_refresh=store)
        for _ in range(3):
            await user.get_profile()
    assert [form(each)["refresh_token"] for each in genauth.asked("token")] == kept
    assert {each.refresh_token for each in stored} == {kept[-1]}


async def test_an_id_token_that_does_not_come_again_is_kept(genauth: FakeServer) -> None:
    serve(genauth, {key: value for key, value in NEW.items() if key != "id_token"})
    stored: list[SignIn] = []

    async def store(tokens: SignIn) -> None:
        stored.append(tokens)

    async with connected(genauth.url, **APP) as client:
        await client.as_user(ending(0), on_refresh=store).get_profile()
    assert (stored[0].id_token, stored[0].access_token) == ("i-1", "a-2")


async def test_new_tokens_are_stored_before_they_are_used(genauth: FakeServer) -> None:
    serve(genauth)

    async def store(tokens: SignIn) -> None:
        await asyncio.sleep(0.01)
        assert used(genauth) == []
        assert tokens.expires_at is not None

    async with connected(genauth.url, **APP) as client:
        await client.as_user(ending(0), on_refresh=store).get_profile()
    assert used(genauth) == ["a-2"]


async def test_new_tokens_that_could_not_be_stored_are_not_used_and_not_lost(
    genauth: FakeServer,
) -> None:
    """The old refresh token may be spent already, so they are all that is left."""
    serve(genauth)
    stored: list[SignIn] = []

    async def store(tokens: SignIn) -> None:
        stored.append(tokens)
        if len(stored) == 1:
            text = "the store is away"
            raise OSError(text)

    async with connected(genauth.url, **APP) as client:
        user = client.as_user(ending(0), on_refresh=store)
        with pytest.raises(OSError, match="the store is away"):
            await user.get_profile()
        assert used(genauth) == []
        await user.get_profile()
    assert (len(genauth.asked("token")), used(genauth)) == (1, ["a-2"])
    assert stored[0] is stored[1]


async def test_a_refresh_that_is_refused_lets_the_user_sign_in_again(genauth: FakeServer) -> None:
    genauth.on("token", refusal("invalid_grant"))
    async with connected(genauth.url, **APP) as client:
        with pytest.raises(GrantRejected):
            await client.as_user(ending(0)).get_profile()
    assert used(genauth) == []


async def test_a_refresh_whose_answer_is_lost_is_not_sent_again_by_itself(
    genauth: FakeServer,
) -> None:
    genauth.on("token", hang_up, bare(NEW))
    genauth.on("get-profile", answer(PROFILE))
    async with connected(genauth.url, retries=3, **APP) as client:
        user = client.as_user(ending(0))
        with pytest.raises(RefreshOutcomeUnknown):
            await user.get_profile()
        assert len(genauth.asked("token")) == 1


async def test_whoever_waits_and_is_cancelled_does_not_end_the_refresh(genauth: FakeServer) -> None:
    serve(genauth)
    async with connected(genauth.url, **APP) as client:
        user = client.as_user(ending(0))
        waiting = [asyncio.create_task(user.get_profile()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        done = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
    assert not [each for each in done[1:] if isinstance(each, BaseException)]
    assert len(genauth.asked("token")) == 1


async def test_views_of_one_user_share_what_is_new(genauth: FakeServer) -> None:
    serve(genauth)
    async with connected(genauth.url, **APP) as client:
        user = client.as_user(ending(0))
        await user.get_profile()
        await user.with_options(lang="en-US").get_profile()
    assert len(genauth.asked("token")) == 1


async def test_tokens_without_a_refresh_token_end_when_they_end(genauth: FakeServer) -> None:
    genauth.on("get-profile", SIGNED_OUT)
    tokens = attrs.evolve(ending(0), refresh_token=None)
    async with connected(genauth.url, **APP) as client:
        with pytest.raises(NotSignedIn):
            await client.as_user(tokens).get_profile()
    assert genauth.asked("token") == []


@pytest.mark.parametrize(
    "given", [attrs.evolve(OLD, refresh_token=None), "a-1"], ids=["SignIn", "str"]
)
async def test_nobody_can_wait_for_what_never_comes(given: Any) -> None:  # noqa: ANN401
    async def store(_: SignIn) -> None: ...

    async with AuthenticationClient("a", "https://x.example") as client:
        with pytest.raises(InvalidInput) as refused:
            client.as_user(given, on_refresh=store)
    assert refused.value.field == "on_refresh"


async def test_a_store_that_is_not_async_is_named_before_new_tokens_are_used(
    genauth: FakeServer,
) -> None:
    serve(genauth)
    stored: list[SignIn] = []
    not_async: Any = stored.append
    async with connected(genauth.url, **APP) as client:
        user = client.as_user(ending(0), on_refresh=not_async)
        with pytest.raises(ConfigurationError, match=r"on_refresh: .*`async def`") as refused:
            await user.get_profile()
    assert (refused.value.field, used(genauth), len(stored)) == ("on_refresh", [], 1)


async def test_a_store_that_cannot_be_called_is_refused_at_once() -> None:
    nothing: Any = "store"
    async with AuthenticationClient("a", "https://x.example") as client:
        with pytest.raises(InvalidInput, match="on_refresh: give an async function"):
            client.as_user(ending(0), on_refresh=nothing)


async def test_a_moment_without_a_zone_is_utc(genauth: FakeServer) -> None:
    serve(genauth)
    end = ending(3600).expires_at
    assert end is not None
    tokens = attrs.evolve(OLD, expires_at=end.replace(tzinfo=None))
    async with connected(genauth.url, **APP) as client:
        await client.as_user(tokens).get_profile()
    assert used(genauth) == ["a-1"]


async def test_no_frame_shows_a_token_when_a_refresh_fails(genauth: FakeServer) -> None:
    genauth.on("token", refusal("invalid_grant", "canary-r is no good"))
    tokens = attrs.evolve(
        ending(0), refresh_token="canary-r", access_token="canary-a", id_token="canary-i"
    )
    async with connected(genauth.url, **APP) as client:
        user = client.as_user(tokens)
        with pytest.raises(GrantRejected) as refused:
            await user.get_profile()
        source = user._executor.tokens  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - a debugger shows it
        for text in (*shown(refused.value), *shown(source)):
            assert "canary" not in text


async def test_a_refresh_that_nobody_waits_for_any_more_loses_no_tokens() -> None:
    """GenAuth may take back the old refresh token at once, so what came is kept."""
    gate, asked = asyncio.Event(), list[str]()

    async def refresh(token: str) -> SignIn:
        asked.append(token)
        await gate.wait()
        return SignIn(f"access-{len(asked)}", refresh_token=f"refresh-{len(asked)}")

    source = lasting(SignIn("access-0", "bearer", 0, refresh_token="refresh-0"), refresh, None)
    assert isinstance(source, TokenSource)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(source.token(), 0.01)
    gate.set()
    await asyncio.sleep(0.01)
    assert await source.token() == "access-1"
    assert await source.token() == "access-1"
    assert asked == ["refresh-0"]
