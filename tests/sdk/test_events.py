"""Listening to events: what is asked for, what comes, how it ends, and that no token is shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import WSCloseCode, web
from attrs import define, field
from yarl import URL

from aiogenauth import (
    AccessTokenMissing,
    AuthenticationClient,
    ConfigurationError,
    InvalidInput,
    NotDelivered,
    NotSignedIn,
    ReadOutcomeUnknown,
    UnexpectedAnswer,
)
from tests.sdk.support.canaries import shown

PATH = "/events/v1/authentication/sub"
TOKEN = "canary-access-token&+"


async def two_and_bye(socket: web.WebSocketResponse) -> None:
    await socket.send_str('{"n": 1}')
    await socket.send_bytes(b'{"n": 2}')
    await socket.close()


@define
class Events:
    """A server of events that does as it is told."""

    play: Callable[[web.WebSocketResponse], Awaitable[None]] = two_and_bye
    refusal: int | None = None
    sends_to: str = ""
    queries: list[dict[str, str]] = field(factory=list[dict[str, str]])
    cookies: list[dict[str, str]] = field(factory=list[dict[str, str]])
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.queries.append(dict(request.query))
        self.cookies.append(dict(request.cookies))
        if self.refusal is not None:
            return web.Response(status=self.refusal, headers={"Location": self.sends_to})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self.play(socket)
        return socket

    def client(
        self, token: str | None = TOKEN, session: aiohttp.ClientSession | None = None
    ) -> AuthenticationClient:
        return AuthenticationClient(
            "app-1",
            "https://x.example",
            access_token=token,
            websocket_host=self.url,
            timeout=2,
            session=session,
        )


@pytest.fixture
async def events() -> AsyncIterator[Events]:
    found, app = Events(), web.Application()
    app.router.add_get(PATH, found.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    found.url = f"ws://{host}:{port}"
    yield found
    await runner.cleanup()


async def test_each_event_is_handed_over_until_the_server_closes(events: Events) -> None:
    got: list[str] = []
    async with events.client() as client:
        await client.sub_event("authing.user.login", got.append)
    assert got == ['{"n": 1}', '{"n": 2}']
    assert events.queries == [{"code": "authing.user.login", "token": TOKEN}]


async def test_an_async_callback_is_awaited_one_event_at_a_time(events: Events) -> None:
    got: list[str] = []

    async def slowly(event: str) -> None:
        got.append(f"begin {event}")
        await asyncio.sleep(0)
        got.append(f"end {event}")

    async with events.client() as client:
        await client.sub_event("x", slowly)
    assert [each.split()[0] for each in got] == ["begin", "end"] * 2


async def test_what_a_callback_raises_ends_the_listening(events: Events) -> None:
    def fail(event: str) -> None:
        raise KeyError(event)

    async with events.client() as client:
        with pytest.raises(KeyError):
            await client.sub_event("x", fail)


async def test_a_broken_connection_is_told_from_an_end(events: Events) -> None:
    async def give_up(socket: web.WebSocketResponse) -> None:
        await socket.close(code=WSCloseCode.INTERNAL_ERROR)

    events.play = give_up
    async with events.client() as client:
        with pytest.raises(ReadOutcomeUnknown, match="missed"):
            await client.sub_event("x", print)


@pytest.mark.parametrize(("status", "error"), [(401, NotSignedIn), (None, NotDelivered)])
async def test_no_refusal_shows_the_token(
    events: Events, status: int | None, error: type[Exception]
) -> None:
    events.refusal = status
    if status is None:
        events.url = "ws://127.0.0.1:1"
    async with events.client() as client:
        with pytest.raises(error) as caught:
            await client.sub_event("x", print)
    assert not [text for text in shown(caught.value) if "canary" in text]


async def test_nobody_listens_without_a_token_or_a_function(events: Events) -> None:
    async with events.client(token=None) as client:
        with pytest.raises(AccessTokenMissing):
            await client.sub_event("x", print)
    async with events.client() as client:
        with pytest.raises(InvalidInput, match="callback"):
            await client.sub_event("x", "print")  # type: ignore[arg-type]
    assert not events.queries


async def test_bytes_that_are_no_text_are_handed_over_with_marks_in_their_place(
    events: Events,
) -> None:
    async def no_text(socket: web.WebSocketResponse) -> None:
        await socket.send_bytes(b"\xff{}")
        await socket.close()

    events.play, got = no_text, list[str]()
    async with events.client() as client:
        await client.sub_event("x", got.append)
    assert got == ["\ufffd{}"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_leads_a_listener_anywhere(events: Events, status: int) -> None:
    events.refusal = status
    events.sends_to = f"{events.url}{PATH}?code=stolen"
    async with events.client() as client:
        with pytest.raises(UnexpectedAnswer, match=f"HTTP {status}"):
            await client.sub_event("x", print)
    assert [query["code"] for query in events.queries] == ["x"]


async def test_a_listener_on_a_session_of_the_caller_brings_its_headers_and_no_cookies(
    events: Events,
) -> None:
    seen: list[str] = []

    async def note(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        seen.append(request.headers["X-Tenant"])
        return await handler(request)

    session = aiohttp.ClientSession(
        cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"X-Tenant": "t"}, middlewares=[note]
    )
    async with session:
        session.cookie_jar.update_cookies({"sid": "of-somebody"}, URL(events.url))
        async with events.client(session=session) as client:
            await client.sub_event("x", print)
        assert not session.closed
    assert (seen, events.cookies) == (["t"], [{}])


@pytest.mark.parametrize("host", ["https://x.example", "ws://x.example", "wss://"])
def test_a_host_that_cannot_be_right_is_refused(host: str) -> None:
    with pytest.raises(ConfigurationError, match="websocket_host") as caught:
        AuthenticationClient("app-1", "https://x.example", websocket_host=host)
    assert caught.value.field == "websocket_host"


async def test_an_event_that_is_no_json_is_not_sent(events: Events) -> None:
    async with events.client() as client:
        with pytest.raises(InvalidInput, match="data"):
            await client.put_event("custom_x", {"when": object()})
