"""Connections: made late, shared, remade when the loop or the process changes, never leaked."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from aiogenauth import AiohttpTransport, AuthenticationClient, ConfigurationError, NotDelivered
from tests.sdk.support.answers import (
    Connection,
    Received,
    answer,
    silence,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    TOKEN,
    FakeServer,
    Kind,
    connected,
)


async def test_calls_one_after_another_share_a_connection(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind) as client:
        for _ in range(5):
            await client.as_user("someone").with_options(lang="en-US").bind_phone(CODE, NUMBER)
    assert genauth.connections == 1


async def test_our_session_writes_headers_as_a_session_of_aiohttp_does(genauth: FakeServer) -> None:
    """Ours are taken over in one piece; what comes out is the same, and `Host` comes first."""
    async with aiohttp.ClientSession() as session:
        for given in (None, session):
            async with AuthenticationClient(
                "app", genauth.url, access_token=TOKEN, session=given
            ) as client:
                await client.bind_phone(CODE, NUMBER)
                await client.request("GET", "/api/v3/get-profile")
    ours, theirs = genauth.received[:2], genauth.received[2:]
    assert [dict(each.headers) for each in ours] == [dict(each.headers) for each in theirs]
    assert [next(iter(each.headers)) for each in ours] == ["host", "host"]


async def test_cookies_of_one_user_never_travel_with_another(
    genauth: FakeServer, kind: Kind
) -> None:
    """One client serves all users, and a jar does not know whose cookie it holds."""
    genauth.on("*", answer(headers={"Set-Cookie": "session=of-ann; Path=/"}))
    async with connected(genauth.url, kind) as client:
        for token in ("token-of-ann", "token-of-bob"):
            await client.as_user(token).bind_phone(CODE, NUMBER)
    assert [each.headers.get("cookie") for each in genauth.received] == [None, None]


async def test_a_closed_client_says_so(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind) as client:
        await client.bind_phone(CODE, NUMBER)
    for view in (client, client.as_user("t")):
        with pytest.raises(ConfigurationError, match="closed"):
            await view.bind_phone(CODE, NUMBER)
    await client.aclose()
    assert len(genauth.received) == 1


async def test_closing_a_view_closes_nothing(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind) as client:
        async with client.as_user("t") as view:
            await view.bind_phone(CODE, NUMBER)
        await client.bind_phone(CODE, NUMBER)
    assert genauth.connections == 1


def test_a_client_that_is_dropped_unclosed_is_silent() -> None:
    """Neither aiohttp's warning nor its line in the log; in a process of its own, to see all."""
    program = (
        "import asyncio, sys\n"
        "from aiogenauth import AuthenticationClient, GenAuthError\n"
        "from tests.sdk.support.world import fake_server\n"
        "client = None\n"
        "async def main():\n"
        "    global client\n"
        "    async with fake_server() as genauth:\n"
        "        client = AuthenticationClient('a', genauth.url, access_token='t')\n"
        "        await client.bind_phone('123456', '18812348888')\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stderr == ""
    assert done.stdout == ""


async def test_cancelled_calls_leak_no_slot_of_the_pool(genauth: FakeServer) -> None:
    transport = AiohttpTransport(connections=2)
    genauth.on("bind-phone", silence)
    genauth.on("get-profile", answer(PROFILE))
    client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN, transport=transport)
    for number in range(20):
        task = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await genauth.is_asked(number + 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    for _ in range(4):
        await client.get_profile()
    await transport.aclose()


async def test_calls_that_time_out_leak_no_slot_either(genauth: FakeServer) -> None:
    transport = AiohttpTransport(connections=2)
    genauth.on("bind-phone", silence)
    genauth.on("get-profile", answer(PROFILE))
    client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN, transport=transport)
    quick = client.with_options(timeout=0.02)
    binds = (quick.bind_phone(CODE, NUMBER, on_unknown="raise") for _ in range(6))
    outcomes = await asyncio.gather(*binds, return_exceptions=True)
    assert {type(each).__name__ for each in outcomes} <= {"BindOutcomeUnknown", "NotDelivered"}
    await client.get_profile()
    await transport.aclose()


async def test_a_full_pool_is_a_sure_not_sent(genauth: FakeServer) -> None:
    transport = AiohttpTransport(connections=1)
    genauth.on("*", silence)
    client = AuthenticationClient(
        "app-1", genauth.url, access_token=TOKEN, transport=transport, retries=0
    )
    blocker = asyncio.create_task(client.get_profile())
    await genauth.is_asked(1)
    with pytest.raises(NotDelivered):
        await client.with_options(timeout=0.05).bind_phone(CODE, NUMBER)
    blocker.cancel()
    await asyncio.gather(blocker, return_exceptions=True)
    await transport.aclose()


@pytest.mark.parametrize("is_asked", [True, False])
async def test_a_proxy_of_the_environment_is_used_only_if_asked_for(
    genauth: FakeServer, monkeypatch: pytest.MonkeyPatch, is_asked: bool
) -> None:
    monkeypatch.setenv("http_proxy", genauth.url)
    monkeypatch.delenv("no_proxy", raising=False)
    async with connected(
        "http://genauth.invalid", allow_plain_http_to=["genauth.invalid"], trust_env=is_asked,
        retries=0,
    ) as client:  # fmt: skip
        if is_asked:
            await client.bind_phone(CODE, NUMBER)
            assert genauth.received[0].path == "http://genauth.invalid/api/v3/bind-phone"
            monkeypatch.setenv("no_proxy", "genauth.invalid")
        with pytest.raises(NotDelivered):
            await client.bind_phone(CODE, NUMBER)


async def test_one_client_a_hundred_tasks_and_fifty_users_mix_no_tokens(
    genauth: FakeServer, kind: Kind
) -> None:
    async def echo(connection: Connection, request: Received) -> None:
        await asyncio.sleep(0)
        await answer(requestId=request.headers["authorization"])(connection, request)

    genauth.on("bind-phone", echo)

    async def bind(client: AuthenticationClient, number: int) -> bool:
        token = f"token-{number % 50}"
        return (await client.as_user(token).bind_phone(CODE, NUMBER)).request_id == token

    async with connected(genauth.url, kind, access_token=None) as client:
        assert all(await asyncio.gather(*(bind(client, number) for number in range(100))))
    assert len(genauth.received) == 100


async def test_many_paths_do_not_grow_the_memory_of_urls(genauth: FakeServer) -> None:
    transport = AiohttpTransport()
    client = AuthenticationClient("a", genauth.url, transport=transport)
    for number in range(130):
        await client.request("GET", f"/api/v3/x{number}")
    assert len(transport._urls) <= 64  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - nothing else tells
    await transport.aclose()
