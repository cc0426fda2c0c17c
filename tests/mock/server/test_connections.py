"""Connections: waits that end with them, half a request, slow readers of events."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pytest

from genauth_mock.activity.events import QUEUE_BYTES
from genauth_mock.http import body
from genauth_mock.http.connections import Connections
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.server.launch import Running, serving_on
from genauth_mock.server.listening import listening
from tests.mock.support.http import Http, get, post, send_sms

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

LONG: Final = "x" * 60_000


def _tasks() -> int:
    return len(asyncio.all_tasks())


async def _becomes_true(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)


async def _opened(server: Running, text: str) -> asyncio.StreamWriter:
    host, port = server.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{text} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    await writer.drain()
    return writer


@pytest.mark.parametrize("path", ["requests", "messages", "requests/count"])
async def test_abandoned_long_polls_end_with_their_connection(
    server: Running, http: Http, path: str
) -> None:
    await get(http, "/_mock/health")
    before = _tasks()
    polls = [await _opened(server, f"GET /_mock/{path}?wait=60") for _ in range(20)]
    await _becomes_true(lambda: _tasks() >= before + 20)
    for poll in polls:
        poll.close()
    await _becomes_true(lambda: _tasks() <= before)


async def test_abandoned_delayed_answers_end_with_their_connection(
    server: Running, http: Http
) -> None:
    fault = {"route": "get-profile", "when": "after", "delaySeconds": 3600, "outcome": "OK"}
    await post(http, "/_mock/faults", fault)
    before = _tasks()
    waits = [await _opened(server, "GET /api/v3/get-profile") for _ in range(5)]
    await _becomes_true(lambda: _tasks() >= before + 5)
    for wait in waits:
        wait.close()
    await _becomes_true(lambda: _tasks() <= before)
    assert (await get(http, "/_mock/requests/count", route="get-profile"))["count"] == 5


async def test_a_long_poll_of_another_app_is_not_woken(server: Running) -> None:
    journal = server.deployment.journal
    waits = asyncio.create_task(journal.wait_for_more("other", 0, 60))
    await asyncio.sleep(0)
    async with Http(server.url) as http:
        await send_sms(http)
        assert not waits.done()
        await send_sms(http, x_genauth_app_id="other")
        async with asyncio.timeout(10):
            await waits


@pytest.fixture
async def hasty() -> AsyncIterator[Running]:
    """Give a server that waits for a head for a moment only."""
    deployment = Deployment()
    deployment.connections = Connections(head_seconds=0.2)
    with listening("127.0.0.1", 0) as listener:
        async with serving_on(deployment, listener) as serving:
            yield serving


@pytest.mark.parametrize("half", [b"", b"POST /api/v3/send-sms HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
async def test_half_a_head_ends_its_connection(hasty: Running, half: bytes) -> None:
    host, port = hasty.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(half)
    async with asyncio.timeout(10):
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()


async def test_half_a_head_after_an_answer_ends_its_connection(hasty: Running) -> None:
    host, port = hasty.url.removeprefix("http://").split(":")
    whole = f"GET /_mock/health HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(whole)
    assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split()[0]))
    writer.write(whole[:20])
    await asyncio.sleep(0)
    writer.write(whole[20:30])
    async with asyncio.timeout(10):
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()


async def test_a_connection_that_has_asked_stays(hasty: Running) -> None:
    async with Http(hasty.url) as http:
        await get(http, "/_mock/health")
        [connection] = [*http.connector._conns.values()][0]  # type: ignore[union-attr]  # noqa: RUF015, SLF001
        await asyncio.sleep(0.5)
        await get(http, "/_mock/health")
        assert [*http.connector._conns.values()][0][0][0] is connection[0]  # type: ignore[union-attr]  # noqa: RUF015, SLF001


async def test_half_a_body_is_answered_408(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "LONGEST_BODY_SECONDS", 0.1)
    host, port = server.url.removeprefix("http://").split(":")
    for path in ("/api/v3/send-sms", "/_mock/users"):
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 100\r\n\r\n{{"
        writer.write(head.encode())
        async with asyncio.timeout(10):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        writer.close()


async def test_readers_that_pause_cost_little_and_are_told_what_they_missed(
    server: Running, http: Http
) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"GET /_mock/events?events=request HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await asyncio.sleep(0.1)
        for number in range(400):
            sent = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": str(number), "x": LONG}
            await post(http, "/api/v3/send-sms", sent)
        [reader] = server.deployment.events._readers  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        assert reader.missed
        assert sum(event.size for event in reader._waiting) <= QUEUE_BYTES  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        slow.settimeout(20)
        heard = b""
        async with asyncio.timeout(60):
            while b"event: dropped" not in heard:
                read = await asyncio.to_thread(slow.recv, 1_000_000)
                assert read
                heard = heard[-20:] + read
                heard += await asyncio.to_thread(slow.recv, 1_000)
    line = heard[heard.index(b"event: dropped") :].splitlines()[1]
    assert json.loads(line.removeprefix(b"data: "))["dropped"] > 0
