"""HTTP clients that the caller has: used as they are, left open, and their cookies and tokens stay at home."""

from __future__ import annotations

from typing import Any

import aiohttp
import httpx
import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, HttpxTransport, UnexpectedAnswer
from tests.sdk.support.answers import answer, page
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    TOKEN,
    FakeServer,
    connected,
)


async def test_a_session_of_the_caller_is_used_and_left_open(genauth: FakeServer) -> None:
    async with aiohttp.ClientSession(headers={"x-theirs": "1"}) as session:
        async with connected(genauth.url, session=session) as client:
            await client.bind_phone(CODE, NUMBER)
        assert not session.closed
        assert genauth.received[0].headers["x-theirs"] == "1"
    with pytest.raises(ConfigurationError, match="closed"):
        await client.bind_phone(CODE, NUMBER)


async def test_an_httpx_client_of_the_caller_is_left_open(genauth: FakeServer) -> None:
    theirs = httpx.AsyncClient(auth=("their", "password"), follow_redirects=True)
    async with AuthenticationClient(
        "app-1", genauth.url, access_token=TOKEN, transport=HttpxTransport(theirs)
    ) as client:
        await client.bind_phone(CODE, NUMBER)
    assert not theirs.is_closed
    assert genauth.received[0].headers["authorization"] == TOKEN
    await theirs.aclose()


async def test_cookies_of_a_session_of_the_caller_stay_at_home(genauth: FakeServer) -> None:
    """Its other middlewares go on working."""

    async def theirs(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        request.headers["x-theirs"] = "1"
        return await handler(request)

    genauth.on("*", answer(headers={"Set-Cookie": "session=of-ann; Path=/"}))
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar, middlewares=(theirs,)) as session,
        connected(genauth.url, session=session) as client,
    ):
        for token in ("token-of-ann", "token-of-bob"):
            await client.as_user(token).bind_phone(CODE, NUMBER)
    assert len(jar) == 1
    assert [each.headers.get("cookie") for each in genauth.received] == [None, None]
    assert [each.headers["x-theirs"] for each in genauth.received] == ["1", "1"]


async def test_a_token_of_the_callers_own_client_stays_at_home(genauth: FakeServer) -> None:
    """Where a call is made for nobody, no other service's token stands in."""
    theirs = {"Authorization": "token-of-another-service"}

    async def ask(**given: Any) -> None:  # noqa: ANN401 - the client's options
        async with connected(genauth.url, access_token=None, **given) as client:
            await client.send_sms("CHANNEL_LOGIN", NUMBER)
            await client.as_user(TOKEN).bind_phone(CODE, NUMBER)

    async with aiohttp.ClientSession(headers=theirs) as session:
        await ask(session=session)
    async with httpx.AsyncClient(headers=theirs) as over_httpx:
        await ask(transport=HttpxTransport(over_httpx))
    seen = [each.headers.get("authorization") for each in genauth.received]
    assert seen == [None, TOKEN, None, TOKEN]


def test_only_httpx_clients_are_taken_for_them() -> None:
    with pytest.raises(ConfigurationError):
        HttpxTransport(object())  # type: ignore[arg-type]


async def test_a_subclass_of_an_httpx_client_is_one_too(genauth: FakeServer) -> None:
    class Theirs(httpx.AsyncClient):
        pass

    async with Theirs() as theirs:
        client = AuthenticationClient(
            "app-1", genauth.url, access_token=TOKEN, transport=HttpxTransport(theirs)
        )
        await client.bind_phone(CODE, NUMBER)


async def test_a_session_that_checks_statuses_itself_does_not_hide_a_refusal(
    genauth: FakeServer,
) -> None:
    genauth.on("*", page(403))
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        client = AuthenticationClient("a", genauth.url, access_token=TOKEN, session=session)
        with pytest.raises(UnexpectedAnswer) as refused:
            await client.bind_phone(CODE, NUMBER)
    assert refused.value.http_status == 403


@pytest.mark.filterwarnings("ignore:.*auth:DeprecationWarning")
async def test_a_session_that_signs_in_by_itself_is_refused() -> None:
    async with aiohttp.ClientSession(auth=aiohttp.BasicAuth("their", "password")) as session:
        with pytest.raises(ConfigurationError) as refused:
            AuthenticationClient("a", "https://x.example", session=session)
    assert refused.value.field == "session"
