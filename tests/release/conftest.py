"""The wheel and the sdist, built once for each worker."""

from pathlib import Path

import pytest

from release.installed import build


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
