"""Asking for messages that are not there, on a Redis, of the command as it is run."""

from __future__ import annotations

import asyncio

import aiohttp

from benchmarks.soak.server import serving
from tests.support.redis_server import redis_server

HANGS_SECONDS = 60.0


async def test_who_does_not_wait_for_a_message_is_answered_at_once() -> None:
    with redis_server() as url, serving("--store", url) as server:
        async with (
            asyncio.timeout(HANGS_SECONDS),
            aiohttp.ClientSession(server.url) as http,
        ):
            path = "/_mock/messages?phoneNumber=18812348888"
            answers = await asyncio.gather(*(_messages(http, path) for _ in range(16)))
    assert answers == [[]] * 16


async def _messages(http: aiohttp.ClientSession, path: str) -> object:
    async with http.get(path) as answer:
        return (await answer.json())["messages"]
