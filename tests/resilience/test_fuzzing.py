"""A few hundred malformed messages, the same in every run; `make soak` sends a hundred thousand."""

from __future__ import annotations

from itertools import islice
from random import Random

import aiohttp

from benchmarks.fuzz.answers import ASKS, Endings, ask_all
from benchmarks.fuzz.bodies import BODIES_OF, generated
from benchmarks.fuzz.requests import (
    Findings,
    malformed_requests,
    request_of,
    send_all,
    valid_requests,
)
from benchmarks.fuzz.schema import drawn_from_schema, operations
from benchmarks.fuzz.spoiling_server import spoiling
from genauth_mock.server.launch import running

SLACK_SECONDS = 10.0
"""Here only a hang counts; how late a call may end is measured by `make soak`."""


async def test_no_malformed_request_is_answered_with_a_5xx_and_none_hangs() -> None:
    findings = Findings()
    async with running() as server, aiohttp.ClientSession(server.url) as http:
        port = int(server.url.rpartition(":")[2])
        await send_all(port, islice(malformed_requests(20261123), 250), findings)
        async with http.get("/_mock/health") as answer:
            assert answer.status == 200
    assert findings.failures == []
    assert findings.statuses.total() == 250
    assert findings.statuses[200]
    assert findings.statuses[400]


async def test_whatever_json_a_call_is_given_it_answers() -> None:
    findings = Findings()
    async with running() as server:
        port = int(server.url.rpartition(":")[2])
        requests = [request_of(path, body) for path in BODIES_OF for body in generated(path, 5)]
        await send_all(port, requests, findings)
    assert findings.failures == []
    assert findings.statuses.total() == len(requests)


async def test_what_schemathesis_draws_from_the_document_is_answered() -> None:
    findings, requests = Findings(), list(drawn_from_schema(3))
    async with running() as server:
        await send_all(int(server.url.rpartition(":")[2]), requests, findings)
    assert findings.failures == []
    assert findings.statuses.total() == len(requests) >= len(operations())
    assert findings.statuses[200]


async def test_the_fuzzer_tells_a_server_that_fails_from_one_that_does_not() -> None:
    findings = Findings()
    findings.note(501, b"", b"... not imitated: POST /api/v3/never")
    assert findings.failures == []
    findings.note(500, b"", b"")
    assert len(findings.failures) == 1


def test_every_request_that_is_spoiled_is_a_whole_one_before() -> None:
    assert all(b"\r\n\r\n" in each and b"HTTP/1.1\r\n" in each for each in valid_requests())


async def test_every_spoiled_answer_ends_in_a_typed_result_or_a_typed_error() -> None:
    endings, chance = Endings(), Random(20261123)  # noqa: S311 - it has to draw the same
    asks = (chance.choice(ASKS) for _ in range(150))
    async with spoiling(20261123) as url:
        await ask_all(url, asks, endings, late=SLACK_SECONDS)
    assert endings.failures == []
    assert endings.counts.total() == 150
    assert endings.counts["returned"]
