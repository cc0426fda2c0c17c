"""Exchanges as people read them in the report of a failed test."""

from __future__ import annotations

import aiohttp
import pytest

from genauth_mock.server.launch import running
from genauth_mock.testing.exchanges import exchange_lines

SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
ASKED = 'POST /api/v3/send-sms {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "188****8888"}'


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ({"skip": 1, "kind": "empty"}, 'OK; HTTP 200 {"statusCode": 200, '),
        ({"kind": "reset", "when": "after"}, "no answer; by the rules OK; fault 1 (reset, after)"),
        (
            {"outcome": "PHONE_TAKEN"},
            "PHONE_TAKEN; by the rules nothing happened; fault 1 (envelope, before); HTTP 200 {",
        ),
        (
            {"kind": "notJson"},
            "an answer of a fault; by the rules OK; fault 1 (notJson, after); HTTP 200 {}",
        ),
    ],
    ids=["unharmed", "no answer", "no effect", "no JSON"],
)
async def test_a_line_says_what_was_answered_and_what_befell_it(
    fault: dict[str, object], line: str
) -> None:
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        await http.post("/_mock/faults", json=fault)
        try:
            await http.post("/api/v3/send-sms", json=SMS)
        except aiohttp.ClientConnectionError:
            assert fault["kind"] == "reset"
        async with http.get("/_mock/requests") as reply:
            [exchange] = (await reply.json())["requests"]
    asked, answered = exchange_lines(exchange).splitlines()
    assert asked == ASKED
    assert answered.startswith(f"    -> {line}")
