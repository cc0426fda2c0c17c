"""Whole bind flows through the SDK: without a socket, and over loopback to a server in a process of its own.

A flow is a text sent, its code looked up, the number bound. Users are made beforehand.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from aiogenauth import AuthenticationClient
from aiogenauth.protocol import Reply
from genauth_mock.testing.in_process import InProcessGenAuth, InProcessTransport

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

FIRST_NUMBER = 13_000_000_000
CHANNEL = "CHANNEL_BIND_PHONE"


async def main(how_many: int) -> None:
    """Tell the seconds of a flow, both ways, in turn so that other work on the machine meets both."""
    in_process: list[float] = []
    loopback: list[float] = []
    for _round in range(3):
        in_process.append(await without_a_socket(how_many))
        loopback.append(await over_loopback(how_many))
    print(json.dumps({"in_process_us": min(in_process), "loopback_us": min(loopback)}))


async def without_a_socket(how_many: int) -> float:
    """Run the flows in this process."""
    genauth = InProcessGenAuth()
    tokens = [(await genauth.new_user()).access_token for _ in range(how_many)]
    async with AuthenticationClient(
        app_id=genauth.app_id,
        app_host=genauth.app_host,
        transport=InProcessTransport(genauth, Reply),
    ) as client:
        return await _flows(client, tokens, lambda number: genauth.pass_code(number, CHANNEL))


async def over_loopback(how_many: int) -> float:
    """Run the flows against ``genauth-mock serve``."""
    with _served() as url:
        return await _flows_at(url, how_many)


@contextmanager
def _served() -> Generator[str]:
    command = [str(Path(sys.executable).with_name("genauth-mock")), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


async def _flows_at(url: str, how_many: int) -> float:
    async with (
        aiohttp.ClientSession(url) as mock,
        AuthenticationClient(app_id="genauth-mock-app", app_host=url) as client,
    ):

        async def new_token() -> str:
            async with mock.post("/_mock/users", json={}) as made:
                return str((await made.json())["accessToken"])

        async def code_of(number: str) -> str:
            query = {"phoneNumber": number, "channel": CHANNEL, "limit": "1", "wait": "5"}
            async with mock.get("/_mock/messages", params=query) as found:
                return str((await found.json())["messages"][0]["passCode"])

        tokens = [await new_token() for _ in range(how_many)]
        return await _flows(client, tokens, code_of)


async def _flows(
    client: AuthenticationClient, tokens: list[str], code_of: Callable[[str], Awaitable[str]]
) -> float:
    began = time.perf_counter()
    for number, token in enumerate(tokens, FIRST_NUMBER):
        user = client.as_user(token)
        await user.send_sms(channel=CHANNEL, phone_number=str(number))
        code = await code_of(str(number))
        await user.bind_phone(phone_number=str(number), pass_code=code)
    return (time.perf_counter() - began) / len(tokens) * 1e6


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
