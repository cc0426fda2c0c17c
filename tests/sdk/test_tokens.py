"""Tokens from a provider: asked once for all who wait, and once more after a refusal."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, NotDelivered, ServerFailed, SignIn
from aiogenauth.sending.tokens import TokenSource
from tests.sdk.support.answers import Behaviour, answer, page
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    Provider,
    connected,
)


async def test_a_provider_is_asked_once_for_all_who_wait(genauth: FakeServer, kind: Kind) -> None:
    provider = Provider()
    provider.gate.clear()
    async with connected(genauth.url, kind, access_token=provider) as client:
        tasks = [asyncio.create_task(client.bind_phone(CODE, NUMBER)) for _ in range(20)]
        while not provider.asked:  # noqa: ASYNC110 - nothing else happens meanwhile
            await asyncio.sleep(0)
        tasks[0].cancel()
        provider.gate.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert not any(isinstance(each, BaseException) for each in results[1:])
    assert provider.asked == 1
    assert {each.headers["authorization"] for each in genauth.received} == {"token-1"}


@pytest.mark.parametrize("error", [KeyError("theirs"), ServerFailed("theirs")], ids=repr)
async def test_what_a_provider_raises_is_its_own_and_nothing_is_sent(
    genauth: FakeServer, kind: Kind, error: Exception
) -> None:
    provider = Provider(error)
    async with connected(genauth.url, kind, access_token=provider) as client:
        with pytest.raises(type(error), match="theirs"):
            await client.bind_phone(CODE, NUMBER)
        assert genauth.received == []
        await client.bind_phone(CODE, NUMBER)
    assert provider.asked == 2


async def test_a_provider_that_fails_before_a_retry_is_heard_at_once(
    genauth: FakeServer, kind: Kind
) -> None:
    """Its error may be one of ours, and is not taken for the failure of an attempt."""
    genauth.on("get-profile", page(502), answer(PROFILE))
    provider = Provider(SignIn("ends-soon", "bearer", 0), NotDelivered("theirs"))
    async with connected(genauth.url, kind, access_token=provider) as client:
        with pytest.raises(NotDelivered, match=r"^theirs$"):
            await client.get_profile()
    assert (provider.asked, len(genauth.received)) == (2, 1)


async def test_a_provider_that_takes_too_long_ends_at_the_deadline(
    genauth: FakeServer, kind: Kind
) -> None:
    provider = Provider()
    provider.gate.clear()
    async with connected(genauth.url, kind, access_token=provider, deadline=0.05) as client:
        with pytest.raises(NotDelivered) as late:
            await client.bind_phone(CODE, NUMBER)
    assert late.value.phase == "token"
    assert genauth.received == []


async def test_a_timeout_inside_a_provider_is_its_own(genauth: FakeServer, kind: Kind) -> None:
    async with connected(
        genauth.url, kind, access_token=Provider(TimeoutError("theirs"))
    ) as client:
        with pytest.raises(TimeoutError, match="theirs"):
            await client.bind_phone(CODE, NUMBER)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a b",
        "a\nb",
        "é",
        None,
        7,
        (),
        ("t",),
        ("t", None),
        ("t", "soon"),
        ("t", True),
        ("a b", 9),
    ],
    ids=repr,
)
async def test_what_is_no_token_is_refused(genauth: FakeServer, kind: Kind, token: object) -> None:
    async with connected(genauth.url, kind, access_token=Provider(token)) as client:
        with pytest.raises(ConfigurationError) as refused:
            await client.bind_phone(CODE, NUMBER)
    assert refused.value.field == "access_token"
    assert genauth.received == []


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


async def test_views_of_one_provider_share_its_token(genauth: FakeServer) -> None:
    provider = Provider(SignIn("token-1", "bearer", 7200))
    async with AuthenticationClient("a", genauth.url) as client:
        user = client.as_user(provider)
        await user.bind_phone(CODE, NUMBER)
        await user.with_options(lang="en-US").bind_phone(CODE, NUMBER)
    assert provider.asked == 1


USER: ContextVar[str] = ContextVar("user")


async def test_a_function_that_gives_the_token_of_the_request_never_serves_another_user(
    genauth: FakeServer, kind: Kind
) -> None:
    """One after the other and all at once, as web applications keep the user of a request."""

    async def token_of_request() -> str:
        user = USER.get()
        await asyncio.sleep(0.001)
        return f"token-of-{user}"

    genauth.on("get-profile", answer(PROFILE))
    users = [f"user-{number}" for number in range(8)]
    async with connected(genauth.url, kind, access_token=token_of_request) as client:

        async def serve(user: str) -> None:
            USER.set(user)
            await client.request("GET", "/api/v3/get-profile", params={"of": user})

        for user in users:
            await asyncio.create_task(serve(user))
        await asyncio.gather(*map(serve, users))
    sent = [
        (each.path.rpartition("=")[2], each.headers["authorization"]) for each in genauth.received
    ]
    assert len(sent) == 16
    assert all(token == f"token-of-{user}" for user, token in sent)


async def test_a_token_that_says_nothing_of_its_life_is_asked_for_again(
    genauth: FakeServer,
) -> None:
    provider = Provider()
    async with connected(genauth.url, access_token=provider) as client:
        for _ in range(3):
            await client.bind_phone(CODE, NUMBER)
    assert [each.headers["authorization"] for each in genauth.received] == [
        "token-1", "token-2", "token-3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (("pair", 7200), 1),
        (("pair", 0), 2),
        (("pair", datetime.now(UTC) + timedelta(hours=1)), 1),
        (("pair", datetime.now(UTC) - timedelta(hours=1)), 2),
        (SignIn("signed-in", "bearer", 7200), 1),
        (SignIn("signed-in", "bearer", None), 2),
        (SignIn("signed-in", expires_in=7200, expires_at=datetime.now(UTC)), 2),
    ],
    ids=["seconds", "none left", "moment", "past", "sign-in", "no expiry", "old sign-in"],
)
async def test_what_is_remembered_says_how_long_it_lives(given: object, asked: int) -> None:
    source = TokenSource(provider := Provider(given, "token"))
    await source.token()
    await source.token()
    assert provider.asked == asked


async def test_a_question_that_hangs_is_asked_again_by_the_next_call(genauth: FakeServer) -> None:
    """The first gives up at its own deadline; the question goes with the last who waits."""
    provider = Provider()
    provider.gate.clear()
    async with connected(genauth.url, access_token=provider, deadline=0.05) as client:
        with pytest.raises(NotDelivered):
            await client.bind_phone(CODE, NUMBER)
        provider.gate.set()
        await client.bind_phone(CODE, NUMBER)
    assert provider.asked == 2


async def test_a_renewal_that_gave_nonsense_is_asked_again() -> None:
    given = [("old", 0), "no token", ("new", 60)]
    source = TokenSource(Provider(*given))
    assert await source.token() == "old"
    with pytest.raises(ConfigurationError):
        await source.token()
    assert await source.token() == "new"


@pytest.mark.parametrize(
    "loss", [page(401), page(401, b""), page(401, b"{}")], ids=["page", "empty", "object"]
)
async def test_a_401_of_a_gateway_is_a_refused_token(
    genauth: FakeServer,
    kind: Kind,
    loss: Behaviour,
) -> None:
    genauth.on("bind-phone", loss, answer())
    provider = Provider(("first", 7200), ("second", 7200))
    async with connected(genauth.url, kind, access_token=provider) as client:
        await client.bind_phone(CODE, NUMBER)
    assert [each.headers["authorization"] for each in genauth.received] == ["first", "second"]


async def test_a_function_that_is_not_async_is_refused_as_what_it_is(genauth: FakeServer) -> None:
    async with connected(genauth.url, access_token=lambda: "token") as client:
        with pytest.raises(ConfigurationError, match="async def") as refused:
            await client.bind_phone(CODE, NUMBER)
    assert refused.value.field == "access_token"
    assert genauth.received == []


def test_an_empty_token_is_not_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENAUTH_ACCESS_TOKEN", "of-the-environment")
    with pytest.raises(ConfigurationError, match="empty"):
        AuthenticationClient("a", "https://x.example", access_token="")
