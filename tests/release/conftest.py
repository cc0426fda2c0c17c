"""The wheel and the sdist, built once for each worker."""

import socket
from pathlib import Path

import pytest

from tests.release.installed import build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the wheel and the sdist."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def wheel(built: tuple[Path, Path]) -> Path:
    """Give the wheel."""
    return built[0]


@pytest.fixture(scope="session")
def sdist(built: tuple[Path, Path]) -> Path:
    """Give the sdist."""
    return built[1]


@pytest.fixture
def free_port() -> int:
    """Give a port that nobody listens on."""
    return _free_port()


@pytest.fixture
def another_free_port(free_port: int) -> int:
    """Give one more."""
    found = _free_port()
    assert found != free_port
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
