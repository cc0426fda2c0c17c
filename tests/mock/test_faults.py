"""Faults over HTTP: each kind proven at the wire, whom it befalls, how often, and what is left of the effect."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import pytest

from genauth_mock.deployment import Options
from genauth_mock.events import Reader
from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.server import Running, running

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = "18812348888"
OTHER: Final = "18812348889"
AN_HOUR: Final = 3600

Json = dict[str, Any]


async def post(http: aiohttp.ClientSession, path: str, body: object, **headers: str) -> Json:
    """Ask for something; give the JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with http.post(path, json=body, headers=named) as reply:
        answer: Json = await reply.json()
        return answer


async def get(http: aiohttp.ClientSession, path: str, **query: str) -> Json:
    """Ask; give the JSON."""
    async with http.get(path, params=query) as reply:
        answer: Json = await reply.json()
        return answer


async def arm(http: aiohttp.ClientSession, **fault: object) -> Json:
    """Arm a fault that has to be accepted."""
    armed = await post(http, "/_mock/faults", fault)
    assert "error" not in armed
    return armed


async def send_sms(http: aiohttp.ClientSession, number: str = NUMBER, **headers: str) -> Json:
    """Ask for a code to bind with."""
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    return await post(http, "/api/v3/send-sms", body, **headers)


async def codes_sent(http: aiohttp.ClientSession, number: str = NUMBER) -> list[str]:
    """Read what reached a number."""
    messages = (await get(http, "/_mock/messages", phoneNumber=number))["messages"]
    return [message["passCode"] for message in messages]


