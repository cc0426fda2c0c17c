"""A mock to hold the contract against, a proxy that spoils what it answers, and a stand-in for live."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from contract_spoils import Exchange, Spoil
from genauth_mock.server import running_in_thread
from spoiling_proxy import proxy
from stand_in import StandIn, changed, standing_in


@pytest.fixture(scope="session")
def mock_url() -> Iterator[str]:
    with running_in_thread() as server:
        yield server.url


@pytest.fixture(scope="session")
def spoiled(mock_url: str) -> Iterator[Callable[[Spoil], str]]:
    """Give a function that has the proxy before the mock spoil something, and returns its URL."""
    current: list[Spoil] = []

    def spoil_now(exchange: Exchange) -> None:
        current[-1](exchange)

    with proxy(mock_url, spoil_now) as url:

        def before(spoil: Spoil) -> str:
            current[:] = [spoil]
            return url

        yield before


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with standing_in(tmp_path_factory.mktemp("stand-in"), changed) as made:
        yield made
