"""Finding in the journal: by filters, by waiting, and what came near."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.mock.support.http import NUMBER, get, send_sms


async def test_newest_comes_first_and_limit_keeps_the_newest(http: aiohttp.ClientSession) -> None:
    for number in ("13800000001", "13800000002", "13800000003"):
        await send_sms(http, number)
    found = await get(http, "/_mock/requests", limit="2")
    shown = [noted["body"]["phoneNumber"] for noted in found["requests"]]
    assert shown == ["138****0003", "138****0002"]
    assert found["count"] == 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"route": "send-sms"}, 2),
        ({"route": "/api/v3/send-sms"}, 2),
        ({"route": "/api/v3/nowhere"}, 1),
        ({"method": "GET"}, 1),
        ({"outcome": "OK"}, 1),
        ({"statusCode": "200"}, 1),
        ({"apiCode": "4004"}, 1),
        ({"httpStatus": "404"}, 1),
        ({"phoneNumber": NUMBER}, 2),
        ({"phoneNumber": "+8618812348888"}, 2),
        ({"phoneNumber": "13900000000"}, 0),
        ({"channel": "CHANNEL_BIND_PHONE"}, 2),
        ({"fault": "none"}, 3),
        ({"fault": "any"}, 0),
        ({"route": "send-sms", "outcome": "SENT_TOO_RECENTLY"}, 1),
        ({"after": "1"}, 2),
    ],
    ids=str,
)
async def test_filters_count_what_fits(
    http: aiohttp.ClientSession, query: dict[str, str], count: int
) -> None:
    await send_sms(http)
    await send_sms(http)
    async with http.get("/api/v3/nowhere"):
        pass
    async with http.get("/_mock/requests/count", params=query) as reply:
        assert (await reply.json())["count"] == count
    assert (await get(http, "/_mock/requests", **query, count="true"))["count"] == count


async def test_unknown_filter_says_which_there_are(http: aiohttp.ClientSession) -> None:
    async with http.get("/_mock/requests", params={"rout": "send-sms"}) as reply:
        assert reply.status == 400
        said = (await reply.json())["error"]
    assert said.startswith("unknown filter 'rout'; expected one of: route, ")


async def test_near_misses_say_what_differed(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    async with http.get("/_mock/clock"):
        pass
    found = await get(
        http, "/_mock/requests", route="send-sms", outcome="PHONE_TAKEN", method="POST"
    )
    assert found["count"] == 0
    [near] = found["nearMisses"]
    assert near["differs"] == {"outcome": {"wanted": "PHONE_TAKEN", "was": ["OK"]}}
    assert near["request"]["path"] == "/api/v3/send-sms"


async def test_near_misses_hide_numbers(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    found = await get(http, "/_mock/requests", phoneNumber="13912345678", route="send-sms")
    assert "188****8888" in str(found)
    assert NUMBER not in str(found)
    assert "13912345678" not in str(found)


async def test_waiting_ends_as_soon_as_one_fits(http: aiohttp.ClientSession) -> None:
    waiting = asyncio.create_task(get(http, "/_mock/requests", route="send-sms", wait="60"))
    async with http.get("/api/v3/nowhere"):
        pass
    await send_sms(http)
    assert (await waiting)["count"] == 1


async def test_apps_do_not_see_each_other(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    assert (await get(http, "/_mock/requests", appId="another"))["requests"] == []
