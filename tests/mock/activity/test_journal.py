"""The journal: what it notes, explains, hides and forgets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import aiohttp
import pytest

from genauth_mock.activity.journal import MOST_APPS, Exchange, Journal
from genauth_mock.engine.context import Caller
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.mock.support.http import (
    NUMBER,
    get,
    post,
    send_sms,
)
from tests.mock.support.tokens import APP

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext

WRONG: Final = "000000"


async def test_request_is_noted_with_what_was_answered(http: aiohttp.ClientSession) -> None:
    answered = await send_sms(http)
    [noted] = (await get(http, "/_mock/requests"))["requests"]
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
    [noted] = (await get(http, "/_mock/requests", outcome="SENT_TOO_RECENTLY"))["requests"]
    assert noted["why"] == {"rule": "resendGapSeconds", "secondsLeft": 40}
    assert set(refused) == {"statusCode", "apiCode", "message", "requestId"}


async def test_wrong_code_says_how_many_attempts_are_left(http: aiohttp.ClientSession) -> None:
    user = await post(http, "/_mock/users", {"username": "ada"})
    await send_sms(http)
    body = {"phoneNumber": NUMBER, "passCode": WRONG}
    await post(http, "/api/v3/bind-phone", body, authorization=user["accessToken"])
    [noted] = (await get(http, "/_mock/requests", outcome="WRONG_CODE"))["requests"]
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
    await post(http, "/api/v3/bind-phone", body, authorization=f"Bearer {token}")
    sign_in = {**APP, "connection": "PASSWORD", "passwordPayload": created}
    signed_in = await post(http, "/api/v3/signin", sign_in)
    async with http.get("/_mock/requests") as reply:
        shown = await reply.text()
    secrets = [
        code,
        token,
        NUMBER,
        "canary",
        APP["client_secret"],
        signed_in["data"]["access_token"],
    ]
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


async def test_deleting_and_reset_begin_anew(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    async with http.delete("/_mock/requests") as reply:
        assert await reply.json() == {"removed": 1}
    assert (await get(http, "/_mock/requests"))["requests"] == []
    await send_sms(http)
    await post(http, "/_mock/reset", {})
    assert (await get(http, "/_mock/requests"))["requests"] == []


@pytest.mark.parametrize(("size", "kept"), [(0, 0), (2, 2), (5, 3)])
async def test_only_so_many_are_kept(size: int, kept: int) -> None:
    async with (
        running(Options(journal_size=size)) as server,
        aiohttp.ClientSession(server.url) as http,
    ):
        for _ in range(3):
            await send_sms(http)
        assert (await get(http, "/_mock/requests"))["count"] == kept


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
    [noted] = (await get(http, "/_mock/requests", phoneNumber=NUMBER))["requests"]
    assert noted["body"] == {"channel": "CHANNEL_LOGIN", "phoneNumber": "188****8888"}


async def test_refusal_does_not_keep_its_turn_in_memory() -> None:
    """An exception keeps every frame it passed through; the journal would keep it."""
    deployment = Deployment()

    def refuse(_: CallContext) -> None:
        raise Refusal(Outcome.NO_CODE)

    answer = await deployment.run(Caller("app"), refuse)
    assert isinstance(answer, Refusal)
    assert answer.__traceback__ is None
