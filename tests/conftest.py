"""What the tests of every room are given: one Redis for each process of pytest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.redis_server import redis_server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give the URL of a real Redis.

    A test that stops or empties it starts one of its own (`tests/support/redis_server.py`).
    """
    with redis_server() as url:
        yield url
