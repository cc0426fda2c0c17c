"""The calls under /_mock/ that people script against: health, users, settings, reset."""

from __future__ import annotations

from importlib.metadata import version

import aiohttp
import pytest
from yarl import URL

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.mock.support.control import (
    NUMBER,
    call,
    messages,
    send,
)


async def test_health_says_ok_and_the_version(http: aiohttp.ClientSession) -> None:
    status, answer = await call(http, "GET /_mock/health")
    assert (status, answer["status"]) == (200, "ok")
    assert answer["version"] == version("aiogenauth")


async def test_a_new_user_is_signed_in_and_listed(http: aiohttp.ClientSession) -> None:
    body = {
        "username": "alice",
        "password": "secret-1",
        "email": "A@example.com",
        "phoneNumber": NUMBER,
    }
    status, made = await call(http, "POST /_mock/users", body)
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
    assert (await call(http, "GET /_mock/users"))[1]["users"] == [made]
    assert await call(http, f"GET /_mock/users/{made['userId']}") == (200, made)
    assert (await call(http, "GET /_mock/users", app_id="other"))[1]["users"] == []


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        pytest.param({"name": "x"}, 400, "unknown field 'name'", id="unknown name"),
        pytest.param({"username": 1}, 400, "username must be a string", id="wrong type"),
        pytest.param({"status": "Gone"}, 400, "status must be one of", id="unknown status"),
        pytest.param({"phoneNumber": "x"}, 400, "phoneNumber", id="no number"),
        pytest.param({"username": "taken"}, 409, "username: another user", id="taken"),
    ],
)
async def test_a_user_that_cannot_be_is_refused_by_name(
    http: aiohttp.ClientSession, body: object, status: int, words: str
) -> None:
    await call(http, "POST /_mock/users", {"username": "taken"})
    given, answer = await call(http, "POST /_mock/users", body)
    assert given == status
    assert words in answer["error"]


async def test_settings_change_what_they_name_and_nothing_else(http: aiohttp.ClientSession) -> None:
    _, before = await call(http, "GET /_mock/settings")
    changed = {"passCodeLength": 4, "passCodeLifetimeSeconds": 300, "verifyOldPhone": False}
    status, after = await call(http, "POST /_mock/settings", changed)
    assert (status, after) == (200, before | changed)
    await send(http)
    (message,) = await messages(http)
    assert len(message["passCode"]) == 4
    assert (await call(http, "GET /_mock/settings", app_id="other"))[1] == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"passCodeLenght": 4}, "unknown setting 'passCodeLenght'"),
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
    status, answer = await call(http, "POST /_mock/settings", body)
    assert status == 400
    assert words in answer["error"]


async def test_reset_brings_one_app_back_to_its_start(http: aiohttp.ClientSession) -> None:
    for app_id in ("app", "other"):
        await call(http, "POST /_mock/users", {"username": "alice"}, app_id)
        await send(http, app_id=app_id)
        await call(http, "POST /_mock/clock", {"advanceSeconds": 61}, app_id)
        await call(http, "POST /_mock/settings", {"passCodeLength": 4}, app_id)
    assert (await call(http, "POST /_mock/reset"))[0] == 200
    assert (await call(http, "GET /_mock/users"))[1]["users"] == []
    assert await messages(http) == []
    assert (await call(http, "GET /_mock/clock"))[1]["offsetSeconds"] == 0.0
    assert (await call(http, "GET /_mock/settings"))[1]["passCodeLength"] == 6
    assert len((await call(http, "GET /_mock/users", app_id="other"))[1]["users"]) == 1


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
    _, kept = await call(http, "GET /_mock/requests", app_id="traceless")
    assert kept["requests"] == []


async def test_an_app_that_strict_apps_refuse_is_not_listed() -> None:
    options = Options(app_id="known", strict_apps=True)
    async with running(options) as server, aiohttp.ClientSession(server.url) as http:
        assert (await call(http, "GET /_mock/users", app_id="unknown"))[0] == 404
        _, answer = await call(http, "GET /_mock/apps", app_id="known")
    assert [app["appId"] for app in answer["apps"]] == ["known"]


async def test_an_unknown_control_call_names_those_that_are_there(
    http: aiohttp.ClientSession,
) -> None:
    status, answer = await call(http, "GET /_mock/mesages")
    assert status == 404
    assert "GET /_mock/messages" in answer["error"]
    assert "GET /_mock/events" in answer["error"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("%61", "a"), ("a%2Fb", "a/b"), ("a%2541", "a%41"), ("%7Ba%7D", "{a}"), ("a+b", "a+b")],
)
async def test_a_part_of_a_path_means_what_it_says_decoded_once(
    http: aiohttp.ClientSession, written: str, meant: str
) -> None:
    async with http.get(URL(f"/_mock/us%65rs/{written}", encoded=True)) as reply:
        answer = await reply.json()
    assert reply.status == 404
    assert answer["error"].startswith(f"userId '{meant}' is not a user")


async def test_head_asks_for_what_can_be_read(http: aiohttp.ClientSession) -> None:
    async with http.head("/_mock/openapi.json") as reply:
        assert reply.status == 200
    async with http.head("/_mock/users") as reply:
        assert reply.status == 404
