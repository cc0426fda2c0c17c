"""What the SDK's tests are given: a fake server that does as told, a client, an offline GenAuth, and driven time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

import pytest

from aiogenauth import AuthenticationClient
from tests.sdk.support.world import (
    APP,
    KINDS,
    FakeServer,
    Kind,
    connected,
    fake_server,
)
from tests.support.driven_time import DrivenLoop, modules_with_a_clock, monotonic


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Drive the time of every test that runs in one loop; a mock in a thread of its own needs real time."""
    names: list[str] = getattr(item, "fixturenames", [])
    if "offline_genauth" in names:
        return {"real": asyncio.new_event_loop}
    return {"driven": DrivenLoop}


@pytest.fixture(autouse=True)
def driven_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the SDK the time of the driven loop."""
    for module in modules_with_a_clock("aiogenauth"):
        monkeypatch.setattr(module, "monotonic", monotonic)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the developer's own shell says about GenAuth."""
    for name in [name for name in os.environ if name.startswith("GENAUTH_")]:
        monkeypatch.delenv(name)


@pytest.fixture
async def genauth() -> AsyncIterator[FakeServer]:
    """Give a server that answers every call with success until told otherwise."""
    async with fake_server() as running:
        yield running


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Name each transport in turn."""
    kind: Kind = request.param
    return kind


@pytest.fixture
async def client(genauth: FakeServer, kind: Kind) -> AsyncIterator[AuthenticationClient]:
    """Give a client of the fake server, over each transport in turn."""
    async with connected(genauth.url, kind, **APP) as each:
        yield each


@pytest.fixture(scope="session")
def offline_genauth() -> Iterator[str]:
    """Give the URL of a running offline GenAuth."""
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - most tests need no mock

    with running_in_thread() as running:
        yield running.url
