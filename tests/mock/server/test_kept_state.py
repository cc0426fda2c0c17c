"""What is kept over a restart is there before the first answer, and is taken after the last one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp

from genauth_mock.runtime.deployment import Deployment
from genauth_mock.server.launch import serving_on
from genauth_mock.server.listening import listening
from tests.mock.support.http import get, post


async def test_first_answer_knows_what_was_loaded_and_the_last_one_is_dumped() -> None:
    deployment, at_exit = Deployment(), asyncio.Event()
    with listening("127.0.0.1", 0) as listener:
        url = f"http://{listener.place}"

        @asynccontextmanager
        async def kept() -> AsyncGenerator[None]:
            early = asyncio.create_task(get(http, "/_mock/settings"))
            for _ in range(200):
                await asyncio.sleep(0)  # the request is on its way, and nobody answers yet
            assert not early.done()
            yield
            await early
            async with asyncio.timeout(10):
                await held.read()  # its connection has ended
            at_exit.set()

        async with aiohttp.ClientSession(url) as http:
            async with serving_on(deployment, listener, kept()):
                await post(http, "/_mock/users", {"username": "ada"})
                held, writer = await asyncio.open_connection(*listener.place.split(":"))
                writer.write(b"GET /_mock/health HTTP/1.1\r\nhost: localhost\r\n\r\n")
                await held.readuntil(b"\r\n\r\n")
            writer.close()
    assert at_exit.is_set()
