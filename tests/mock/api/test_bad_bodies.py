"""Bodies and fields that will not do: each is refused, and what is wrong is named."""

from __future__ import annotations

import gzip
import json
import zlib

import aiohttp
import pytest
from aiohttp import web
from multidict import CIMultiDict

from genauth_mock.http.body import unpacked
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


PLAIN = json.dumps(SMS).encode()
PACKED = gzip.compress(PLAIN)
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
BLANKS = b" " * 50_000_000
BOMB = gzip.compress(BLANKS)


def as_sent(coding: str, body: bytes) -> bytes:
    return unpacked(CIMultiDict({"Content-Encoding": coding}), body, BODY_LIMIT)


def test_a_packed_body_is_unpacked() -> None:
    assert as_sent("gzip", PACKED) == as_sent("x-gzip", PACKED) == as_sent(" GZIP", PACKED) == PLAIN
    assert as_sent("deflate", zlib.compress(PLAIN)) == PLAIN
    assert as_sent("deflate", RAW.compress(PLAIN) + RAW.flush()) == PLAIN
    assert as_sent("identity", PLAIN) == as_sent("", PLAIN) == PLAIN
    assert as_sent("gzip", b"") == b""


def test_of_a_body_that_is_too_long_no_more_is_unpacked_than_tells_so() -> None:
    for coding, body in (("gzip", BOMB), ("deflate", zlib.compress(BLANKS))):
        assert len(as_sent(coding, body)) == BODY_LIMIT + 1


@pytest.mark.parametrize(
    ("coding", "body"),
    [("gzip", PLAIN), ("gzip", PACKED[:-4]), ("gzip", PACKED + b"more"), ("deflate", b"more")],
    ids=["not packed", "broken off", "with more behind it", "neither kind of deflate"],
)
def test_a_body_that_is_not_packed_as_it_says_is_refused(coding: str, body: bytes) -> None:
    with pytest.raises(web.HTTPBadRequest):
        as_sent(coding, body)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "x\r\ny"])
def test_a_coding_that_is_not_taken_is_refused_with_those_that_are(coding: str) -> None:
    with pytest.raises(web.HTTPUnsupportedMediaType) as refused:
        as_sent(coding, PACKED)
    assert (refused.value.text or "").endswith("send gzip, deflate or none")
    assert refused.value.headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("path", ["/api/v3/send-sms", "/_mock/clock", "/oidc/token"])
async def test_a_bomb_is_too_large_wherever_it_is_sent(
    http: aiohttp.ClientSession, path: str
) -> None:
    headers = {"Content-Encoding": "gzip"}
    async with http.post(path, data=BOMB, headers=headers) as reply:
        assert reply.status == 413
    async with http.post("/api/v3/send-sms", data=PACKED, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200
