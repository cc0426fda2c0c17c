"""The calls under /_mock/ that people script against: users, messages, clock, settings, reset."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from genauth_mock.deployment import Options
from genauth_mock.server import running

NUMBER = "18812348888"


async def call(
    http: aiohttp.ClientSession, method: str, path: str, body: object = None, app_id: str = "app"
) -> tuple[int, dict[str, Any]]:
    """Make a call for an app; give the HTTP status and the answer."""
    async with http.request(method, path, json=body, headers={"x-genauth-app-id": app_id}) as reply:
        return reply.status, await reply.json()


async def send(http: aiohttp.ClientSession, number: str = NUMBER, app_id: str = "app") -> None:
    """Send a code."""
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    _, answer = await call(http, "POST", "/api/v3/send-sms", body, app_id)
    assert answer["statusCode"] == 200, answer


async def messages(
    http: aiohttp.ClientSession, query: str = "", app_id: str = "app"
) -> list[dict[str, Any]]:
    """Read the outbox."""
    _, answer = await call(http, "GET", f"/_mock/messages?{query}", app_id=app_id)
    found: list[dict[str, Any]] = answer["messages"]
    return found


async def test_health_says_ok_and_the_version(http: aiohttp.ClientSession) -> None:
    status, answer = await call(http, "GET", "/_mock/health")
    assert (status, answer["status"]) == (200, "ok")
    assert answer["version"]


async def test_a_new_user_is_signed_in_and_listed(http: aiohttp.ClientSession) -> None:
    body = {
        "username": "alice",
        "password": "secret-1",
        "email": "A@example.com",
        "phoneNumber": NUMBER,
    }
    status, made = await call(http, "POST", "/_mock/users", body)
    assert status == 200
    assert (made["email"], made["phoneNumber"], made["phoneCountryCode"]) == (
        "a@example.com",
        NUMBER,
        "+86",
    )
    assert "secret-1" not in str(made)
    token = made.pop("accessToken")
    async with http.get(
        "/api/v3/get-profile", headers={"x-genauth-app-id": "app", "authorization": token}
    ) as reply:
        assert (await reply.json())["data"]["userId"] == made["userId"]
    assert (await call(http, "GET", "/_mock/users"))[1]["users"] == [made]
    assert await call(http, "GET", f"/_mock/users/{made['userId']}") == (200, made)
    assert (await call(http, "GET", "/_mock/users", app_id="other"))[1]["users"] == []


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        pytest.param({"name": "x"}, 400, "unknown: name", id="unknown name"),
        pytest.param({"username": 1}, 400, "username must be a string", id="wrong type"),
        pytest.param({"status": "Gone"}, 400, "status must be one of", id="unknown status"),
        pytest.param({"phoneNumber": "x"}, 400, "phoneNumber", id="no number"),
        pytest.param({"username": "taken"}, 409, "username: another user", id="taken"),
    ],
)
async def test_a_user_that_cannot_be_is_refused_by_name(
    http: aiohttp.ClientSession, body: object, status: int, words: str
) -> None:
    await call(http, "POST", "/_mock/users", {"username": "taken"})
    given, answer = await call(http, "POST", "/_mock/users", body)
    assert given == status
    assert words in answer["error"]


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
    _, seen = await call(http, "GET", "/_mock/messages")
    waiting = asyncio.create_task(
        call(http, "GET", f"/_mock/messages?after={seen['cursor']}&wait=30")
    )
    await call(http, "GET", "/_mock/health")
    assert not waiting.done(), "nothing newer is there yet"
    await send(http, "13900000002")
    _, answer = await asyncio.wait_for(waiting, timeout=5)
    assert [message["phoneNumber"] for message in answer["messages"]] == ["13900000002"]
    assert answer["cursor"] > seen["cursor"]


async def test_waiting_ends_when_its_time_is_up(http: aiohttp.ClientSession) -> None:
    assert await messages(http, "wait=0.01") == []


@pytest.mark.parametrize("query", ["wait=x", "wait=-1", "after=x", "wait=nan"])
async def test_a_query_that_is_no_number_is_refused_by_name(
    http: aiohttp.ClientSession, query: str
) -> None:
    status, answer = await call(http, "GET", f"/_mock/messages?{query}")
    assert status == 400
    assert query.partition("=")[0] in answer["error"]


async def test_a_query_that_is_no_filter_is_refused_and_names_those_that_are(
    http: aiohttp.ClientSession,
) -> None:
    """A slip would find the messages of everybody."""
    status, answer = await call(http, "GET", "/_mock/messages?phone=18812348888")
    assert status == 400
    assert answer["error"].startswith("phone is no filter; there are: phoneNumber, ")


async def test_states_follow_the_life_of_a_code(http: aiohttp.ClientSession) -> None:
    await call(http, "POST", "/_mock/settings", {"resendGapSeconds": 0})
    await send(http)
    await send(http)
    assert [message["state"] for message in await messages(http)] == ["active", "replaced"]
    await call(http, "POST", "/_mock/clock", {"advanceSeconds": 61})
    assert [message["state"] for message in await messages(http)] == ["expired", "replaced"]


async def test_the_clock_moves_for_one_app_only(http: aiohttp.ClientSession) -> None:
    await call(http, "POST", "/_mock/clock", {"set": "2026-01-01T00:00:00Z", "frozen": True})
    _, clock = await call(http, "POST", "/_mock/clock", {"advanceSeconds": 61})
    assert (clock["now"], clock["frozen"]) == ("2026-01-01T00:01:01.000Z", True)
    _, other = await call(http, "GET", "/_mock/clock", app_id="other")
    assert (other["offsetSeconds"], other["frozen"]) == (0.0, False)


async def test_a_frozen_clock_stands_still_and_goes_on_from_there(
    http: aiohttp.ClientSession,
) -> None:
    _, frozen = await call(
        http, "POST", "/_mock/clock", {"set": "2026-01-01T00:00:00Z", "frozen": True}
    )
    assert (await call(http, "GET", "/_mock/clock"))[1]["now"] == frozen["now"]
    _, clock = await call(http, "POST", "/_mock/clock", {"frozen": False, "scale": 0})
    assert clock["now"] == frozen["now"], "at scale 0 it does not go on"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param({}, "give one of", id="nothing"),
        pytest.param({"advance": 1}, "unknown: advance", id="unknown name"),
        pytest.param({"advanceSeconds": "61"}, "advanceSeconds must be a number", id="text"),
        pytest.param({"frozen": 1}, "frozen must be true or false", id="no boolean"),
        pytest.param({"set": "tomorrow"}, "set must be a moment", id="no moment"),
        pytest.param({"scale": -1}, "scale must be a number", id="backwards"),
        pytest.param({"set": "9999-12-31T00:00:00Z"}, "the clock would leave", id="too far"),
    ],
)
async def test_a_clock_that_cannot_be_is_refused_by_name(
    http: aiohttp.ClientSession, body: object, words: str
) -> None:
    status, answer = await call(http, "POST", "/_mock/clock", body)
    assert status == 400
    assert words in answer["error"]


async def test_settings_change_what_they_name_and_nothing_else(http: aiohttp.ClientSession) -> None:
    _, before = await call(http, "GET", "/_mock/settings")
    changed = {"passCodeLength": 4, "passCodeLifetimeSeconds": 300, "verifyOldPhone": False}
    status, after = await call(http, "POST", "/_mock/settings", changed)
    assert (status, after) == (200, before | changed)
    await send(http)
    (message,) = await messages(http)
    assert len(message["passCode"]) == 4
    assert (await call(http, "GET", "/_mock/settings", app_id="other"))[1] == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"passCodeLenght": 4}, "passCodeLenght is not a setting"),
        ({"passCodeLength": 3}, "passCodeLength must be a whole number from 4 to 8"),
        ({"resendGapSeconds": "60"}, "resendGapSeconds must be a number of seconds"),
        ({"verifyOldPhone": "no"}, "verifyOldPhone must be true or false"),
        ({"fixedCodes": {"+86188": "x"}}, "fixedCodes must be an object"),
        ({"resendExempt": "+86188"}, "resendExempt must be a list"),
        ({"requestsPerSecond": 0}, "requestsPerSecond must be a whole number"),
    ],
)
async def test_a_setting_that_cannot_be_is_refused_by_name(
    http: aiohttp.ClientSession, body: object, words: str
) -> None:
    status, answer = await call(http, "POST", "/_mock/settings", body)
    assert status == 400
    assert words in answer["error"]


async def test_reset_brings_one_app_back_to_its_start(http: aiohttp.ClientSession) -> None:
    for app_id in ("app", "other"):
        await call(http, "POST", "/_mock/users", {"username": "alice"}, app_id)
        await send(http, app_id=app_id)
        await call(http, "POST", "/_mock/clock", {"advanceSeconds": 61}, app_id)
        await call(http, "POST", "/_mock/settings", {"passCodeLength": 4}, app_id)
    assert (await call(http, "POST", "/_mock/reset"))[0] == 200
    assert (await call(http, "GET", "/_mock/users"))[1]["users"] == []
    assert await messages(http) == []
    assert (await call(http, "GET", "/_mock/clock"))[1]["offsetSeconds"] == 0.0
    assert (await call(http, "GET", "/_mock/settings"))[1]["passCodeLength"] == 6
    assert len((await call(http, "GET", "/_mock/users", app_id="other"))[1]["users"]) == 1


async def test_reset_without_an_app_brings_all_back(http: aiohttp.ClientSession) -> None:
    for app_id in ("one", "two"):
        await send(http, app_id=app_id)
    async with http.post("/_mock/reset") as reply:
        assert reply.status == 200
    assert [await messages(http, app_id=app_id) for app_id in ("one", "two")] == [[], []]


async def test_reset_without_an_app_forgets_requests_that_left_no_other_trace(
    http: aiohttp.ClientSession,
) -> None:
    forced = {"x-genauth-app-id": "traceless", "x-genauth-mock-outcome": "EXPIRED_CODE"}
    async with http.post("/api/v3/bind-phone", json={}, headers=forced) as reply:
        assert reply.status == 200
    async with http.post("/_mock/reset") as reply:
        assert "traceless" in (await reply.json())["reset"]
    _, kept = await call(http, "GET", "/_mock/requests", app_id="traceless")
    assert kept["requests"] == []


async def test_an_app_that_strict_apps_refuse_is_not_listed() -> None:
    options = Options(app_id="known", strict_apps=True)
    async with running(options) as server, aiohttp.ClientSession(server.url) as http:
        assert (await call(http, "GET", "/_mock/users", app_id="unknown"))[0] == 404
        _, answer = await call(http, "GET", "/_mock/apps", app_id="known")
    assert [app["appId"] for app in answer["apps"]] == ["known"]


async def test_an_unknown_control_call_names_those_that_are_there(
    http: aiohttp.ClientSession,
) -> None:
    status, answer = await call(http, "GET", "/_mock/mesages")
    assert status == 404
    assert "GET /_mock/messages" in answer["error"]
    assert "GET /_mock/events" in answer["error"]
