"""GenAuth's own paths over HTTP: headers, envelopes, refused input, namespaces, races."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import aiohttp
import pytest

from genauth_mock.calls.asked import BODY_LIMIT

NUMBER = "18812348888"
SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": NUMBER}


async def post(
    http: aiohttp.ClientSession, path: str, body: object = None, **headers: str
) -> dict[str, Any]:
    """Post JSON; give the answer's envelope."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with http.post(path, data=data, headers=named) as reply:
        content: dict[str, Any] = await reply.json()
        return content


async def new_user(http: aiohttp.ClientSession, name: str = "alice", **headers: str) -> str:
    """Make a user without a phone; give the access token."""
    user = await post(http, "/_mock/users", {"username": name}, **headers)
    return str(user["accessToken"])


async def sent_code(http: aiohttp.ClientSession, number: str = NUMBER, **headers: str) -> str:
    """Send a code and read it from the outbox."""
    answer = await post(http, "/api/v3/send-sms", {**SMS, "phoneNumber": number}, **headers)
    assert answer["statusCode"] == 200
    app = {"appId": headers["x_genauth_app_id"]} if "x_genauth_app_id" in headers else {}
    async with http.get("/_mock/messages", params={"phoneNumber": number, **app}) as reply:
        messages = (await reply.json())["messages"]
    return str(messages[0]["passCode"])


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
    ("body", "named"),
    [
        pytest.param({}, ["phoneNumber", "passCode"], id="both missing"),
        pytest.param({"phoneNumber": NUMBER}, ["passCode"], id="code missing"),
        pytest.param({"phoneNumber": 188, "passCode": None}, ["phoneNumber", "passCode"], id="wrong types"),
        pytest.param({"phoneNumber": "abc", "passCode": "123456"}, ["phoneNumber"], id="not a number"),
        pytest.param({"phoneNumber": NUMBER, "passCode": ""}, ["passCode"], id="empty code"),
        pytest.param(
            {"phoneNumber": NUMBER, "passCode": "1", "phoneCountryCode": "China"}, ["phoneCountryCode"],
            id="not a country calling code",
        ),
    ],
)  # fmt: skip
async def test_bad_fields_are_named(
    http: aiohttp.ClientSession, body: object, named: list[str]
) -> None:
    answer = await post(http, "/api/v3/bind-phone", body, authorization=await new_user(http))
    assert answer["statusCode"] == 400
    assert "apiCode" not in answer
    assert all(name in answer["message"] for name in named)


@pytest.mark.parametrize(
    ("body", "status", "status_code"),
    [
        pytest.param(b"", 200, 400, id="empty"),
        pytest.param(b"phoneNumber=188", 200, 400, id="not JSON"),
        pytest.param(b"[1]", 200, 400, id="an array"),
        pytest.param(b'"text"', 200, 400, id="a text"),
        pytest.param(b"\xff\xfe", 200, 400, id="not UTF-8"),
        pytest.param(b"[" * 60_000, 200, 400, id="nested too deep"),
        pytest.param(b'{"a":"' + b"x" * BODY_LIMIT + b'"}', 413, 413, id="too large"),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(
    http: aiohttp.ClientSession, body: bytes, status: int, status_code: int
) -> None:
    async with http.post("/api/v3/send-sms", data=body) as reply:
        assert reply.status == status
        assert (await reply.json())["statusCode"] == status_code


async def test_a_body_that_is_nested_too_deeply_is_refused_and_the_journal_stays_readable(
    http: aiohttp.ClientSession,
) -> None:
    answer = await post(http, "/api/v3/send-sms", b'{"a":' * 101 + b"1" + b"}" * 101)
    assert answer["statusCode"] == 400
    assert "JSON" in answer["message"]
    async with http.get("/_mock/requests") as reply:
        assert [each["outcome"] for each in (await reply.json())["requests"]] == ["NOT_JSON"]


async def test_a_body_that_is_nested_as_deeply_as_may_be_is_read(
    http: aiohttp.ClientSession,
) -> None:
    deep = json.loads(b'{"a":' * 99 + b"1" + b"}" * 99)
    assert (await post(http, "/api/v3/send-sms", {**SMS, "custom": deep}))["statusCode"] == 200
    async with http.get("/_mock/requests") as reply:
        assert (await reply.json())["requests"][0]["body"]["custom"] == deep


async def test_unknown_keys_are_ignored(http: aiohttp.ClientSession) -> None:
    assert (await post(http, "/api/v3/send-sms", {**SMS, "extra": 1}))["statusCode"] == 200


async def test_an_unknown_channel_is_refused_by_name(http: aiohttp.ClientSession) -> None:
    answer = await post(http, "/api/v3/send-sms", {**SMS, "channel": "CHANNEL_X"})
    assert answer["statusCode"] == 400
    assert "channel must be a valid enum value" in answer["message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        pytest.param("GET", "/api/v3/bind-phone", 405, "takes POST", id="wrong method"),
        pytest.param("POST", "/api/v3/no-such-call", 404, "Cannot POST", id="unknown path"),
        pytest.param(
            "POST", "/api/v3/update-profile", 501, "not imitated", id="known, not imitated"
        ),
        pytest.param(
            "POST", "/api/v2/users/phone/bind", 501, "not imitated", id="legacy, not imitated"
        ),
    ],
)
async def test_other_paths_and_methods_get_a_clear_envelope(
    http: aiohttp.ClientSession, method: str, path: str, status: int, words: str
) -> None:
    async with http.request(method, path) as reply:
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


async def test_sign_in_by_code_finds_the_owner_of_the_phone(http: aiohttp.ClientSession) -> None:
    made = await post(http, "/_mock/users", {"phoneNumber": NUMBER, "password": "secret-1"})
    await post(http, "/api/v3/send-sms", {**SMS, "channel": "CHANNEL_LOGIN"})
    async with http.get("/_mock/messages", params={"channel": "CHANNEL_LOGIN"}) as reply:
        code = (await reply.json())["messages"][0]["passCode"]
    payload = {"phone": NUMBER, "passCode": code}
    answer = await post(
        http,
        "/api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": payload,
            "options": {"scope": "openid profile"},
        },
    )
    session = answer["data"]
    assert session["token_type"].lower() == "bearer"
    assert session["expire_in"] == session["expires_in"] == 7200
    async with http.get(
        "/api/v3/get-profile", headers={"authorization": session["access_token"]}
    ) as reply:
        profile = (await reply.json())["data"]
    assert profile["userId"] == made["userId"]
    assert "phone" not in profile, "the scope did not ask for it"


@pytest.mark.parametrize("named", ["account", "username", "email", "phone"])
async def test_sign_in_by_password_takes_any_name_of_the_account(
    http: aiohttp.ClientSession, named: str
) -> None:
    values = {"account": "dora", "username": "dora", "email": "Dora@example.com", "phone": NUMBER}
    body = {
        "username": "dora",
        "email": "dora@example.com",
        "phoneNumber": NUMBER,
        "password": "secret-1",
    }
    await post(http, "/_mock/users", body)
    payload = {named: values[named], "password": "secret-1"}
    answer = await post(
        http, "/api/v3/signin", {"connection": "PASSWORD", "passwordPayload": payload}
    )
    assert answer["statusCode"] == 200
    refused = {"connection": "PASSWORD", "passwordPayload": {**payload, "password": "wrong"}}
    assert (await post(http, "/api/v3/signin", refused))["apiCode"] == 2333
