"""What the mock's tests are given: a world for the rules, a server for the front door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest

from genauth_mock.deployment import Options
from genauth_mock.server import Running, running
from mock_world import World
from redis_server import redis_server


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


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give the URL of a real Redis, started for the tests."""
    with redis_server() as url:
        yield url
