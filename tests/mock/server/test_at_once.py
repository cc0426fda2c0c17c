"""Requests that are answered as soon as they have arrived, and those that the server has to see."""

from __future__ import annotations

import asyncio
import json

import pytest

from genauth_mock.engine import codes
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.server import application
from genauth_mock.server.launch import Running, serving_on
from genauth_mock.server.listening import listening
from tests.mock.support.http import Http, post


def _request(number: str, *headers: str) -> bytes:
    body = json.dumps({"channel": "CHANNEL_LOGIN", "phoneNumber": number}).encode()
    lines = ["POST /api/v3/send-sms HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


async def _answers(server: Running, *pieces: bytes, count: int) -> list[tuple[int, str]]:
    """Send pieces on one connection; give the HTTP status and the request id of each answer."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    answers: list[tuple[int, str]] = []
    async with asyncio.timeout(10):
        for _ in range(count):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length: ")[2].split()[0])
            body = await reader.readexactly(length)
            shown = json.loads(body)["requestId"] if body.startswith(b"{") else ""
            answers.append((int(head.split()[1]), shown))
    writer.close()
    return answers


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of each request that is tried at once whether it was answered so."""
    noted: list[bool] = []
    answer = Dispatcher.answer_at_once

    def noting(self: Dispatcher, request: object) -> object:
        reply = answer(self, request)  # type: ignore[arg-type]  # it is only handed on
        noted.append(reply is not None)
        return reply

    monkeypatch.setattr(Dispatcher, "answer_at_once", noting)
    return noted


async def test_a_request_is_answered_at_once_and_journaled(
    server: Running, at_once: list[bool]
) -> None:
    [(status, request_id)] = await _answers(server, _request("18812340001"), count=1)
    assert (status, at_once) == (200, [True])
    [exchange] = await server.deployment.journal.after(server.deployment.options.app_id)
    assert exchange.answer()["requestId"] == request_id


@pytest.mark.parametrize(("coding", "status"), [("zzz", 415), ("identity", 200)])
async def test_a_body_that_may_be_packed_is_looked_at_by_the_server(
    server: Running, at_once: list[bool], coding: str, status: int
) -> None:
    packed = _request("18812340001", f"Content-Encoding: {coding}")
    [(answered, _)] = await _answers(server, packed, count=1)
    assert (answered, at_once) == (status, [])


async def test_requests_in_one_piece_and_in_many_are_answered_in_order(server: Running) -> None:
    whole = b"".join(_request(f"188123400{n:02d}") for n in range(10))
    for pieces in ([whole], [whole[:30], whole[30:400], whole[400:401], whole[401:]]):
        answers = await _answers(server, *pieces, count=10)
        ids = [request_id for _, request_id in answers]
        assert {status for status, _ in answers} == {200}
        assert ids == sorted(ids)


async def test_a_fault_is_left_to_the_server(
    server: Running, http: Http, at_once: list[bool]
) -> None:
    await post(http, "/_mock/faults", {"route": "send-sms", "httpStatus": 503})
    [(status, _)] = await _answers(server, _request("18812340002"), count=1)
    assert (status, at_once) == (503, [False])
    assert len(await server.deployment.journal.after(server.deployment.options.app_id)) == 1


@pytest.mark.parametrize("header", ["Origin: http://a.test", "Expect: 100-continue"])
async def test_what_the_server_has_to_see_is_left_to_it(
    server: Running, at_once: list[bool], header: str
) -> None:
    await _answers(server, _request("18812340003", header), count=1 if "Origin" in header else 0)
    assert at_once == []


async def test_what_goes_wrong_is_answered_500_and_the_next_request_is_not_harmed(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        message = "a mistake of ours"
        raise RuntimeError(message)

    with monkeypatch.context() as broken:
        broken.setattr(codes, "send", fails)
        [(status, _)] = await _answers(server, _request("18812340004"), count=1)
        assert status == 500
    [(status, _)] = await _answers(server, _request("18812340004"), count=1)
    assert status == 200


async def test_a_connection_that_is_idle_after_such_an_answer_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(application, "IDLE_SECONDS", 0.2)
    deployment = Deployment()
    with listening("127.0.0.1", 0) as listener:
        async with serving_on(deployment, listener) as server:
            host, port = server.url.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(_request("18812340005"))
            async with asyncio.timeout(10):
                assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
            writer.close()
