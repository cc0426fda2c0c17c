"""A server that does exactly what a test says, and clients of every transport to point at it."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import Any, Literal

import httpx
import httpx2
from attrs import define, field

from aiogenauth import AuthenticationClient, HttpxTransport
from tests.sdk.support.answers import (
    Behaviour,
    Connection,
    Received,
    answer,
)

Kind = Literal["aiohttp", "httpx", "httpx2"]
KINDS: tuple[Kind, ...] = ("aiohttp", "httpx", "httpx2")

NUMBER = "18812348888"
CODE = "839217"
TOKEN = "token-of-ann"
APP: dict[str, Any] = {"app_secret": "secret-of-the-app", "redirect_uri": "https://app.example/cb"}
"""What a client needs for every call there is."""
PROFILE = {"userId": "u", "phone": NUMBER, "phoneCountryCode": "+86", "phoneVerified": True}
NOBODY = {"userId": "u", "phone": None, "phoneVerified": False}


@define
class FakeServer:
    """A server on loopback. `script` has what it does per path, in turn; the last one repeats.

    Attributes:
        url: Where it listens.
        script: Behaviours by the end of the path, such as `bind-phone`; `*` is for all others.
        received: What came, in order.
        connections: How many connections were opened.
    """

    url: str = ""
    script: dict[str, list[Behaviour]] = field(factory=dict[str, list[Behaviour]])
    received: list[Received] = field(factory=list[Received])
    connections: int = 0
    tasks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]], repr=False)

    def on(self, path: str, *behaviours: Behaviour) -> None:
        self.script[path] = list(behaviours)

    def asked(self, path: str) -> list[Received]:
        return [each for each in self.received if each.path.partition("?")[0].endswith(path)]

    async def is_asked(self, times: int) -> None:
        """Wait until so many requests came."""
        while len(self.received) < times:  # noqa: ASYNC110 - nothing else happens meanwhile
            await asyncio.sleep(0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        connection = Connection(reader, writer)
        try:
            while (request := await _read(reader)) is not None:
                self.received.append(request)
                await self._behaviour(request)(connection, request)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self.tasks.discard(task)

    def _behaviour(self, request: Received) -> Behaviour:
        name = request.path.partition("?")[0].rpartition("/")[2]
        turns = self.script.get(name) or self.script.get("*") or [answer()]
        return turns.pop(0) if len(turns) > 1 else turns[0]


async def _read(reader: asyncio.StreamReader) -> Received | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (line.split(": ", 1) for line in lines if line)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)


@asynccontextmanager
async def fake_server(**options: Any) -> AsyncGenerator[FakeServer]:  # noqa: ANN401 - asyncio's
    """Run a fake server on a free port of the loopback."""
    genauth = FakeServer()
    server = await asyncio.start_server(genauth.serve, "127.0.0.1", 0, **options)
    scheme = "https" if "ssl" in options else "http"
    genauth.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield genauth
    finally:
        server.close()
        for task in genauth.tasks:
            task.cancel()
        await asyncio.gather(*genauth.tasks, return_exceptions=True)


@cache
def trusted() -> ssl.SSLContext:
    """Return what this machine trusts; to read it takes longer than most tests."""
    return ssl.create_default_context()


@asynccontextmanager
async def connected(
    url: str,
    kind: Kind = "aiohttp",
    **options: Any,  # noqa: ANN401 - the client's
) -> AsyncGenerator[AuthenticationClient]:
    """Give a client of Ann over one of the transports."""
    settings: dict[str, Any] = {"access_token": TOKEN, "deadline": 5.0, "timeout": 2.0} | options
    settings.setdefault("app_id", "app-1")
    async with AsyncExitStack() as stack:
        if kind != "aiohttp":
            library: Any = {"httpx": httpx, "httpx2": httpx2}[kind]
            theirs = await stack.enter_async_context(library.AsyncClient(verify=trusted()))
            settings["transport"] = HttpxTransport(theirs)
        yield await stack.enter_async_context(AuthenticationClient(app_host=url, **settings))


class Provider:
    """Counts how often it is asked, and can be made to wait or fail."""

    def __init__(self, *answers: object) -> None:
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.answers = list(answers)

    async def __call__(self) -> str:
        self.asked += 1
        number = self.asked
        await self.gate.wait()
        turn = self.answers.pop(0) if self.answers else f"token-{number}"
        if isinstance(turn, BaseException):
            raise turn
        return turn  # type: ignore[return-value]


class ThreadedStage:
    """A fake server in a thread of its own, for tests that run several event loops."""

    def __init__(self) -> None:
        self.genauth = FakeServer()
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._run()])

    async def _run(self) -> None:
        async with fake_server() as genauth:
            self.genauth = genauth
            self._ready.set()
            await self._stop.wait()

    def __enter__(self) -> FakeServer:
        self._thread.start()
        self._ready.wait()
        return self.genauth

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()
