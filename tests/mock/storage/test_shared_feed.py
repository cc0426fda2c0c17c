"""Two servers on one Redis: whichever is asked tells what happened in the other."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.mock.support.http import (
    PATIENCE,
    SMS,
    Http,
    get,
    post,
)
from tests.support.redis_server import redis_server


async def test_the_journal_of_one_shows_what_the_other_answered(servers: tuple[Http, Http]) -> None:
    first, second = servers
    await post(first, "/api/v3/send-sms", SMS)
    await post(second, "/api/v3/send-sms", SMS)
    for http in servers:
        kept = (await get(http, "/_mock/requests"))["requests"]
        assert [each["outcome"] for each in kept] == ["SENT_TOO_RECENTLY", "OK"]
        assert kept[0]["body"] == {**SMS, "phoneNumber": "188****8888"}
        assert kept[0]["why"]["rule"] == "resendGapSeconds"
    assert (await get(first, "/_mock/requests/count", phoneNumber="18812348888"))["count"] == 2


async def test_who_waits_for_a_request_hears_of_one_elsewhere(servers: tuple[Http, Http]) -> None:
    first, second = servers
    await post(second, "/api/v3/send-sms", SMS)
    cursor = (await get(second, "/_mock/requests"))["cursor"]
    waiting = asyncio.create_task(
        get(first, "/_mock/requests", after=cursor, outcome="SENT_TOO_RECENTLY", wait="20")
    )
    await post(second, "/api/v3/send-sms", {**SMS, "channel": "CHANNEL_LOGIN"})
    await post(second, "/api/v3/send-sms", SMS)
    async with asyncio.timeout(PATIENCE / 2):
        assert (await waiting)["count"] == 1


async def test_a_request_that_a_fault_holds_up_is_listed_until_it_is_answered(
    servers: tuple[Http, Http],
) -> None:
    first, _ = servers
    await get(first, "/api/v3/get-profile")
    await post(first, "/_mock/faults", {"route": "send-sms", "delaySeconds": 600, "times": 1})
    asking = asyncio.create_task(post(first, "/api/v3/send-sms", SMS))
    kept = (await get(first, "/_mock/requests", route="send-sms", wait="20"))["requests"]
    assert [(each["pending"], each["httpStatus"]) for each in kept] == [(True, None)]
    async with first.post("/_mock/reset") as reply:
        await reply.json()
    async with asyncio.timeout(PATIENCE):
        await asking
    kept = (await get(first, "/_mock/requests", route="send-sms"))["requests"]
    assert [each["pending"] for each in kept] == [False]


async def test_who_waits_beside_the_first_request_of_an_app_which_is_held_up_is_answered(
    servers: tuple[Http, Http],
) -> None:
    first, _ = servers
    await post(first, "/_mock/faults", {"route": "send-sms", "delaySeconds": 600})
    asking = asyncio.create_task(post(first, "/api/v3/send-sms", SMS))
    await get(first, "/_mock/requests", route="send-sms", wait="20")
    kept = await get(first, "/_mock/requests", route="bind-phone", wait="0.1")
    assert kept["requests"] == []
    async with first.post("/_mock/reset") as reply:
        await reply.json()
    async with asyncio.timeout(PATIENCE):
        await asking


async def test_a_journal_is_emptied_for_all(servers: tuple[Http, Http]) -> None:
    first, second = servers
    await post(first, "/api/v3/send-sms", SMS)
    async with second.delete("/_mock/requests") as reply:
        assert await reply.json() == {"removed": 1}
    assert (await get(first, "/_mock/requests"))["requests"] == []


async def test_a_reset_of_all_apps_empties_the_journals_of_those_without_records(
    servers: tuple[Http, Http],
) -> None:
    first, second = servers
    await get(first, "/api/v3/get-profile")  # a refusal, which writes nothing but the journal
    app = first.headers.pop("x-genauth-app-id")
    async with first.post("/_mock/reset") as reply:
        assert app in (await reply.json())["reset"]
    assert (await get(second, "/_mock/requests"))["requests"] == []


async def test_a_late_message_hears_of_a_clock_that_the_other_moved(
    servers: tuple[Http, Http],
) -> None:
    first, second = servers
    await post(first, "/_mock/faults", {"delivery": "late", "delaySeconds": 30})
    await post(first, "/api/v3/send-sms", SMS)
    waiting = asyncio.create_task(get(second, "/_mock/messages", wait="20"))
    await post(second, "/_mock/clock", {"advanceSeconds": 31})
    async with asyncio.timeout(PATIENCE / 2):
        assert len((await waiting)["messages"]) == 1


async def test_a_redis_that_is_gone_is_said_and_nothing_breaks() -> None:
    with redis_server() as url:
        stack = AsyncExitStack()
        server = await stack.enter_async_context(running(Options(store=url)))
        http = await stack.enter_async_context(Http(server.url))
        assert (await post(http, "/api/v3/send-sms", SMS))["statusCode"] == 200
    async with stack:
        async with http.post("/api/v3/send-sms", json=SMS) as reply:
            assert reply.status == 503
            assert (await reply.json())["message"].startswith(
                f"the store at {url} cannot be reached"
            )
        for path in ("/_mock/users", "/_mock/requests", "/_mock/events"):
            async with http.get(path) as reply:
                assert reply.status == 503
                assert "cannot be reached" in (await reply.json())["error"]
