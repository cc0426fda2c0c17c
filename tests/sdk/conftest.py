"""What the SDK's tests are given: a stage that does as told, a client, an offline GenAuth."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from aiogenauth import AuthenticationClient
from tests.sdk.support.world import (
    KINDS,
    Kind,
    Stage,
    connected,
    staged,
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the developer's own shell says about GenAuth."""
    for name in [name for name in os.environ if name.startswith("GENAUTH_")]:
        monkeypatch.delenv(name)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Give a server that answers every call with success until told otherwise."""
    async with staged() as running:
        yield running


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Name each transport in turn."""
    kind: Kind = request.param
    return kind


@pytest.fixture
async def client(stage: Stage, kind: Kind) -> AsyncIterator[AuthenticationClient]:
    """Give a client of the stage, over each transport in turn."""
    async with connected(stage.url, kind) as each:
        yield each


@pytest.fixture(scope="session")
def offline_genauth() -> Iterator[str]:
    """Give the URL of a running offline GenAuth."""
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - most tests need no mock

    with running_in_thread() as running:
        yield running.url
