"""What the tests of every room are given: Hypothesis on any machine, one Redis for each process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.redis_server import redis_server

settings.register_profile(
    "any machine", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

FEW_PLUGINS = "-p no:anyio -p no:hypothesispytest -p no:respx -p no:schemathesis"
"""A project that a test runs pytest in uses none of these, and pytest loads every plugin that is installed."""


@pytest.fixture(scope="session", autouse=True)
def few_plugins() -> Iterator[None]:
    """Let pytest start quickly wherever a test starts it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_ADDOPTS", FEW_PLUGINS)
        yield


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give the URL of a real Redis.

    A test that stops or empties it starts one of its own (`tests/support/redis_server.py`).
    """
    with redis_server() as url:
        yield url
