"""The offline GenAuth as a server of aiohttp's test tools, for applications tested with ``aiohttp.test_utils``."""

from __future__ import annotations

from aiohttp.test_utils import TestServer

from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options  # noqa: TC001 - sphinx resolves the signature
from genauth_mock.server.application import application


def genauth_test_server(options: Options | None = None) -> TestServer:
    """Make a server for ``async with``; ``str(server.make_url(""))`` is its host, ``/_mock/`` drives it.

    It runs in the event loop of the test, on a free port of loopback.

    >>> import asyncio
    >>> async def health():
    ...     async with genauth_test_server() as server, TestClient(server) as client:
    ...         return (await (await client.get("/_mock/health")).json())["status"]
    >>> from aiohttp.test_utils import TestClient
    >>> asyncio.run(health())
    'ok'
    """
    return TestServer(application(Deployment(options)))
