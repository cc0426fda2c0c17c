"""Answers that are not GenAuth's, and connections that end early: typed errors, and what they prove."""

from __future__ import annotations

import asyncio

import pytest

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    InvalidArgument,
    NotDelivered,
    ReadOutcomeUnknown,
    TooManyRequests,
    TransportError,
    UnexpectedAnswer,
)
from tests.sdk.support.answers import (
    Behaviour,
    Connection,
    Received,
    answer,
    http,
    page,
    raw,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    connected,
)


@pytest.mark.parametrize(
    ("behaviour", "start"),
    [
        (page(502), "<html>bad gateway</html>"),
        (raw(http(b"")), ""),
        (raw(http(b"[1, 2]")), "[1, 2]"),
        (raw(http(b'{"statusCode": "200"}')), '{"statusCode": "200"}'),
        (raw(http(b"statusCode: 200", headers={"Content-Type": "text/html"})), "statusCode: 200"),
        (page(404, b"\xff" * 1000), "\ufffd" * 200),
    ],
    ids=["page", "empty", "list", "text", "type", "bytes"],
)
async def test_an_answer_that_is_not_genauths_is_shown_by_its_start(
    client: AuthenticationClient, genauth: FakeServer, behaviour: Behaviour, start: str
) -> None:
    genauth.on("get-profile", behaviour)
    with pytest.raises(UnexpectedAnswer) as unexpected:
        await client.with_options(retries=0).get_profile()
    assert unexpected.value.body_start is not None
    assert unexpected.value.body_start.startswith(start)
    assert start[:20] in str(unexpected.value)
    assert len(unexpected.value.body_start) <= 200


async def test_data_of_another_shape_is_named_and_not_shown(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("get-profile", answer({"userId": 7, "phone": NUMBER}))
    with pytest.raises(UnexpectedAnswer, match="user_id") as unexpected:
        await client.get_profile()
    assert unexpected.value.body_start is None
    assert unexpected.value.status_code == 200
    assert len(genauth.received) == 1


async def test_a_page_that_refuses_a_post_is_a_sure_refusal(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("bind-phone", page(403))
    with pytest.raises(UnexpectedAnswer) as refused:
        await client.bind_phone(CODE, NUMBER)
    assert refused.value.http_status == 403
    assert len(genauth.received) == 1


async def test_too_many_requests_tell_the_wait(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("send-sms", answer(status=429, statusCode=429, headers={"Retry-After": "7"}))
    with pytest.raises(TooManyRequests) as refused:
        await client.send_sms("CHANNEL_LOGIN", NUMBER)
    assert refused.value.retry_after == 7.0
    genauth.on("send-sms", page(429))
    with pytest.raises(TooManyRequests) as refused:
        await client.send_sms("CHANNEL_LOGIN", NUMBER)
    assert refused.value.retry_after is None
    assert len(genauth.received) == 2


async def test_a_read_waits_as_long_as_asked_and_nonsense_is_not_obeyed(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on(
        "get-profile",
        page(429, b""),
        answer(status=429, statusCode=429, headers={"Retry-After": "-1"}),
        answer(PROFILE),
    )
    await client.get_profile()
    genauth.on("get-profile", answer(status=429, statusCode=429, headers={"Retry-After": "3600"}))
    with pytest.raises(TooManyRequests) as refused:
        await client.get_profile()
    assert refused.value.retry_after == 3600.0
    assert len(genauth.received) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(
    client: AuthenticationClient, genauth: FakeServer, status: int
) -> None:
    headers = {"Location": f"{genauth.url}/elsewhere", "Content-Type": "text/html"}
    genauth.on("*", raw(http(b"", status, headers)))
    for call in (client.bind_phone(CODE, NUMBER), client.get_profile()):
        with pytest.raises(UnexpectedAnswer) as refused:
            await call
        assert refused.value.http_status == status
    assert genauth.asked("elsewhere") == []


async def test_a_refused_connection_proves_that_nothing_was_sent(kind: Kind) -> None:
    async with connected("http://127.0.0.1:1", kind) as client:
        with pytest.raises(NotDelivered) as lost:
            await client.bind_phone(CODE, NUMBER)
        assert lost.value.phase == "connect"
        assert lost.value.attempts == 3
        with pytest.raises(NotDelivered):
            await client.get_profile()


async def test_a_name_that_does_not_exist_proves_it_too(kind: Kind) -> None:
    async with connected("https://no-such-host.invalid", kind, retries=0) as client:
        with pytest.raises(NotDelivered):
            await client.bind_phone(CODE, NUMBER)


async def test_a_server_that_closes_at_once_never_makes_a_bind_look_refused(kind: Kind) -> None:
    async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    server = await asyncio.start_server(close, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, connected(url, kind, timeout=0.05, deadline=0.4) as client:
        with pytest.raises(TransportError):
            await client.bind_phone(CODE, NUMBER)


async def test_a_connection_that_went_stale_leaves_a_bind_unknown(
    genauth: FakeServer, kind: Kind
) -> None:
    async def answer_then_close(connection: Connection, request: Received) -> None:
        if genauth.asked("bind-phone"):
            connection.abort()
        else:
            await answer(PROFILE)(connection, request)

    genauth.on("*", answer_then_close)
    async with connected(genauth.url, kind) as client:
        await client.get_profile()
        with pytest.raises(BindOutcomeUnknown):
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
    assert len(genauth.asked("bind-phone")) == 1


async def test_an_endless_answer_is_cut_off(genauth: FakeServer, kind: Kind) -> None:
    async def endless(connection: Connection, _: Received) -> None:
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _round in range(6):
            await connection.send(b" " * 1024 * 1024)
        connection.close()

    genauth.on("get-profile", endless)
    async with connected(genauth.url, kind, retries=0) as client:
        with pytest.raises(ReadOutcomeUnknown, match="longer than"):
            await client.get_profile()


async def test_an_answer_in_pieces_is_read_whole(genauth: FakeServer, kind: Kind) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    genauth.on(
        "bind-phone", raw(head + b'8\r\n{"status\r\n' + b'b\r\nCode": 200}\r\n' + b"0\r\n\r\n")
    )
    async with connected(genauth.url, kind) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "answer"


async def test_a_refusal_keeps_the_text_that_genauth_wrote(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("bind-phone", answer(statusCode=400, message="phoneNumber must be a string"))
    with pytest.raises(InvalidArgument, match="phoneNumber must be a string"):
        await client.bind_phone(CODE, NUMBER)
