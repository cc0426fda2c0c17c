"""Faults of the connection and the body over HTTP: each kind proven at the wire."""

from __future__ import annotations

import json

import aiohttp
import pytest

from genauth_mock.server.launch import Running
from tests.mock.support.faults import (
    AN_HOUR,
    answer_on_the_wire,
    arm,
    codes_sent,
)
from tests.mock.support.http import (
    NUMBER,
    SMS,
    Json,
    get,
    post,
    send_sms,
)


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_reset_breaks_the_connection_and_when_says_whether_it_took_effect(
    server: Running, http: aiohttp.ClientSession, when: str, sent: int
) -> None:
    await arm(http, kind="reset", when=when, times=1)
    with pytest.raises(ConnectionResetError):
        await answer_on_the_wire(server, "/api/v3/send-sms", SMS)
    assert len(await codes_sent(http)) == sent


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_drop_ends_the_connection_without_a_byte(
    server: Running, http: aiohttp.ClientSession, when: str, sent: int
) -> None:
    await arm(http, kind="drop", when=when, times=1)
    assert await answer_on_the_wire(server, "/api/v3/send-sms", SMS) == b""
    assert len(await codes_sent(http)) == sent


async def test_bind_that_lost_its_answer_took_effect(http: aiohttp.ClientSession) -> None:
    user = await post(http, "/_mock/users", {"username": "ada"})
    await send_sms(http)
    code = (await codes_sent(http))[0]
    await arm(http, route="bind-phone", kind="reset", when="after", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(
            http,
            "/api/v3/bind-phone",
            {"phoneNumber": NUMBER, "passCode": code},
            authorization=user["accessToken"],
        )
    assert (await get(http, f"/_mock/users/{user['userId']}"))["phoneNumber"] == NUMBER
    [noted] = (await get(http, "/_mock/requests", route="bind-phone"))["requests"]
    assert (noted["outcome"], noted["effect"], noted["httpStatus"]) == (None, "OK", None)
    assert noted["faults"] == [{"id": "1", "kind": "reset", "when": "after"}]


@pytest.mark.parametrize(("given", "kept"), [({}, None), ({"cutAfterBytes": 7}, 7)])
async def test_cut_ends_in_the_middle_of_the_body_that_was_promised(
    server: Running, http: aiohttp.ClientSession, given: Json, kept: int | None
) -> None:
    await arm(http, kind="cut", times=1, **given)
    answer = await answer_on_the_wire(server, "/api/v3/send-sms", SMS)
    head, _, body = answer.partition(b"\r\n\r\n")
    promised = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert 0 < len(body) == (promised // 2 if kept is None else kept) < promised
    assert len(await codes_sent(http)) == 1


async def test_trickle_comes_in_pieces_and_whole(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="trickle", overSeconds=0.01, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        pieces = [chunk async for chunk in reply.content.iter_any()]
    assert json.loads(b"".join(pieces))["statusCode"] == 200
    assert len(pieces) > 1


async def test_reset_of_the_app_lets_a_trickle_pour(
    server: Running, http: aiohttp.ClientSession
) -> None:
    await arm(http, kind="trickle", overSeconds=AN_HOUR, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        first = await reply.content.readany()
        await server.deployment.reset("genauth-mock-app")
        assert json.loads(first + await reply.read())["statusCode"] == 200


async def test_client_that_does_not_wait_for_a_trickle_is_no_error(
    server: Running, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    await arm(http, kind="trickle", overSeconds=AN_HOUR, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        await reply.content.readany()
        reply.close()
    await get(http, "/_mock/health")
    await server.deployment.reset("genauth-mock-app")
    await get(http, "/_mock/health")
    assert caplog.messages == []


async def test_not_json_is_a_page_of_html(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="notJson", times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
        with pytest.raises(ValueError, match="Expecting value"):
            json.loads(await reply.text())


async def test_body_is_answered_word_for_word(http: aiohttp.ClientSession) -> None:
    await arm(http, body="upstream says no", contentType="text/plain", httpStatus=502, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        answer = (reply.status, reply.content_type, await reply.text())
    assert answer == (502, "text/plain", "upstream says no")


async def test_empty_has_no_body(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="empty", times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert (reply.status, await reply.read()) == (200, b"")


@pytest.mark.parametrize("status", [400, 500, 503])
async def test_http_status_keeps_the_request_from_taking_effect(
    http: aiohttp.ClientSession, status: int
) -> None:
    await arm(http, httpStatus=status, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert (reply.status, (await reply.json())["statusCode"]) == (status, status)
    assert await codes_sent(http) == []


async def test_http_status_below_400_leaves_the_answer_as_it_is(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, httpStatus=201, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert (reply.status, (await reply.json())["statusCode"]) == (201, 200)
    assert len(await codes_sent(http)) == 1


async def test_429_comes_with_retry_after_and_genauths_own_words(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, httpStatus=429, retryAfter=7, times=1)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert (reply.status, reply.headers["Retry-After"]) == (429, "7")
        assert "exceed the maximum" in (await reply.json())["message"]


async def test_outcome_is_answered_as_genauth_answers_it(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="EXPIRED_CODE", times=1)
    answer = await send_sms(http)
    assert (answer["statusCode"], answer["apiCode"]) == (499, 2001)
    assert await codes_sent(http) == []


async def test_outcome_after_the_effect_lies_about_it(http: aiohttp.ClientSession) -> None:
    await arm(http, outcome="EXPIRED_CODE", when="after", times=1)
    assert (await send_sms(http))["statusCode"] == 499
    assert len(await codes_sent(http)) == 1
    [noted] = (await get(http, "/_mock/requests"))["requests"]
    assert (noted["outcome"], noted["effect"]) == ("EXPIRED_CODE", "OK")


async def test_raw_envelope_is_answered_as_given(http: aiohttp.ClientSession) -> None:
    await arm(http, statusCode=499, apiCode=2300, message="gone", times=1)
    answer = await send_sms(http)
    del answer["requestId"]
    assert answer == {"statusCode": 499, "apiCode": 2300, "message": "gone"}
