"""The outbox under /_mock/messages: what a message says, how it is found and waited for."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.mock.support.control import call, messages, send
from tests.mock.support.http import PATIENCE


async def test_messages_are_newest_first_and_found_by_number_and_channel(
    http: aiohttp.ClientSession,
) -> None:
    for number in ("13900000001", "13900000002", "13900000003"):
        await send(http, number)
    numbers = [message["phoneNumber"] for message in await messages(http)]
    assert numbers == ["13900000003", "13900000002", "13900000001"]
    found = await messages(http, "phoneNumber=13900000002&channel=CHANNEL_BIND_PHONE")
    assert [message["phoneNumber"] for message in found] == ["13900000002"]
    assert await messages(http, "phoneNumber=13900000002&channel=CHANNEL_LOGIN") == []
    assert await messages(http, app_id="other") == []


@pytest.mark.parametrize("number", ["+8613900000001", "%2B8613900000001", "13900000001"])
async def test_a_number_is_found_in_the_forms_people_write(
    http: aiohttp.ClientSession, number: str
) -> None:
    await send(http, "13900000001")
    assert len(await messages(http, f"phoneNumber={number}")) == 1


async def test_a_message_has_what_the_interface_promises(http: aiohttp.ClientSession) -> None:
    await send(http)
    (message,) = await messages(http)
    names = [
        "id",
        "appId",
        "channel",
        "phoneCountryCode",
        "phoneNumber",
        "passCode",
        "sentAt",
        "expiresAt",
        "state",
    ]
    assert set(names) <= set(message)
    assert (message["appId"], message["phoneCountryCode"], message["state"]) == (
        "app",
        "+86",
        "active",
    )
    assert len(message["passCode"]) == 6


async def test_waiting_answers_as_soon_as_a_newer_message_is_there(
    http: aiohttp.ClientSession,
) -> None:
    await send(http, "13900000001")
    _, seen = await call(http, "GET /_mock/messages")
    waiting = asyncio.create_task(call(http, f"GET /_mock/messages?after={seen['cursor']}&wait=30"))
    await call(http, "GET /_mock/health")
    assert not waiting.done(), "nothing newer is there yet"
    await send(http, "13900000002")
    _, answer = await asyncio.wait_for(waiting, timeout=PATIENCE)
    assert [message["phoneNumber"] for message in answer["messages"]] == ["13900000002"]
    assert answer["cursor"] > seen["cursor"]


async def test_waiting_ends_when_its_time_is_up(http: aiohttp.ClientSession) -> None:
    assert await messages(http, "wait=0.01") == []


@pytest.mark.parametrize("query", ["wait=x", "wait=-1", "after=x", "wait=nan"])
async def test_a_query_that_is_no_number_is_refused_by_name(
    http: aiohttp.ClientSession, query: str
) -> None:
    status, answer = await call(http, f"GET /_mock/messages?{query}")
    assert status == 400
    assert query.partition("=")[0] in answer["error"]


async def test_a_query_that_is_no_filter_is_refused_and_names_those_that_are(
    http: aiohttp.ClientSession,
) -> None:
    """A slip would find the messages of everybody."""
    status, answer = await call(http, "GET /_mock/messages?phone=18812348888")
    assert status == 400
    assert answer["error"].startswith("unknown filter 'phone'; expected one of: phoneNumber, ")


async def test_states_follow_the_life_of_a_code(http: aiohttp.ClientSession) -> None:
    await call(http, "POST /_mock/settings", {"resendGapSeconds": 0})
    await send(http)
    await send(http)
    assert [message["state"] for message in await messages(http)] == ["active", "replaced"]
    await call(http, "POST /_mock/clock", {"advanceSeconds": 301})
    assert [message["state"] for message in await messages(http)] == ["expired", "replaced"]
