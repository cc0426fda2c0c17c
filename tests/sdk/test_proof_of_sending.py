"""Nothing was sent: that is said where it is proven, and only there. What left once has left."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import struct
from typing import Any

import aiohttp
import httpx
import pytest

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    GenAuthError,
    HttpxTransport,
    NotDelivered,
    ReadOutcomeUnknown,
)
from tests.sdk.support.answers import Behaviour, Connection, Received, answer, hang_up, silence
from tests.sdk.support.world import CODE, NOBODY, NUMBER, PROFILE, TOKEN, FakeServer, connected


async def with_another_body(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Replace the body, as middlewares that sign requests do."""
    assert isinstance(request.body, aiohttp.Payload)
    await request.update_body(await request.body.as_bytes())
    return await handler(request)


async def twice(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send again after a lost connection, as retrying middlewares do."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectionError:
        return await handler(request)


class Twice(httpx.AsyncBaseTransport):
    """Sends again after a lost connection; `makes_anew` is what it sends then."""

    def __init__(self, *, makes_anew: bool) -> None:
        self.inner = httpx.AsyncHTTPTransport()
        self.makes_anew = makes_anew

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.makes_anew:
            request = httpx.Request(
                request.method, request.url, headers=request.headers, content=request.content
            )
        try:
            return await self.inner.handle_async_request(request)
        except httpx.TransportError:
            return await self.inner.handle_async_request(request)


class Leaving:
    """Takes the first request, and is gone: nobody listens any more."""

    def __init__(self) -> None:
        self.posted = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server.close()
        head = await reader.readuntil(b"\r\n\r\n")
        self.posted += head.startswith(b"POST")
        writer.close()

    async def __aenter__(self) -> str:
        self.server = await asyncio.start_server(self, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def __aexit__(self, *_: object) -> None:
        self.server.close()


async def bound(url: str, **given: Any) -> GenAuthError:  # noqa: ANN401 - the client's options
    """Bind a phone and give the error that this ends with."""
    async with connected(url, timeout=1, deadline=2, **given) as client:
        with pytest.raises(GenAuthError) as failed:
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
    return failed.value


@pytest.mark.parametrize("loss", [hang_up, silence], ids=["closed", "silent"])
async def test_a_body_that_a_middleware_replaced_is_posted_once(
    genauth: FakeServer,
    loss: Behaviour,
) -> None:
    genauth.on("*", loss)
    async with aiohttp.ClientSession(middlewares=(with_another_body,)) as session:
        error = await bound(genauth.url, session=session)
    assert type(error) is BindOutcomeUnknown
    assert len(genauth.received) == 1


async def test_what_a_retrying_middleware_sent_first_has_left() -> None:
    leaving = Leaving()
    async with leaving as url, aiohttp.ClientSession(middlewares=(twice,)) as session:
        error = await bound(url, session=session)
    assert type(error) is BindOutcomeUnknown
    assert leaving.posted == 1


@pytest.mark.parametrize("makes_anew", [False, True], ids=["the same request", "another one"])
async def test_what_a_retrying_transport_of_httpx_sent_first_has_left(*, makes_anew: bool) -> None:
    leaving = Leaving()
    async with leaving as url, httpx.AsyncClient(transport=Twice(makes_anew=makes_anew)) as theirs:
        error = await bound(url, transport=HttpxTransport(theirs))
    assert type(error) is BindOutcomeUnknown
    assert leaving.posted == 1


async def test_a_read_that_aiohttp_itself_sent_again_has_left() -> None:
    """On a connection that was kept, aiohttp repeats a GET whose answer never came."""
    leaving_after = [answer(PROFILE), hang_up]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for behave in leaving_after:
            await reader.readuntil(b"\r\n\r\n")
            if behave is hang_up:
                server.close()
            await behave(Connection(reader, writer), Received("GET", "/", {}, b""))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with connected(url, retries=0) as client:
        await client.get_profile()
        with pytest.raises(ReadOutcomeUnknown):
            await client.get_profile()


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (aiohttp.ServerDisconnectedError(), BindOutcomeUnknown),
        (aiohttp.ClientConnectionError(), BindOutcomeUnknown),
        (TimeoutError(), BindOutcomeUnknown),
        (aiohttp.ConnectionTimeoutError(), NotDelivered),
    ],
    ids=lambda each: getattr(each, "__name__", type(each).__name__),
)
@pytest.mark.parametrize("is_given", [True, False], ids=["their session", "our session"])
async def test_a_patched_session_proves_nothing_but_what_its_exception_says(
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    expected: type[GenAuthError],
    *,
    is_given: bool,
) -> None:
    """As test doubles patch it: nothing is handed over, and an exception comes."""

    async def patched(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(aiohttp.ClientSession, "_request", patched)
    async with aiohttp.ClientSession() as session:
        given = {"session": session} if is_given else {}
        error = await bound("https://genauth.invalid", retries=0, **given)
    assert type(error) is expected


async def test_a_middleware_that_fails_before_it_hands_over_has_sent_nothing(
    genauth: FakeServer,
) -> None:
    async def failing(
        _: aiohttp.ClientRequest, __: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        text = "no signature"
        raise LookupError(text)

    async with aiohttp.ClientSession(middlewares=(failing,)) as session:
        error = await bound(genauth.url, session=session, retries=0)
    assert type(error) is NotDelivered
    assert repr(error.__cause__) == "LookupError('no signature')"
    assert genauth.received == []


@pytest.mark.parametrize("raised", [NotDelivered("not so"), KeyError("x"), MemoryError()])
async def test_a_middleware_that_fails_afterwards_leaves_the_outcome_unknown(
    genauth: FakeServer, raised: Exception
) -> None:
    async def failing(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        await handler(request)
        raise raised

    async with aiohttp.ClientSession(middlewares=(failing,)) as session:
        error = await bound(genauth.url, session=session)
    assert type(error) is BindOutcomeUnknown
    assert error.__cause__ is raised
    assert len(genauth.received) == 1


async def test_an_exception_that_quotes_the_request_loses_its_text(genauth: FakeServer) -> None:
    async def failing(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        await handler(request)
        text = f"failed with {dict(request.headers)}"
        raise ValueError(text)

    async with aiohttp.ClientSession(middlewares=(failing,)) as session:
        error = await bound(genauth.url, session=session)
    assert TOKEN not in f"{error!s}{error.__cause__!r}"
    assert type(error.__cause__) is ValueError


async def test_a_full_pool_of_httpx_has_sent_nothing(genauth: FakeServer) -> None:
    genauth.on("*", silence)
    limits = httpx.Limits(max_connections=1)
    async with (
        httpx.AsyncClient(limits=limits) as theirs,
        connected(genauth.url, transport=HttpxTransport(theirs), retries=0, timeout=0.5) as client,
    ):
        first = asyncio.create_task(client.with_options(timeout=2).get_profile())
        await genauth.is_asked(1)
        with pytest.raises(NotDelivered, match="PoolTimeout"):
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
        first.cancel()
    assert len(genauth.asked("bind-phone")) == 0


async def test_a_proxy_that_refuses_to_connect_has_passed_nothing_on(genauth: FakeServer) -> None:
    """What is said to the proxy is not the request."""

    async def refuse(connection: Connection, _: Received) -> None:
        await connection.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    genauth.on("*", refuse)
    async with httpx.AsyncClient(proxy=genauth.url) as theirs:
        error = await bound("https://genauth.invalid", transport=HttpxTransport(theirs), retries=0)
    assert type(error) is NotDelivered


async def test_a_lost_answer_names_the_systems_reason(genauth: FakeServer) -> None:
    async def reset(connection: Connection, _: Received) -> None:
        theirs = connection.writer.get_extra_info("socket")
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.abort()

    genauth.on("*", reset)
    error = await bound(genauth.url)
    assert f"ClientOSError: [Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)}" in str(
        error
    )


async def test_a_netrc_never_takes_the_place_of_the_users_token(
    genauth: FakeServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,  # noqa: ANN401
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login corp password CORPORATE\n")
    monkeypatch.setenv("NETRC", str(netrc))
    genauth.on("get-profile", answer(NOBODY))
    async with (
        aiohttp.ClientSession(trust_env=True) as session,
        connected(genauth.url, session=session) as client,
    ):
        await client.bind_phone(CODE, NUMBER)
        await client.get_profile()
        await AuthenticationClient("app-1", genauth.url, session=session).send_sms(
            "CHANNEL_LOGIN", NUMBER
        )
    seen = [each.headers.get("authorization") for each in genauth.received]
    assert seen == [TOKEN, TOKEN, None]


@pytest.mark.parametrize("is_given", [True, False], ids=["their session", "our session"])
async def test_this_machine_is_never_reached_through_a_proxy(
    genauth: FakeServer, monkeypatch: pytest.MonkeyPatch, *, is_given: bool
) -> None:
    """`genauth-mock exec` behind the proxy of a company."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with aiohttp.ClientSession(trust_env=True) as session:
        given: dict[str, Any] = {"session": session} if is_given else {"trust_env": True}
        async with connected(genauth.url, **given) as client:
            await client.bind_phone(CODE, NUMBER)
    assert len(genauth.received) == 1
