"""Bodies and fields that will not do: each is refused, and what is wrong is named."""

from __future__ import annotations

import json

import aiohttp
import pytest

from genauth_mock.http.messages import BODY_LIMIT
from tests.mock.support.dispatcher import new_user, post
from tests.mock.support.http import NUMBER, SMS


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
