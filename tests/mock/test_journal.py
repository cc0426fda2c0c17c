"""The journal: what it notes, explains, finds, hides and forgets."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genauth_mock.caller import Caller
from genauth_mock.carried import HttpRequest
from genauth_mock.deployment import Deployment, Options
from genauth_mock.journal import MOST_APPS, Exchange, Journal
from genauth_mock.masking import masked_headers, masked_json, masked_text
from genauth_mock.server import running
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from genauth_mock.engine.turn import Turn

NUMBER: Final = "18812348888"
WRONG: Final = "000000"

Json = dict[str, Any]


async def post(http: aiohttp.ClientSession, path: str, body: object, token: str = "") -> Json:
    """Ask for something; give the JSON."""
    headers = {"authorization": token} if token else {}
    async with http.post(path, json=body, headers=headers) as reply:
        answer: Json = await reply.json()
        return answer


async def requests(http: aiohttp.ClientSession, **query: str) -> Json:
    """Read the journal."""
    async with http.get("/_mock/requests", params=query) as reply:
        answer: Json = await reply.json()
        return answer


async def send_sms(http: aiohttp.ClientSession, number: str = NUMBER) -> Json:
    """Ask for a code."""
    return await post(
        http, "/api/v3/send-sms", {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    )


async def test_request_is_noted_with_what_was_answered(http: aiohttp.ClientSession) -> None:
    answered = await send_sms(http)
    [noted] = (await requests(http))["requests"]
    assert (noted["method"], noted["path"]) == ("POST", "/api/v3/send-sms")
    assert (noted["httpStatus"], noted["statusCode"], noted["outcome"]) == (200, 200, "OK")
    assert noted["requestId"] == answered["requestId"]
    assert noted["body"] == {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "188****8888"}
    assert noted["why"] is None
    assert noted["faults"] == []


async def test_refusal_says_the_rule_and_what_was_left(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/clock", {"frozen": True})
    await send_sms(http)
    await post(http, "/_mock/clock", {"advanceSeconds": 20})
    refused = await send_sms(http)
    [noted] = (await requests(http, outcome="SENT_TOO_RECENTLY"))["requests"]
    assert noted["why"] == {"rule": "resendGapSeconds", "secondsLeft": 40}
    assert set(refused) == {"statusCode", "apiCode", "message", "requestId"}


async def test_wrong_code_says_how_many_attempts_are_left(http: aiohttp.ClientSession) -> None:
    user = await post(http, "/_mock/users", {"username": "ada"})
    await send_sms(http)
    body = {"phoneNumber": NUMBER, "passCode": WRONG}
    await post(http, "/api/v3/bind-phone", body, user["accessToken"])
    [noted] = (await requests(http, outcome="WRONG_CODE"))["requests"]
    assert noted["why"]["attemptsLeft"] == 1
    assert noted["userId"] == user["userId"]


async def test_secrets_are_hidden(http: aiohttp.ClientSession) -> None:
    created = {"username": "ada", "password": "canary-password"}
    user = await post(http, "/_mock/users", created)
    token = user["accessToken"]
    await send_sms(http)
    async with http.get("/_mock/messages") as reply:
        code = (await reply.json())["messages"][0]["passCode"]
    body = {"phoneNumber": NUMBER, "passCode": code, "phoneCountryCode": "+86"}
    await post(http, "/api/v3/bind-phone", body, f"Bearer {token}")
    signed_in = await post(
        http,
        "/api/v3/signin",
        {
            "connection": "PASSWORD",
            "passwordPayload": {"username": "ada", "password": "canary-password"},
            "client_secret": "canary-secret",
        },
    )
    async with http.get("/_mock/requests") as reply:
        shown = await reply.text()
    secrets = [code, token, NUMBER, "canary", signed_in["data"]["access_token"]]
    assert [secret for secret in secrets if secret in shown] == []
    assert "188****8888" in shown
    assert "Bearer ***" in shown


async def test_body_that_is_not_json_is_not_shown(http: aiohttp.ClientSession) -> None:
    async with http.post("/api/v3/send-sms", data=b"canary-secret") as reply:
        assert (await reply.json())["statusCode"] == 400
    async with http.get("/_mock/requests") as reply:
        shown = await reply.text()
    assert "canary" not in shown
    assert json.loads(shown)["requests"][0]["outcome"] == "NOT_JSON"


async def test_newest_comes_first_and_limit_keeps_the_newest(http: aiohttp.ClientSession) -> None:
    for number in ("13800000001", "13800000002", "13800000003"):
        await send_sms(http, number)
    found = await requests(http, limit="2")
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
    assert (await requests(http, **query, count="true"))["count"] == count


async def test_unknown_filter_says_which_there_are(http: aiohttp.ClientSession) -> None:
    async with http.get("/_mock/requests", params={"rout": "send-sms"}) as reply:
        assert reply.status == 400
        said = (await reply.json())["error"]
    assert said.startswith("rout is no filter; there are: route, ")


async def test_near_misses_say_what_differed(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    async with http.get("/_mock/clock"):
        pass
    found = await requests(http, route="send-sms", outcome="PHONE_TAKEN", method="POST")
    assert found["count"] == 0
    [near] = found["nearMisses"]
    assert near["differs"] == {"outcome": {"wanted": "PHONE_TAKEN", "was": ["OK"]}}
    assert near["request"]["path"] == "/api/v3/send-sms"


async def test_near_misses_hide_numbers(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    found = await requests(http, phoneNumber="13912345678", route="send-sms")
    assert "188****8888" in str(found)
    assert NUMBER not in str(found)
    assert "13912345678" not in str(found)


async def test_waiting_ends_as_soon_as_one_fits(http: aiohttp.ClientSession) -> None:
    waiting = asyncio.create_task(requests(http, route="send-sms", wait="60"))
    async with http.get("/api/v3/nowhere"):
        pass
    await send_sms(http)
    assert (await waiting)["count"] == 1


async def test_apps_do_not_see_each_other(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    assert (await requests(http, appId="another"))["requests"] == []


async def test_deleting_and_reset_begin_anew(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    async with http.delete("/_mock/requests") as reply:
        assert await reply.json() == {"removed": 1}
    assert (await requests(http))["requests"] == []
    await send_sms(http)
    await post(http, "/_mock/reset", {})
    assert (await requests(http))["requests"] == []


@pytest.mark.parametrize(("size", "kept"), [(0, 0), (2, 2), (5, 3)])
async def test_only_so_many_are_kept(size: int, kept: int) -> None:
    async with (
        running(Options(journal_size=size)) as server,
        aiohttp.ClientSession(server.url) as http,
    ):
        for _ in range(3):
            await send_sms(http)
        assert (await requests(http))["count"] == kept


def test_app_that_was_asked_longest_ago_is_forgotten_first() -> None:
    journal = Journal(1)
    for number in range(MOST_APPS + 1):
        journal.note(Exchange(f"app-{number}", HttpRequest("GET", "/")))
        journal.note(Exchange("app-0", HttpRequest("GET", "/")))
    assert journal.of("app-0")
    assert not journal.of("app-1")
    assert journal.of(f"app-{MOST_APPS}")


async def test_json_that_is_called_a_form_is_shown_all_the_same(
    http: aiohttp.ClientSession,
) -> None:
    """Python's urllib and curl say so of every body that comes without a type."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    body = json.dumps({"channel": "CHANNEL_LOGIN", "phoneNumber": NUMBER})
    async with http.post("/api/v3/send-sms", data=body, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200
    [noted] = (await requests(http, phoneNumber=NUMBER))["requests"]
    assert noted["body"] == {"channel": "CHANNEL_LOGIN", "phoneNumber": "188****8888"}


async def test_refusal_does_not_keep_its_turn_in_memory() -> None:
    """An exception keeps every frame it passed through; the journal would keep it."""
    deployment = Deployment()

    def refuse(_: Turn) -> None:
        raise Refusal(Verdict.NO_CODE)

    answer = await deployment.play(Caller("app"), refuse)
    assert isinstance(answer, Refusal)
    assert answer.__traceback__ is None


@given(st.from_regex(r"\+?[0-9]{7,15}", fullmatch=True), st.sampled_from(["", "call ", "(", '"']))
def test_number_in_a_text_is_masked(number: str, before: str) -> None:
    assert number.lstrip("+") not in masked_text(f"{before}{number}.")


@pytest.mark.parametrize(
    "kept",
    [
        "507f1f77bcf86cd799439011",
        "2026-01-01T00:00:00.000Z",
        "934108e5-9fbf-4d24-8da1-c330328abd6c",
    ],
)
def test_ids_and_moments_are_not_taken_for_numbers(kept: str) -> None:
    assert masked_text(kept) == kept


@pytest.mark.parametrize(
    "name",
    [
        "passCode",
        "newPhonePassCode",
        "password",
        "client_secret",
        "access_token",
        "refresh_token",
        "id_token",
        "updatePhoneToken",
        "code",
        "code_verifier",
        "appSecret",
    ],
)
@pytest.mark.parametrize("value", ["canary", 123456, ["canary"], {"a": "canary"}], ids=str)
def test_what_is_secret_is_hidden_by_its_name(name: str, value: object) -> None:
    assert masked_json({"inner": {name: value}}) == {"inner": {name: "***"}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statusCode", 499),
        ("apiCode", 2001),
        ("phoneCountryCode", "+86"),
        ("expires_in", 7200),
        ("token_type", "bearer"),
        ("passwordSecurityLevel", 1),
        ("isValid", True),
        ("code", None),
    ],
)
def test_what_is_no_secret_stays(name: str, value: object) -> None:
    assert masked_json({name: value}) == {name: value}


def test_headers_nobody_knows_are_hidden() -> None:
    shown = masked_headers(
        {
            "X-GenAuth-App-Id": "app",
            "X-Api-Key": "canary",
            "Cookie": "canary",
            "Authorization": "canary",
            "X-GenAuth-Mock-Token": "canary",
            "Content-Type": "application/json",
        }
    )
    assert "canary" not in str(shown)
    assert (shown["x-genauth-app-id"], shown["content-type"]) == ("app", "application/json")
