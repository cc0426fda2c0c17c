"""Delays over HTTP: whom they hold up, where, and what releases them."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from genauth_mock.activity.events import Reader
from genauth_mock.server.launch import Running, running
from tests.mock.support.faults import AN_HOUR, arm, codes_sent
from tests.mock.support.http import get, post, send_sms


async def test_delay_holds_a_request_up_until_a_reset(
    server: Running, http: aiohttp.ClientSession
) -> None:
    """A reset releases whoever waits, and what they asked for then happens."""
    told = Reader(names=frozenset({"faults.changed"}))
    await arm(http, delaySeconds=AN_HOUR)
    await server.deployment.events.listen(told)
    waiting = asyncio.create_task(send_sms(http))
    [match_faults] = await told.next_events(5)
    assert not waiting.done()
    assert await codes_sent(http) == []
    await post(http, "/_mock/reset", {"appId": match_faults.app_id})
    assert (await waiting)["statusCode"] == 200
    assert await get(http, "/_mock/faults") == {"faults": []}
    assert len(await codes_sent(http)) == 1


async def test_reset_of_one_app_leaves_another_waiting(
    server: Running, http: aiohttp.ClientSession
) -> None:
    told = Reader(names=frozenset({"faults.changed"}), app_id="mine")
    await arm(http, delaySeconds=AN_HOUR, appId="mine")
    await server.deployment.events.listen(told)
    waiting = asyncio.create_task(send_sms(http, x_genauth_app_id="mine"))
    await told.next_events(5)
    await post(http, "/_mock/reset", {"appId": "another"})
    assert not waiting.done()
    await post(http, "/_mock/reset", {"appId": "mine"})
    assert (await waiting)["statusCode"] == 200


async def test_delay_after_the_effect_holds_only_the_answer(
    server: Running, http: aiohttp.ClientSession
) -> None:
    sent = Reader(names=frozenset({"message.issued"}))
    await server.deployment.events.listen(sent)
    await arm(http, delaySeconds=AN_HOUR, when="after")
    waiting = asyncio.create_task(send_sms(http))
    assert len(await sent.next_events(5)) == 1
    assert not waiting.done()
    await post(http, "/_mock/reset", {})
    assert (await waiting)["statusCode"] == 200


async def test_delay_and_another_fault_befall_together(http: aiohttp.ClientSession) -> None:
    await arm(http, delaySeconds=0.001)
    await arm(http, outcome="PHONE_TAKEN", times=1)
    await arm(http, httpStatus=503)
    assert (await send_sms(http))["apiCode"] == 1320004
    [noted] = (await get(http, "/_mock/requests"))["requests"]
    assert [fault["id"] for fault in noted["faults"]] == ["1", "2"]


async def test_server_stops_at_once_while_a_request_waits() -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        told = Reader(names=frozenset({"faults.changed"}))
        await arm(http, delaySeconds=AN_HOUR)
        await server.deployment.events.listen(told)
        waiting = asyncio.create_task(send_sms(http))
        await told.next_events(5)
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting
