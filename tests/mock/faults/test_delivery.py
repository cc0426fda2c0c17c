"""Messages that come late, never, or twice: the request succeeds all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.support import http as http_calls
from tests.mock.support.faults import OTHER, arm
from tests.mock.support.http import NUMBER, Json, post

if TYPE_CHECKING:
    import aiohttp


async def send_sms(http: aiohttp.ClientSession, number: str = NUMBER) -> None:
    """Ask for a code; it has to succeed."""
    assert (await http_calls.send_sms(http, number))["statusCode"] == 200


async def arrived(http: aiohttp.ClientSession, number: str = NUMBER, wait: int = 0) -> list[Json]:
    """Read what reached a number."""
    query = {"phoneNumber": number, "wait": str(wait)}
    async with http.get("/_mock/messages", params=query) as reply:
        messages: list[Json] = (await reply.json())["messages"]
        return messages


async def test_message_that_never_comes(http: aiohttp.ClientSession) -> None:
    await arm(http, delivery="never", times=1)
    await send_sms(http)
    assert await arrived(http) == []
    await send_sms(http, OTHER)
    assert len(await arrived(http, OTHER)) == 1


async def test_message_that_comes_twice(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="delivery", delivery="twice", times=1)
    await send_sms(http)
    first, second = await arrived(http)
    assert first["passCode"] == second["passCode"]
    assert first["cursor"] != second["cursor"]


async def test_both_copies_show_that_the_code_is_used(http: aiohttp.ClientSession) -> None:
    await arm(http, delivery="twice")
    user = await post(http, "/_mock/users", {"username": "ada"})
    await send_sms(http)
    code = (await arrived(http))[0]["passCode"]
    headers = {"authorization": user["accessToken"]}
    body = {"phoneNumber": NUMBER, "passCode": code}
    async with http.post("/api/v3/bind-phone", json=body, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200
    assert [message["state"] for message in await arrived(http)] == ["used", "used"]


@pytest.mark.parametrize(
    ("frozen", "too_early"), [(True, 29), (False, 15)], ids=["frozen", "running"]
)
async def test_late_message_comes_when_the_apps_clock_says_so(
    http: aiohttp.ClientSession, frozen: bool, too_early: int
) -> None:
    await post(http, "/_mock/clock", {"frozen": frozen})
    await arm(http, delivery="late", delaySeconds=30, times=1)
    await send_sms(http)
    await post(http, "/_mock/clock", {"advanceSeconds": too_early})
    assert await arrived(http) == []
    await post(http, "/_mock/clock", {"advanceSeconds": 30 - too_early})
    [message] = await arrived(http, wait=5)
    assert message["state"] == "active"


async def test_code_that_comes_too_late_has_expired(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/clock", {"frozen": True})
    await arm(http, delivery="late", delaySeconds=301)
    await send_sms(http)
    await post(http, "/_mock/clock", {"advanceSeconds": 301})
    [message] = await arrived(http, wait=5)
    assert message["state"] == "expired"


async def test_late_code_that_was_replaced_meanwhile_says_so(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/clock", {"frozen": True})
    await post(http, "/_mock/settings", {"resendGapSeconds": 0})
    await arm(http, delivery="late", delaySeconds=30, times=1)
    await send_sms(http)
    await send_sms(http)
    [newer] = await arrived(http)
    await post(http, "/_mock/clock", {"advanceSeconds": 30})
    async with http.get(
        "/_mock/messages", params={"phoneNumber": NUMBER, "after": newer["cursor"], "wait": "5"}
    ) as reply:
        [late] = (await reply.json())["messages"]
    assert (late["state"], newer["state"]) == ("replaced", "active")


async def test_reset_loses_messages_on_their_way(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/clock", {"frozen": True})
    await arm(http, delivery="late", delaySeconds=30, times=1)
    await send_sms(http)
    await post(http, "/_mock/reset", {})
    await post(http, "/_mock/clock", {"advanceSeconds": 31})
    await send_sms(http)
    assert len(await arrived(http)) == 1


async def test_delivery_befalls_the_number_alone(http: aiohttp.ClientSession) -> None:
    await arm(http, delivery="never", phoneNumber=NUMBER)
    await send_sms(http)
    await send_sms(http, OTHER)
    assert (await arrived(http), len(await arrived(http, OTHER))) == ([], 1)


async def test_delivery_befalls_the_channel_alone(http: aiohttp.ClientSession) -> None:
    await arm(http, delivery="never", channel="CHANNEL_LOGIN")
    await send_sms(http)
    await post(http, "/api/v3/send-sms", {"channel": "CHANNEL_LOGIN", "phoneNumber": NUMBER})
    assert [message["channel"] for message in await arrived(http)] == ["CHANNEL_BIND_PHONE"]


async def test_delivery_skips_as_told(http: aiohttp.ClientSession) -> None:
    await arm(http, delivery="never", skip=1, times=1)
    for number in ("13800000001", "13800000002", "13800000003"):
        await send_sms(http, number)
    there = [len(await arrived(http, f"1380000000{last}")) for last in (1, 2, 3)]
    assert there == [1, 0, 1]
