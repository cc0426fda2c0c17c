"""What the mock's tests are given: a world for the rules, a server for the front door."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import Running, running, running_in_thread
from genauth_mock.storage.opening import Storage, open_storage
from tests.mock.support.email import Person, a_user
from tests.mock.support.http import Http
from tests.mock.support.seeds import SEED
from tests.mock.support.world import World


@pytest.fixture
def world() -> World:
    """Give an empty app at a fixed time."""
    return World()


@pytest.fixture
async def server() -> AsyncIterator[Running]:
    """Give a running server that answers in English."""
    async with running(Options(language="en-US")) as serving:
        yield serving


@pytest.fixture
async def http(server: Running) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a plain HTTP client of the server."""
    async with aiohttp.ClientSession(server.url) as session:
        yield session


@pytest.fixture
async def servers(redis_url: str) -> AsyncIterator[tuple[Http, Http]]:
    """Give clients of two servers that share a Redis, for one app that nobody else uses."""
    app = {"x-genauth-app-id": f"app-{uuid4()}"}
    options = Options(store=redis_url, language="en-US")
    async with AsyncExitStack() as stack:
        urls = [(await stack.enter_async_context(running(options))).url for _ in range(2)]
        first, second = [await stack.enter_async_context(Http(url, headers=app)) for url in urls]
        yield first, second


@pytest.fixture(params=["memory", "redis"])
async def storage(request: pytest.FixtureRequest) -> AsyncIterator[Storage]:
    """Give a store and an outbox, of each sort."""
    url = "memory" if request.param == "memory" else request.getfixturevalue("redis_url")
    opened = open_storage(url, outbox_size=1000)
    yield opened
    await opened.close()


@pytest.fixture
def app_id() -> str:
    """Name an app that nobody else uses."""
    return f"app-{uuid4()}"


@pytest.fixture
def no_options_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the person who runs the tests has set is not what is tested."""
    for name in [*os.environ]:
        if name.startswith("GENAUTH_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Give the URL of a server that runs elsewhere."""
    with running_in_thread() as server:
        yield server.url


@pytest.fixture
def seed_file(tmp_path: Path) -> Path:
    """Give a seed file."""
    path = tmp_path / "seed.toml"
    path.write_text(SEED)
    return path


@pytest.fixture
async def ada(http: Http) -> Person:
    """Give a signed-in user without an e-mail address."""
    return await a_user(http, username="ada")
