"""What the mock's tests are given: a world for the rules, a server for the front door."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from genauth_mock.deployment import Options
from genauth_mock.server import Running, running
from mock_world import World


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
