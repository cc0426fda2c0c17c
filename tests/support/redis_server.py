"""A real Redis for tests: started on a socket of its own, gone with them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.soak import server as soak_server

MISSING = "no redis-server or valkey-server here: apt-get install redis-server runs these tests"


@contextmanager
def redis_server() -> Generator[str]:
    """Run a Redis; give its URL."""
    with tempfile.TemporaryDirectory(prefix="redis-") as folder, redis_in(Path(folder)) as url:
        yield url


@contextmanager
def redis_in(folder: Path) -> Generator[str]:
    """Run a Redis in a folder, where another one may have been; give its URL, which is the same each time."""
    with soak_server.redis_in(folder) as url:
        if url is None:
            if os.environ.get("CI"):
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        yield url
