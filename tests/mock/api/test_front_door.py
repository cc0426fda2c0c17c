"""GenAuth's own paths over HTTP: headers, envelopes, namespaces, races."""

from __future__ import annotations

import asyncio
from collections import Counter

import aiohttp
import pytest

from tests.mock.support.dispatcher import new_user, post, sent_code
from tests.mock.support.http import NUMBER, SMS


async def test_success_is_an_envelope_without_data(http: aiohttp.ClientSession) -> None:
    answer = await post(http, "/api/v3/send-sms", SMS)
    assert set(answer) == {"statusCode", "message", "requestId"}
    assert answer["statusCode"] == 200


@pytest.mark.parametrize("form", ["{}", "Bearer {}", "bearer {}"])
async def test_raw_and_bearer_tokens_are_the_same(http: aiohttp.ClientSession, form: str) -> None:
    token = await new_user(http)
    async with http.get(
        "/api/v3/get-profile", headers={"authorization": form.format(token)}
    ) as reply:
        assert (await reply.json())["data"]["username"] == "alice"


@pytest.mark.parametrize("family", ["x-genauth", "x-authing"])
@pytest.mark.parametrize(("lang", "text"), [("zh-CN", "尚未登录"), ("en-US", "Not signed in")])
async def test_both_header_families_choose_the_language(
    http: aiohttp.ClientSession, family: str, lang: str, text: str
) -> None:
    async with http.get("/api/v3/get-profile", headers={f"{family}-lang": lang}) as reply:
        assert text in (await reply.json())["message"]


@pytest.mark.parametrize(
    ("call", "status", "words"),
    [
        pytest.param(
            "GET /api/v3/bind-phone", 404, "Cannot GET /api/v3/bind-phone", id="wrong method"
        ),
        pytest.param("POST /api/v3/no-such-call", 404, "Cannot POST", id="unknown path"),
        pytest.param("POST /api/v3/create-user", 501, "not imitated", id="known, not imitated"),
        pytest.param(
            "POST /api/v2/users/phone/bind", 501, "not imitated", id="legacy, not imitated"
        ),
    ],
)
async def test_other_paths_and_methods_get_a_clear_envelope(
    http: aiohttp.ClientSession, call: str, status: int, words: str
) -> None:
    async with http.request(*call.split()) as reply:
        answer = await reply.json()
    assert (reply.status, answer["statusCode"]) == (status, status)
    assert words in answer["message"]


async def test_of_two_hundred_parallel_binds_with_one_code_one_wins(
    http: aiohttp.ClientSession,
) -> None:
    tokens = [await new_user(http, f"user{n}") for n in range(200)]
    code = await sent_code(http)
    body = {"phoneNumber": NUMBER, "passCode": code}
    answers = await asyncio.gather(
        *(post(http, "/api/v3/bind-phone", body, authorization=token) for token in tokens)
    )
    assert Counter(answer["statusCode"] for answer in answers) == {200: 1, 499: 199}


async def test_what_happens_in_one_app_is_never_seen_in_another(
    http: aiohttp.ClientSession,
) -> None:
    token = await new_user(http, x_genauth_app_id="one")
    code = await sent_code(http, x_genauth_app_id="one")
    bind = {"phoneNumber": NUMBER, "passCode": code}
    elsewhere = await post(
        http, "/api/v3/bind-phone", bind, authorization=token, x_genauth_app_id="two"
    )
    assert elsewhere["apiCode"] == 2020
    other = await new_user(http, x_authing_app_id="two")
    elsewhere = await post(
        http, "/api/v3/bind-phone", bind, authorization=other, x_authing_app_id="two"
    )
    assert elsewhere["apiCode"] == 2001
    here = await post(http, "/api/v3/bind-phone", bind, authorization=token, x_genauth_app_id="one")
    assert here["statusCode"] == 200


async def test_an_app_over_its_request_rate_gets_a_real_429(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/settings", {"requestsPerSecond": 1}, x_genauth_app_id="busy")
    await post(http, "/_mock/clock", {"frozen": True}, x_genauth_app_id="busy")
    replies = [
        await http.get("/api/v3/get-profile", headers={"x-genauth-app-id": "busy"})
        for _ in range(5)
    ]
    assert [reply.status for reply in replies].count(429) >= 3
    quiet = await http.get("/api/v3/get-profile", headers={"x-genauth-app-id": "quiet"})
    assert quiet.status == 200


async def test_pre_check_says_whether_a_code_would_work(http: aiohttp.ClientSession) -> None:
    code = await sent_code(http)
    checked = {"phone": NUMBER, "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    for payload, valid in ((checked, True), ({**checked, "passCode": "000000"}, False)):
        answer = await post(
            http, "/api/v3/pre-check-code", {"codeType": "SMS", "smsCodePayload": payload}
        )
        assert (answer["statusCode"], answer["data"]["isValid"]) == (200, valid)