async def answer_on_the_wire(server: Running, path: str, body: object) -> bytes:
    """Ask over a bare socket and read until the connection ends; a reset raises ConnectionResetError."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        written = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(written)}\r\n"
        writer.write(head.encode() + b"Content-Type: application/json\r\n\r\n" + written)
        return await reader.read()
    finally:
        writer.close()


A_CODE: Final[Mapping[str, str]] = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": NUMBER}


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_reset_breaks_the_connection_and_when_says_whether_it_took_effect(
    server: Running, http: aiohttp.ClientSession, when: str, sent: int
) -> None:
    await arm(http, kind="reset", when=when, times=1)
    with pytest.raises(ConnectionResetError):
        await answer_on_the_wire(server, "/api/v3/send-sms", A_CODE)
    assert len(await codes_sent(http)) == sent


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_drop_ends_the_connection_without_a_byte(
    server: Running, http: aiohttp.ClientSession, when: str, sent: int
) -> None:
    await arm(http, kind="drop", when=when, times=1)
    assert await answer_on_the_wire(server, "/api/v3/send-sms", A_CODE) == b""
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
    answer = await answer_on_the_wire(server, "/api/v3/send-sms", A_CODE)
    head, _, body = answer.partition(b"\r\n\r\n")
    promised = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert 0 < len(body) == (promised // 2 if kept is None else kept) < promised
    assert len(await codes_sent(http)) == 1


async def test_trickle_comes_in_pieces_and_whole(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="trickle", overSeconds=0.01, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        pieces = [chunk async for chunk in reply.content.iter_any()]
    assert json.loads(b"".join(pieces))["statusCode"] == 200
    assert len(pieces) > 1


async def test_reset_of_the_app_lets_a_trickle_pour(
    server: Running, http: aiohttp.ClientSession
) -> None:
    await arm(http, kind="trickle", overSeconds=AN_HOUR, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        first = await reply.content.readany()
        await server.deployment.reset("genauth-mock-app")
        assert json.loads(first + await reply.read())["statusCode"] == 200


async def test_client_that_does_not_wait_for_a_trickle_is_no_error(
    server: Running, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    await arm(http, kind="trickle", overSeconds=AN_HOUR, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        await reply.content.readany()
        reply.close()
    await get(http, "/_mock/health")
    await server.deployment.reset("genauth-mock-app")
    await get(http, "/_mock/health")
    assert caplog.messages == []


async def test_not_json_is_a_page_of_html(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="notJson", times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
        with pytest.raises(ValueError, match="Expecting value"):
            json.loads(await reply.text())


async def test_body_is_answered_word_for_word(http: aiohttp.ClientSession) -> None:
    await arm(http, body="upstream says no", contentType="text/plain", httpStatus=502, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        answer = (reply.status, reply.content_type, await reply.text())
    assert answer == (502, "text/plain", "upstream says no")


async def test_empty_has_no_body(http: aiohttp.ClientSession) -> None:
    await arm(http, kind="empty", times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        assert (reply.status, await reply.read()) == (200, b"")


@pytest.mark.parametrize("status", [400, 500, 503])
async def test_http_status_keeps_the_request_from_taking_effect(
    http: aiohttp.ClientSession, status: int
) -> None:
    await arm(http, httpStatus=status, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        assert (reply.status, (await reply.json())["statusCode"]) == (status, status)
    assert await codes_sent(http) == []


async def test_http_status_below_400_leaves_the_answer_as_it_is(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, httpStatus=201, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
        assert (reply.status, (await reply.json())["statusCode"]) == (201, 200)
    assert len(await codes_sent(http)) == 1


async def test_429_comes_with_retry_after_and_genauths_own_words(
    http: aiohttp.ClientSession,
) -> None:
    await arm(http, httpStatus=429, retryAfter=7, times=1)
    async with http.post("/api/v3/send-sms", json=A_CODE) as reply:
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


async def test_delay_holds_a_request_up_until_a_reset(
    server: Running, http: aiohttp.ClientSession
) -> None:
    """A reset releases whoever waits, and what they asked for then happens."""
    told = Reader(names=frozenset({"faults.changed"}))
    await arm(http, delaySeconds=AN_HOUR)
    server.deployment.events.listen(told)
    waiting = asyncio.create_task(send_sms(http))
    [befallen] = await told.next_events(5)
    assert not waiting.done()
    assert await codes_sent(http) == []
    await post(http, "/_mock/reset", {"appId": befallen.app_id})
    assert (await waiting)["statusCode"] == 200
    assert await get(http, "/_mock/faults") == {"faults": []}
    assert len(await codes_sent(http)) == 1


async def test_reset_of_one_app_leaves_another_waiting(
    server: Running, http: aiohttp.ClientSession
) -> None:
    told = Reader(names=frozenset({"faults.changed"}), app_id="mine")
    await arm(http, delaySeconds=AN_HOUR, appId="mine")
    server.deployment.events.listen(told)
    waiting = asyncio.create_task(send_sms(http, x_genauth_app_id="mine"))
    await told.next_events(5)
    await post(http, "/_mock/reset", {"appId": "another"})
    assert not waiting.done()
    await post(http, "/_mock/reset", {"appId": "mine"})
    assert (await waiting)["statusCode"] == 200


async def test_delay_after_the_effect_holds_only_the_answer(
    server: Running, http: aiohttp.ClientSession
) -> None:
    sent = Reader(names=frozenset({"message.issued"}))
    server.deployment.events.listen(sent)
    await arm(http, delaySeconds=AN_HOUR, when="after")
    waiting = asyncio.create_task(send_sms(http))
    assert len(await sent.next_events(5)) == 1
    assert not waiting.done()
    await post(http, "/_mock/reset", {})
    assert (await waiting)["statusCode"] == 200


async def test_delay_and_another_fault_befall_together(http: aiohttp.ClientSession) -> None:
    await arm(http, delaySeconds=0.001)
    await arm(http, outcome="PHONE_TAKEN", times=1)
    await arm(http, httpStatus=503)
    assert (await send_sms(http))["apiCode"] == 1320004
    [noted] = (await get(http, "/_mock/requests"))["requests"]
    assert [fault["id"] for fault in noted["faults"]] == ["1", "2"]


async def test_server_stops_at_once_while_a_request_waits() -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        told = Reader(names=frozenset({"faults.changed"}))
        await arm(http, delaySeconds=AN_HOUR)
        server.deployment.events.listen(told)
        waiting = asyncio.create_task(send_sms(http))
        await told.next_events(5)
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting


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
    assert refused["error"].startswith("fault 2: kind must be one of delay, ")
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
