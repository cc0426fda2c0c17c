"""Whom a fault befalls, how often, and together with which others."""

from __future__ import annotations

import aiohttp
import pytest

from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.mock.support.faults import OTHER, arm, codes_sent
from tests.mock.support.http import (
    NUMBER,
    get,
    post,
    send_sms,
)


async def test_times_counts_down_and_the_fault_goes(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="PHONE_TAKEN", times=2)
    await send_sms(http)
    [left] = (await get(http, "/_mock/faults"))["faults"]
    assert (left["times"], left["applied"]) == (1, 1)
    await send_sms(http)
    assert (await get(http, "/_mock/faults"))["faults"] == []
    assert (await send_sms(http))["statusCode"] == 200


async def test_without_times_it_stays_until_it_is_removed(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="PHONE_TAKEN")
    assert [(await send_sms(http))["statusCode"] for _ in range(3)] == [499] * 3
    async with http.delete("/_mock/faults") as reply:
        assert await reply.json() == {"removed": 1}
    assert (await send_sms(http))["statusCode"] == 200


async def test_skip_lets_the_first_ones_pass(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="PHONE_TAKEN", skip=2, times=1)
    numbers = ["13800000001", "13800000002", "13800000003", "13800000004"]
    statuses = [(await send_sms(http, number))["statusCode"] for number in numbers]
    assert statuses == [200, 200, 499, 200]


@pytest.mark.parametrize(("probability", "struck"), [(0, 0), (1, 5)])
async def test_probability_says_how_many_it_befalls(
    http: aiohttp.ClientSession, probability: float, struck: int
) -> None:
    await arm(http, outcome="PHONE_TAKEN", probability=probability)
    for number in range(5):
        await send_sms(http, f"1380000000{number}")
    assert (await get(http, "/_mock/requests/count", outcome="PHONE_TAKEN"))["count"] == struck


@pytest.mark.parametrize("route", ["/api/v3/send-sms", "send-sms", "POST /api/v3/send-sms"])
async def test_route_befalls_that_path_alone(http: aiohttp.ClientSession, route: str) -> None:
    await arm(http, outcome="PHONE_TAKEN", route=route)
    assert (await send_sms(http))["statusCode"] == 499
    mail = {"channel": "CHANNEL_LOGIN", "email": "ada@example.com"}
    assert (await post(http, "/api/v3/send-email", mail))["statusCode"] == 200


async def test_every_route_is_befallen_even_one_that_is_not_there(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, outcome="TOO_MANY_REQUESTS", route="*")
    assert (await get(http, "/api/v3/nowhere"))["statusCode"] == 429


async def test_app_is_befallen_alone(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="PHONE_TAKEN", appId="mine")
    assert (await send_sms(http, x_genauth_app_id="mine"))["statusCode"] == 499
    assert (await send_sms(http, x_genauth_app_id="yours"))["statusCode"] == 200
    assert (await get(http, "/_mock/faults", appId="yours"))["faults"] == []


@pytest.mark.parametrize("given", [NUMBER, f"+86{NUMBER}", "+86 188 1234-8888"])
async def test_number_is_befallen_alone(http: aiohttp.ClientSession, given: str) -> None:
    armed = await arm(http, outcome="PHONE_TAKEN", phoneNumber=given)
    assert NUMBER not in str(armed)
    assert (await send_sms(http))["statusCode"] == 499
    assert (await send_sms(http, OTHER))["statusCode"] == 200


async def test_number_of_the_caller_is_befallen_where_the_call_names_none(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, outcome="NO_CODE", phoneNumber=NUMBER, route="get-profile")
    mine = await post(http, "/_mock/users", {"phoneNumber": NUMBER})
    yours = await post(http, "/_mock/users", {"phoneNumber": OTHER})
    statuses: list[int] = []
    for user in (mine, yours):
        headers = {"authorization": user["accessToken"]}
        async with http.get("/api/v3/get-profile", headers=headers) as reply:
            statuses.append((await reply.json())["statusCode"])
    assert statuses == [499, 200]


@pytest.mark.parametrize("by", ["userId", "username"])
async def test_user_is_befallen_alone(http: aiohttp.ClientSession, by: str) -> None:
    ada = await post(http, "/_mock/users", {"username": "ada"})
    bob = await post(http, "/_mock/users", {"username": "bob"})
    await arm(http, outcome="USER_SUSPENDED", user=ada[by])
    statuses: list[int] = []
    for user in (ada, bob):
        headers = {"authorization": f"Bearer {user['accessToken']}"}
        async with http.get("/api/v3/get-profile", headers=headers) as reply:
            statuses.append((await reply.json())["statusCode"])
    assert statuses == [403, 200]


async def test_channel_is_befallen_alone(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="PHONE_TAKEN", channel="CHANNEL_LOGIN")
    login = {"channel": "CHANNEL_LOGIN", "phoneNumber": NUMBER}
    assert (await post(http, "/api/v3/send-sms", login))["statusCode"] == 499
    assert (await send_sms(http))["statusCode"] == 200


async def test_header_forces_an_outcome_once(http: aiohttp.ClientSession) -> None:
    forced = await send_sms(http, X_GenAuth_Mock_Outcome="SENT_TOO_RECENTLY")
    assert forced["apiCode"] == 4004
    assert await codes_sent(http) == []
    assert (await send_sms(http))["statusCode"] == 200
    counted = await get(http, "/_mock/requests", fault="header", count="true")
    assert counted == {"count": 1}


async def test_header_with_no_outcome_says_which_there_are(http: aiohttp.ClientSession) -> None:
    answer = await send_sms(http, X_GenAuth_Mock_Outcome="NONSENSE")
    assert answer["statusCode"] == 400
    assert "EXPIRED_CODE" in answer["message"]


async def test_several_faults_are_armed_together_or_not_at_all(
    http: aiohttp.ClientSession,
) -> None:
    refused = await post(http, "/_mock/faults", {"faults": [{"kind": "drop"}, {"kind": "nap"}]})
    assert refused["error"].startswith("faults[1].kind must be one of delay, ")
    assert (await get(http, "/_mock/faults"))["faults"] == []
    armed = await post(http, "/_mock/faults", {"faults": [{"kind": "drop"}, {"httpStatus": 500}]})
    assert [fault["id"] for fault in armed["faults"]] == ["1", "2"]


async def test_one_fault_is_removed_by_its_id_or_by_its_route(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="drop", route="bind-phone")
    await arm(http, kind="drop", route="send-sms")
    await arm(http, kind="drop")
    async with http.delete("/_mock/faults/1") as reply:
        assert await reply.json() == {"removed": 1}
    async with http.delete("/_mock/faults", params={"route": "send-sms"}) as reply:
        assert await reply.json() == {"removed": 1}
    assert [each["id"] for each in (await get(http, "/_mock/faults"))["faults"]] == ["3"]
    async with http.delete("/_mock/faults", params={"id": "9"}) as reply:
        assert reply.status == 404


async def test_faults_from_the_start_come_back_with_a_reset() -> None:
    first = Fault(Kind.ENVELOPE, outcome="PHONE_TAKEN", times=1)
    mine = Fault(Kind.ENVELOPE, outcome="NO_CODE", times=1, app_id="mine")
    options = Options(faults=(first, mine))
    async with running(options) as server, aiohttp.ClientSession(server.url) as http:
        for _ in range(2):
            assert (await send_sms(http))["apiCode"] == 1320004
            assert (await send_sms(http))["statusCode"] == 200
            await post(http, "/_mock/reset", {})
        assert len((await get(http, "/_mock/faults", appId="mine"))["faults"]) == 2
