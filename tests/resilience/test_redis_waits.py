"""Asking for messages that are not there, on a Redis, of the command as it is run."""

from __future__ import annotations

import asyncio

import aiohttp

from benchmarks.soak.server import serving

HANGS_SECONDS = 60.0


async def test_who_does_not_wait_for_a_message_is_answered_at_once(redis_url: str) -> None:
    with serving("--store", redis_url) as server:
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
