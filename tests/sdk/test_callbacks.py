"""Callbacks of the application: awaited where they are asynchronous, and heard as they are."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from aiogenauth import (
    AttemptResult,
    BindOutcomeUnknown,
    ConfigurationError,
    NotDelivered,
    TooManyRequests,
)
from tests.sdk.support.answers import Behaviour, answer, hang_up, page, silence
from tests.sdk.support.world import CODE, NUMBER, PROFILE, FakeServer, Kind, connected


@pytest.mark.parametrize("name", ["on_request", "on_response"])
async def test_an_asynchronous_callback_is_awaited(
    genauth: FakeServer, kind: Kind, name: str
) -> None:
    seen: list[object] = []

    async def callback(told: object) -> None:
        await asyncio.sleep(0)
        seen.append(told)

    options: dict[str, Any] = {name: callback}
    async with connected(genauth.url, kind, **options) as client:
        await client.bind_phone(CODE, NUMBER)
    assert len(seen) == 1


@pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])
@pytest.mark.parametrize("name", ["on_request", "on_response"])
@pytest.mark.parametrize(
    "raised",
    [
        NotDelivered("theirs"),
        TooManyRequests("theirs"),
        BindOutcomeUnknown("theirs"),
        TimeoutError("theirs"),
        KeyError("theirs"),
    ],
    ids=repr,
)
async def test_what_a_callback_raises_ends_the_call_as_it_is(
    genauth: FakeServer, kind: Kind, name: str, raised: Exception, *, is_async: bool
) -> None:
    """Unrepeated and unrewritten: a circuit breaker, a limiter."""
    asked = 0

    def plain(_: object) -> None:
        nonlocal asked
        asked += 1
        raise raised

    async def awaited(told: object) -> None:
        plain(told)

    callback = awaited if is_async else plain
    options: dict[str, Any] = {name: callback}
    async with connected(genauth.url, kind, **options) as client:
        for do in (client.get_profile(), client.bind_phone(CODE, NUMBER)):
            with pytest.raises(type(raised)) as heard:
                await do
            assert heard.value is raised
            assert "attempts" not in vars(raised)
    assert asked == 2
    assert len(genauth.received) == (0 if name == "on_request" else 2)


async def test_a_callback_that_hangs_ends_at_the_deadline(genauth: FakeServer) -> None:
    async def hang(_: object) -> None:
        await asyncio.Event().wait()

    async with connected(genauth.url, on_request=hang, deadline=0.05) as client:
        with pytest.raises(NotDelivered, match="on_request"):
            await client.bind_phone(CODE, NUMBER)
    assert genauth.received == []


@pytest.mark.parametrize(
    "behaviour", [hang_up, page(502), answer(statusCode=429)], ids=["lost", "page", "too many"]
)
async def test_what_on_response_raises_takes_the_place_of_what_went_wrong(
    genauth: FakeServer, kind: Kind, behaviour: Behaviour
) -> None:
    seen: list[AttemptResult] = []

    def failing(result: AttemptResult) -> None:
        seen.append(result)
        raise LookupError

    genauth.on("get-profile", behaviour)
    genauth.on("bind-phone", behaviour)
    async with connected(genauth.url, kind, on_response=failing) as client:
        for do in (client.get_profile(), client.bind_phone(CODE, NUMBER)):
            with pytest.raises(LookupError) as heard:
                await do
            assert heard.value.__context__ is None  # whose frames hold what was sent
    assert [(each.attempt.name, each.outcome == "ok") for each in seen] == [
        ("get_profile", False),
        ("bind_phone", False),
    ]


async def test_what_on_response_raises_after_a_cancelled_call_is_logged(
    genauth: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_: object) -> None:
        raise LookupError(NUMBER)

    genauth.on("bind-phone", silence)
    async with connected(genauth.url, on_response=failing) as client:
        call = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await genauth.is_asked(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert "on_response raised LookupError" in caplog.text
    assert NUMBER not in caplog.text


async def test_an_on_response_that_hangs_is_left_and_the_answer_is_returned(
    genauth: FakeServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("aiogenauth.sending.hooks.LONGEST_CALLBACK", 0.01)
    async with connected(genauth.url, on_response=hang) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "answer"
    assert "on_response did not return within 0.01 s" in caplog.text


async def test_what_a_token_provider_raises_is_not_looked_up(genauth: FakeServer) -> None:
    """Nothing was sent, so the account has nothing to say of it."""
    raised = BindOutcomeUnknown("of another call")

    async def provider() -> str:
        raise raised

    async with connected(genauth.url, access_token=provider) as client:
        with pytest.raises(BindOutcomeUnknown) as heard:
            await client.bind_phone(CODE, NUMBER)
    assert heard.value is raised
    assert (vars(raised).get("elapsed"), genauth.received) == (None, [])


@pytest.mark.parametrize("name", ["on_request", "on_response"])
@pytest.mark.parametrize("given", [5, "f", object()], ids=["number", "text", "object"])
async def test_what_cannot_be_called_is_refused(name: str, given: object) -> None:
    with pytest.raises(ConfigurationError) as refused:
        async with connected("https://x.example", **{name: given}):  # type: ignore[arg-type]
            pass
    assert refused.value.field == name


async def test_a_retry_is_told_at_info(
    genauth: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="aiogenauth")
    genauth.on("get-profile", page(502), answer(PROFILE))
    async with connected(genauth.url) as client:
        await client.get_profile()
    told = [each.getMessage() for each in caplog.records if each.name == "aiogenauth"]
    assert len(told) == 1
    assert told[0].startswith("GET /api/v3/get-profile is tried again in ")
