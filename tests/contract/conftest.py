"""A mock to hold the contract against, a proxy that spoils its answers, a stand-in for live, and recordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genauth_contract.cli.compare import mock_now
from genauth_contract.records.recording import Recording
from genauth_mock.server.launch import running_in_thread
from tests.contract.support.fake_live import StandIn, changed, standing_in
from tests.contract.support.mutants import Exchange, Spoil
from tests.contract.support.mutating_proxy import proxy
from tests.contract.support.world import TAKEN


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


@pytest.fixture(scope="session")
def mock_recording() -> Recording:
    """Record two scenarios; tests that compare, join or learn need no more."""
    return mock_now({TAKEN, "a_used_code_is_refused"})


@pytest.fixture
def live_recording(mock_recording: Recording, tmp_path: Path) -> Path:
    """Give a recording of a deployment that answers one thing otherwise."""
    text = mock_recording.to_json().replace('"kind": "mock"', '"kind": "private"')
    path = tmp_path / "live.json"
    path.write_text(text)
    content = json.loads(text)
    content["scenarios"] = {TAKEN: content["scenarios"][TAKEN]}
    content["scenarios"][TAKEN]["steps"][-2]["answer"]["body"]["apiCode"] = 2035
    path.write_text(json.dumps(content))
    return path
