"""Asking for messages that are not there, on a Redis."""

from __future__ import annotations

import asyncio

import aiohttp

from genauth_mock.deployment import Options
from genauth_mock.server import running
from redis_server import redis_server

HANGS_SECONDS = 10.0


async def test_who_does_not_wait_for_a_message_is_answered_at_once() -> None:
    with redis_server() as url:
        async with (
            asyncio.timeout(HANGS_SECONDS),
            running(Options(store=url)) as server,
            aiohttp.ClientSession(server.url) as http,
        ):
            for _ in range(5):
                async with http.get("/_mock/messages?phoneNumber=18812348888") as answer:
                    assert (await answer.json())["messages"] == []
