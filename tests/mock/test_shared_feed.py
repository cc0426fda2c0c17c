"""Two servers on one Redis: whichever is asked tells what happened in the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from multidict import CIMultiDict, MultiDict
from redis.asyncio import Redis

from genauth_mock.address import Phone
from genauth_mock.carried import Conduct, Ending, HttpReply, HttpRequest
from genauth_mock.deployment import Options
from genauth_mock.events import Reader
from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.feed.writing import read_back, written
from genauth_mock.in_process import InProcessGenAuth
from genauth_mock.journal import Exchange, show_exchange
from genauth_mock.outbox import Message
from genauth_mock.pass_code import PassCode
from genauth_mock.server import running
from genauth_mock.verdict import Verdict
from redis_server import redis_server

T0 = datetime(2026, 1, 1, tzinfo=UTC)
SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
PATIENCE = 20
"""Seconds after which what should have come is given up."""

Http = aiohttp.ClientSession
Json = dict[str, Any]


@pytest.fixture
async def servers(redis_url: str) -> AsyncIterator[tuple[Http, Http]]:
    """Give clients of two servers that share a Redis, for one app that nobody else uses."""
    app = {"x-genauth-app-id": f"app-{uuid4()}"}
    async with AsyncExitStack() as stack:
        urls = [
            (
                await stack.enter_async_context(running(Options(store=redis_url, language="en-US")))
            ).url
            for _ in range(2)
        ]
        first, second = [await stack.enter_async_context(Http(url, headers=app)) for url in urls]
        yield first, second


async def get(http: Http, path: str, **query: str) -> Json:
    async with http.get(path, params=query) as reply:
        return await reply.json()  # type: ignore[no-any-return]


async def post(http: Http, path: str, body: Json) -> Json:
    async with http.post(path, json=body) as reply:
        return await reply.json()  # type: ignore[no-any-return]


@asynccontextmanager
async def listening(
    http: Http, **query: str
) -> AsyncGenerator[AsyncIterator[tuple[str, Json, str]]]:
    """Listen to the events of a server: their name, data and id."""
    async with http.get("/_mock/events", params=query) as reply:
        await reply.content.readuntil(b"\n\n")
        yield _blocks(reply.content)


async def _blocks(content: aiohttp.StreamReader) -> AsyncIterator[tuple[str, Json, str]]:
    while block := (await content.readuntil(b"\n\n")).decode():
        fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
        if "event" in fields:
            yield fields["event"], json.loads(fields["data"]), fields.get("id", "")


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
    app = first.headers["x-genauth-app-id"]
    async with first.post("/_mock/reset", headers={"x-genauth-app-id": ""}) as reply:
        assert app in (await reply.json())["reset"]
    assert (await get(second, "/_mock/requests"))["requests"] == []


async def test_events_are_heard_wherever_they_happen(servers: tuple[Http, Http]) -> None:
    first, second = servers
    app = first.headers["x-genauth-app-id"]
    async with asyncio.timeout(PATIENCE), listening(second) as events:
        await post(first, "/api/v3/send-sms", SMS)
        await post(first, "/_mock/clock", {"advanceSeconds": 61})
        await post(first, "/_mock/settings", {"passCodeLength": 4})
        await post(first, "/_mock/reset", {"appId": app})
        told = [await anext(events) for _ in range(5)]
    assert [name for name, _, _ in told] == [
        "message.issued",
        "request",
        "clock.changed",
        "settings.changed",
        "reset",
    ]
    assert told[0][1]["message"]["state"] == "active"
    assert told[3][1]["settings"]["passCodeLength"] == 4
    assert {data["appId"] for _, data, _ in told} == {app}


async def test_a_reader_goes_on_at_the_other_after_the_last_event_it_heard(
    servers: tuple[Http, Http],
) -> None:
    first, second = servers
    async with asyncio.timeout(PATIENCE):
        async with listening(first, events="request") as events:
            await post(first, "/api/v3/send-sms", SMS)
            *_, last = await anext(events)
        await post(first, "/api/v3/send-sms", SMS)
        async with listening(second, events="request", lastEventId=last) as events:
            _, data, _ = await anext(events)
        assert data["request"]["outcome"] == "SENT_TOO_RECENTLY"
        async with listening(second, events="request", lastEventId="elsewhere-7") as events:
            assert (await anext(events))[:2] == ("dropped", {"dropped": None})


async def test_headers_that_are_no_utf_8_are_answered_and_noted_like_any(redis_url: str) -> None:
    stray = b"app-\xff".decode(errors="surrogateescape")
    genauth = InProcessGenAuth(Options(store=redis_url, app_id=stray, language="en-US"))
    deployment, headers = genauth.deployment, {"authorization": stray}
    reader = Reader(app_id=stray)
    await deployment.events.listen(reader)
    answer = await genauth.answer(HttpRequest("GET", "/api/v3/get-profile", headers=headers))
    assert json.loads(answer.body)["statusCode"] == 401
    assert [event.name for event in await reader.next_events(PATIENCE)] == ["request"]
    await genauth.inject(outcome="EXPIRED_CODE")
    assert stray in await deployment.store.app_ids()
    await deployment.reset(stray)
    deployment.events.leave(reader)
    await deployment.close()


async def test_a_reset_ends_the_delays_of_the_other(servers: tuple[Http, Http]) -> None:
    first, second = servers
    app = first.headers["x-genauth-app-id"]
    await post(second, "/_mock/faults", {"delaySeconds": 60})
    async with asyncio.timeout(PATIENCE), listening(first, events="faults.changed") as events:
        slow = asyncio.create_task(post(second, "/api/v3/send-sms", SMS))
        await anext(events)  # it befell the request
        await post(first, "/_mock/reset", {"appId": app})
        assert (await slow)["statusCode"] == 200


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


@pytest.mark.parametrize(
    "exchange",
    [
        Exchange("app", HttpRequest("GET", "/")),
        Exchange(
            "app",
            HttpRequest(
                "POST",
                "/api/v3/bind-phone",
                MultiDict({"a": "b"}),
                CIMultiDict({"Content-Type": "application/json"}),
                b'{"passCode": "123456", "phoneNumber": "18812348888"} \xff',
                "http://localhost:1",
            ),
            number=7,
            now=T0,
            user_id="ada",
            verdict=Verdict.OK,
            told=Verdict.EXPIRED_CODE,
            why={"rule": "lifetime", "left": 1.5},
            reply=HttpReply(200, '{"message": "验证码"}'.encode(), conduct=Conduct(Ending.CUT)),
            faults=(Fault(Kind.CUT, fault_id="3", times=2),),
        ),
    ],
    ids=["bare", "full"],
)
def test_an_exchange_is_shown_as_where_it_happened(exchange: Exchange) -> None:
    kind, text = written(exchange)
    there = read_back(kind, "app", exchange.number, text)
    assert isinstance(there, Exchange)
    assert show_exchange(there) == show_exchange(exchange)
    assert there.faults == exchange.faults
    assert there.request.body == exchange.request.body


def test_a_message_is_read_back_equal() -> None:
    code = PassCode("id", "CHANNEL_LOGIN", Phone("+86", "18812348888"), "012345", T0, T0)
    message = Message(9, "app", code)
    kind, text = written(message)
    assert read_back(kind, "app", 1, text) == message


async def test_a_reader_goes_on_where_redis_was_emptied() -> None:
    with redis_server() as url:
        async with (
            asyncio.timeout(PATIENCE),
            running(Options(store=url, language="en-US")) as server,
            Http(server.url) as http,
            listening(http, events="request") as events,
        ):
            await post(http, "/api/v3/send-sms", SMS)
            *_, before = await anext(events)
            async with Redis.from_url(url) as redis:  # pyright: ignore[reportUnknownMemberType]  # untyped options
                await redis.flushall()  # pyright: ignore[reportUnknownMemberType]  # as above
            await post(http, "/api/v3/send-sms", SMS)
            assert (await anext(events))[:2] == ("dropped", {"dropped": None})
            name, data, after = await anext(events)
    assert (name, data["request"]["outcome"]) == ("request", "OK")
    assert before.partition("-")[0] != after.partition("-")[0]


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
