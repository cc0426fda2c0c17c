"""What malformed requests once broke, each in one small example."""

from __future__ import annotations

import json
import logging

import aiohttp
import pytest

from genauth_mock.server.launch import running


@pytest.mark.parametrize("path", ["/api/v3/send-sms", "/_mock/users", "/oidc/token"])
async def test_a_body_that_is_not_encoded_as_it_says_is_the_callers_mistake(path: str) -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        headers = {"content-encoding": "gzip"}
        async with http.post(path, data=b"this is no gzip", headers=headers) as answer:
            assert answer.status == 400


async def test_half_a_character_in_an_app_id_breaks_no_journal() -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        async with http.post("/api/v3/send-sms?a=%ED%A0%80", json={"channel": "\ud800"}) as answer:
            assert answer.status == 200
            assert (await answer.json())["statusCode"] == 400
        async with http.get("/_mock/requests") as answer:
            assert (await answer.json())["count"] == 1


async def test_an_integer_of_more_than_64_bits_can_be_answered_again() -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        whole = json.dumps({"customData": {"large": 2**70}})
        async with http.post("/_mock/users", data=whole) as answer:
            assert answer.status < 500


RUNAWAY = ["Clock", "", {"real": 0, "shown": 0, "scale": 1e300, "is_frozen": False}]


@pytest.mark.parametrize(
    "wrong",
    [{"messages": "-"}, {"now": 1e308}, {"now": float("inf")}, {"records": [RUNAWAY]}],
    ids=["messages", "late", "infinite", "runaway clock"],
)
async def test_a_damaged_state_is_refused(wrong: dict[str, object]) -> None:
    whole: dict[str, object] = {"format": "genauth-mock state 3", "now": 1.0}
    empty: dict[str, list[object]] = {"records": [], "messages": []}
    state = {**whole, **empty, **wrong}
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        async with http.post("/_mock/state", data=json.dumps(state)) as answer:
            assert answer.status == 400
        async with http.get("/_mock/clock") as answer:
            assert answer.status == 200


async def test_what_is_no_http_is_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    async with (
        running() as server,
        aiohttp.ClientSession(server.url) as http,
        http.get("/", headers={"x-long": "x" * 20_000}) as answer,
    ):
        assert answer.status == 400
    [record] = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.exc_info is None
    assert "not HTTP" in record.getMessage()
