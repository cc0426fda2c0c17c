"""The machine's clock jumps while something waits: nothing waits longer or shorter, and nothing is renewed too late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic
from typing import Any, Final

import aiohttp
import pytest
import time_machine
from aiohttp import web
from aiohttp.test_utils import TestServer

from aiogenauth import AuthenticationClient, BindOutcomeUnknown, SignIn, TooManyRequests
from genauth_mock.server.launch import running

JUMPS: Final = pytest.mark.parametrize(
    "jump", [timedelta(days=400), timedelta(days=-400)], ids=["forward", "back"]
)
SLACK_SECONDS: Final = 10.0
"""How late a busy machine may be; a wait that follows the clock would be off by a year, or by nothing at all."""


@asynccontextmanager
async def served(
    handle: Callable[[web.Request], Awaitable[web.Response]],
) -> AsyncGenerator[str]:
    """Serve everything with one handler."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    async with TestServer(app) as server:
        yield str(server.make_url(""))


async def jumped_meanwhile(
    waiting: Coroutine[Any, Any, object], arrived: Awaitable[object], jump: timedelta
) -> tuple[object, float]:
    """Let the clock jump once a request has arrived; give what comes of it and how many seconds it took."""
    began = monotonic()
    task = asyncio.create_task(waiting)
    await arrived
    assert not task.done()
    with time_machine.travel(jump, tick=True):
        [result] = await asyncio.gather(task, return_exceptions=True)
    return result, monotonic() - began


@JUMPS
async def test_a_call_ends_at_its_deadline(jump: timedelta) -> None:
    """Neither at once nor never."""
    arrived, never = asyncio.Event(), asyncio.Event()

    async def no_answer(_: web.Request) -> web.Response:
        arrived.set()
        await never.wait()
        return web.Response()

    async with (
        served(no_answer) as url,
        AuthenticationClient("app", url, access_token="token", deadline=0.6, timeout=0.3) as client,
    ):
        bind = client.bind_phone("123456", "18812348888")
        ended, seconds = await jumped_meanwhile(bind, arrived.wait(), jump)
        never.set()
    assert isinstance(ended, BindOutcomeUnknown)
    assert 0.3 <= seconds < SLACK_SECONDS
    assert ended.elapsed is not None
    assert 0 < ended.elapsed < SLACK_SECONDS


@JUMPS
async def test_a_wait_before_a_retry_is_as_long_as_it_was(jump: timedelta) -> None:
    arrived = asyncio.Event()
    told: list[dict[str, object]] = [
        {"statusCode": 429, "message": "wait"},
        {"statusCode": 200, "message": "", "data": {}},
    ]
    answers = iter(told)

    async def limited(_: web.Request) -> web.Response:
        arrived.set()
        return web.json_response(next(answers), headers={"Retry-After": "0.5"})

    async with (
        served(limited) as url,
        AuthenticationClient("app", url, access_token="token") as client,
    ):
        read = client.request("GET", "/api/v3/get-profile")
        ended, seconds = await jumped_meanwhile(read, arrived.wait(), jump)
    assert ended == {}
    assert 0.5 <= seconds < SLACK_SECONDS


@JUMPS
async def test_a_date_to_wait_for_is_held_against_the_servers_own_date(jump: timedelta) -> None:
    headers = {
        "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
        "Retry-After": "Thu, 01 Jan 2026 00:01:30 GMT",
    }

    async def limited(_: web.Request) -> web.Response:
        return web.json_response({"statusCode": 429, "message": "wait"}, headers=headers)

    with time_machine.travel(jump, tick=True):
        async with served(limited) as url, AuthenticationClient("app", url) as client:
            with pytest.raises(TooManyRequests) as refused:
                await client.send_sms("CHANNEL_LOGIN", "18812348888")
    assert refused.value.retry_after == 90.0


@JUMPS
@pytest.mark.parametrize(
    ("lives_for", "times"), [(3600.0, 1), (0.0, 2)], ids=["good for an hour", "over"]
)
async def test_a_token_is_renewed_when_its_time_is_over_and_not_before(
    jump: timedelta, lives_for: float, times: int
) -> None:
    """By a clock that only goes forward: a jump neither renews it early nor keeps it too long."""
    asked: list[str] = []

    async def provider() -> SignIn:
        asked.append(f"token-{len(asked)}")
        return SignIn(access_token=asked[-1], token_type="Bearer", expires_in=lives_for)

    async def account(_: web.Request) -> web.Response:
        return web.json_response({"statusCode": 200, "message": "", "data": {"userId": "id"}})

    async with (
        served(account) as url,
        AuthenticationClient("app", url, access_token=provider) as client,
    ):
        await client.get_profile()
        with time_machine.travel(jump, tick=True):
            await client.get_profile()
    assert len(asked) == times


@JUMPS
async def test_who_waits_in_the_offline_genauth_waits_as_long_as_they_said(jump: timedelta) -> None:
    """For a message that does not come, and because of a fault."""
    async with running() as server, aiohttp.ClientSession(server.url) as http:

        async def messages() -> object:
            async with http.get("/_mock/messages?wait=0.4") as answer:
                return (await answer.json())["messages"]

        async with http.post("/_mock/faults", json={"delaySeconds": 0.4}) as answer:
            assert answer.ok

        async def delayed() -> int:
            async with http.get("/api/v3/get-profile") as answer:
                return answer.status

        async def both() -> tuple[object, int]:
            message, status = await asyncio.gather(messages(), delayed())
            return message, status

        # What was asked before this one has been read when it is answered.
        waited, seconds = await jumped_meanwhile(both(), http.get("/_mock/health"), jump)
    assert waited == ([], 200)
    assert 0.4 <= seconds < SLACK_SECONDS


async def test_an_app_follows_the_machines_clock_as_whoever_verifies_its_tokens_does() -> None:
    """A code expires when the machine says that a minute is over; after a reset the jump is forgotten."""
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        sms = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}

        async def sent() -> int:
            async with http.post("/api/v3/send-sms", json=sms) as answer:
                return int((await answer.json())["statusCode"])

        assert await sent() == 200
        with time_machine.travel(timedelta(seconds=301), tick=True):
            async with http.get("/_mock/messages") as answer:
                [message] = (await answer.json())["messages"]
            assert message["state"] == "expired"
        with time_machine.travel(timedelta(days=-1), tick=True):
            assert await sent() == 422
            async with http.post("/_mock/reset", json={}) as answer:
                assert answer.ok
            assert await sent() == 200
