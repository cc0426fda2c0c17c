"""A real Redis for tests: started on a socket of its own, gone with them."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from soak_server import redis

MISSING = "no redis-server or valkey-server here: apt-get install redis-server runs these tests"


@contextmanager
def redis_server() -> Generator[str]:
    """Run a Redis; give its URL."""
    with redis() as url:
        if url is None:
            if os.environ.get("CI"):
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        yield url
