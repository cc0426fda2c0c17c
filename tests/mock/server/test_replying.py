"""Most replies are written in one piece; no client can tell them from those that aiohttp writes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import make_mocked_request

from genauth_mock.http.messages import HttpReply
from genauth_mock.http.writer import MOST_WAITING, UsualReplies
from genauth_mock.server.launch import running
from genauth_mock.storage.interfaces import Wanted

if TYPE_CHECKING:
    from aiohttp import web

BODY = b'{"channel":"CHANNEL_BIND_PHONE","phoneNumber":"18812348888"}'


async def asked(url: str, request: bytes) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """Send one request over a connection of its own; give status line, headers and body of the answer."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status, *lines = head.strip().split(b"\r\n")
    headers = dict(line.split(b": ", 1) for line in lines)
    is_head = request.startswith(b"HEAD")
    body = b"" if is_head else await reader.readexactly(int(headers[b"Content-Length"]))
    writer.close()
    await writer.wait_closed()
    return status, headers, body


def sms(version: str = "1.1", extra: str = "", path: str = "/api/v3/send-sms") -> bytes:
    head = (
        f"POST {path} HTTP/{version}\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"{extra}Content-Length: {len(BODY)}\r\n\r\n"
    )
    return head.encode() + BODY


async def test_reply_in_one_piece_has_the_headers_of_any_other() -> None:
    async with running() as server:
        at_once = await asked(server.url, sms())
        by_aiohttp = await asked(server.url, sms(path="/api/v3/send-sms?lang="))
    assert at_once[0] == by_aiohttp[0] == b"HTTP/1.1 200 OK"
    assert list(at_once[1]) == list(by_aiohttp[1])
    same = (b"Content-Type", b"Server")
    assert [at_once[1][name] for name in same] == [by_aiohttp[1][name] for name in same]
    assert b'"statusCode":200' in at_once[2]
    assert b'"apiCode":4004' in by_aiohttp[2]


@pytest.mark.parametrize(
    ("request_bytes", "connection"),
    [
        pytest.param(sms("1.0"), None, id="HTTP/1.0"),
        pytest.param(sms("1.0", "Connection: keep-alive\r\n"), b"keep-alive", id="kept HTTP/1.0"),
        pytest.param(sms("1.1", "Connection: close\r\n"), b"close", id="closing"),
    ],
)
async def test_unusual_connections_are_treated_as_http_says(
    request_bytes: bytes, connection: bytes | None
) -> None:
    async with running() as server:
        status, headers, body = await asked(server.url, request_bytes)
    assert status.endswith(b" 200 OK")
    assert headers.get(b"Connection") == connection
    assert b'"statusCode":200' in body


async def test_expectation_to_continue_is_answered_first() -> None:
    async with running() as server:
        where = urlsplit(server.url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        request = sms(extra="Expect: 100-continue\r\n")
        writer.write(request.removesuffix(BODY))
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(BODY)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()
        await writer.wait_closed()


async def test_head_of_a_call_has_no_body() -> None:
    async with running() as server:
        request = b"HEAD /api/v3/get-profile HTTP/1.1\r\nHost: localhost\r\n\r\n"
        status, headers, body = await asked(server.url, request)
    assert status.startswith(b"HTTP/1.1 404")
    assert int(headers[b"Content-Length"]) > 0
    assert body == b""


async def test_requests_sent_together_are_answered_in_their_order() -> None:
    async with running() as server:
        where = urlsplit(server.url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        last = sms(extra="Connection: close\r\n", path="/api/v3/send-sms?lang=")
        writer.write(sms() + sms() + last)
        answers = await reader.read()
        writer.close()
        await writer.wait_closed()
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.count(b'"apiCode":4004') == 2


async def test_requests_of_many_connections_at_once_are_answered_in_their_order() -> None:
    last = sms(extra="Connection: close\r\n", path="/_mock/health")
    calls = [sms(), sms(), sms().replace(b"{", b"!"), last]

    async def answers_on(server_url: str, number: int) -> bytes:
        where = urlsplit(server_url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        app = f"x-genauth-app-id: app{number}\r\nContent-Length".encode()
        writer.write(b"".join(calls).replace(b"Content-Length", app))
        answers = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answers

    async with running() as server:
        each = await asyncio.gather(*(answers_on(server.url, number) for number in range(200)))
    expected = [b'"statusCode":200', b'"apiCode":4004', b'"statusCode":400', b"404 Not Found"]
    for answers in each:
        _, *parts = answers.split(b"HTTP/1.1 ")
        assert len(parts) == len(expected)
        assert all(said in part for said, part in zip(expected, parts, strict=True))


@pytest.mark.parametrize("turns", range(12))
async def test_shutdown_leaves_nothing_done_without_an_answer(turns: int) -> None:
    async with running() as server:
        where = urlsplit(server.url)
        connections = [await asyncio.open_connection(where.hostname, where.port) for _ in range(40)]
        for number, (_, writer) in enumerate(connections):
            writer.write(sms().replace(b"8888", b"%04d" % number))
        for _ in range(turns):
            await asyncio.sleep(0)
    answers = [await reader.read() for reader, _ in connections]
    for _, writer in connections:
        writer.close()
    sent = await server.deployment.outbox.find(server.deployment.options.app_id, Wanted())
    assert sum(b'"statusCode":200' in answer for answer in answers) == len(sent)


async def test_replies_of_one_turn_are_written_together_after_the_first() -> None:
    replies, transports = UsualReplies(), [Mock(spec=asyncio.Transport) for _ in range(4)]
    for transport in transports:
        transport.get_write_buffer_size.return_value = 0
        transport.is_closing.return_value = False
    for transport in transports:
        assert (
            replies.written(HttpReply(200, b"{}", request_id=b"1"), request_on(transport))
            is not None
        )
    transports[2].is_closing.return_value = True
    assert [each.write.call_count for each in transports] == [1, 0, 0, 0]
    await asyncio.sleep(0)
    assert [each.write.call_count for each in transports] == [1, 1, 0, 1]
    replies.written(HttpReply(200, b"{}", request_id=b"1"), request_on(transports[3]))
    assert transports[3].write.call_count == 2


async def test_first_of_a_long_turn_are_not_kept_waiting_for_its_end() -> None:
    replies, transport = UsualReplies(), Mock(spec=asyncio.Transport)
    transport.get_write_buffer_size.return_value = 0
    transport.is_closing.return_value = False
    for _ in range(1 + MOST_WAITING + 1):
        replies.written(HttpReply(200, b"{}", request_id=b"1"), request_on(transport))
    assert transport.write.call_count == 1 + MOST_WAITING


def request_on(transport: Mock) -> web.BaseRequest:
    return make_mocked_request("POST", "/api/v3/send-sms", transport=transport)
