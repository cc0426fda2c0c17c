"""Two servers on one Redis: events are heard wherever they happen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from redis.asyncio import Redis

from genauth_mock.activity.events import Reader
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.http import (
    PATIENCE,
    SMS,
    Http,
    Json,
    post,
)
from tests.support.redis_server import redis_server


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
