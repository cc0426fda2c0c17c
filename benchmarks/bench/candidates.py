"""Who is compared: the SDK, what it stands on, and what people use instead; all make the same call."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx

from aiogenauth import AuthenticationClient, HttpxTransport
from benchmarks.bench.turns import compared

if TYPE_CHECKING:
    import ssl

    from benchmarks.bench.turns import Call, Figures

PATH = "/api/v3/bind-phone"
BIND = ("123456", "18812348888", "+86")
BODY = {"passCode": "123456", "phoneNumber": "18812348888", "phoneCountryCode": "+86"}
HEADERS = {
    "x-genauth-app-id": "app",
    "x-genauth-sdk-version": "python:5.1.0",
    "x-genauth-request-from": "sdk",
    "authorization": "token",
}
BASE = "raw aiohttp"
OURS = "aiogenauth"
OFFICIAL = "genauth (official) in threads"
IN_FLIGHT = {"1 in flight": (1, 300), "100 in flight": (100, 1000)}
"""Calls at a time, and in one turn of a fast candidate."""
SLOW_CALLS = 100
SLOW_ROUNDS = 3


async def throughput(url: str, tls: ssl.SSLContext | None, rounds: int, *, fast: bool) -> Figures:
    """Compare everybody, with one call in flight and with a hundred.

    Args:
        url: The fixed server.
        tls: Trusts its certificate; None for plain http.
        rounds: Turns of the fast candidates; the slow ones have a few.
        fast: Whether orjson and uvloop are there.
    """
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(ssl=tls or True)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        theirs = await stack.enter_async_context(httpx.AsyncClient(verify=tls or True))
        ours = await stack.enter_async_context(_client(url, ssl_context=tls))
        over_httpx = _client(url, transport=HttpxTransport(theirs))
        raw = _raw(session, url)
        quick = {BASE: raw, "raw aiohttp, same headers": _raw(session, url, headers=HEADERS)}
        if fast:
            quick["raw aiohttp, same headers, orjson"] = _raw_with_orjson(session, url)
        quick[OURS] = lambda: ours.bind_phone(*BIND)
        slow: dict[str, Call] = {
            BASE: raw,
            "raw httpx": _raw_httpx(theirs, url),
            "aiogenauth over httpx": lambda: over_httpx.bind_phone(*BIND),
            OFFICIAL: official(url),
        }
        figures: Figures = {}
        for name, (in_flight, calls) in IN_FLIGHT.items():
            figures[name] = await compared(quick, calls, in_flight, rounds)
            others = await compared(slow, SLOW_CALLS, in_flight, min(rounds, SLOW_ROUNDS))
            figures[name] |= {each: row for each, row in others.items() if each != BASE}
        return figures


def official(url: str) -> Call:
    """Call the official synchronous SDK in threads, as its users do in asyncio."""
    import genauth  # type: ignore[import-untyped]  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - it has none, and is slow to import

    client: Any = genauth.AuthenticationClient(app_id="app", app_host=url, access_token="token")  # noqa: S106 - a stand-in
    return lambda: asyncio.to_thread(client.bind_phone, *BIND)


def _client(url: str, **options: Any) -> AuthenticationClient:  # noqa: ANN401 - the client's
    return AuthenticationClient("app", url, access_token="token", **options)  # noqa: S106 - a stand-in


def _raw(session: aiohttp.ClientSession, url: str, **options: Any) -> Call:  # noqa: ANN401 - aiohttp's
    async def post() -> object:
        async with session.post(url + PATH, json=BODY, **options) as response:
            return await response.json()

    return post


def _raw_with_orjson(session: aiohttp.ClientSession, url: str) -> Call:
    import orjson  # noqa: PLC0415 - the plain stack goes without

    headers = HEADERS | {"Content-Type": "application/json"}

    async def post() -> object:
        data = orjson.dumps(BODY)
        async with session.post(url + PATH, data=data, headers=headers) as response:
            return orjson.loads(await response.read())

    return post


def _raw_httpx(client: httpx.AsyncClient, url: str) -> Call:
    async def post() -> object:
        return (await client.post(url + PATH, json=BODY)).json()

    return post
