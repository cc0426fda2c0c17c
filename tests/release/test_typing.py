"""The types that users see, checked as a user's project would: strictly, and from the installed wheel."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.release.installed import Environment, run

EXAMPLES = Path(__file__).with_name("typing_examples")
CHECKERS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a user's project, with its environment in `.venv`."""
    folder = shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("user") / "project")
    Environment.make(folder / ".venv", wheel, "contract")
    return folder


def test_mypy_agrees(project: Path) -> None:
    """Strictly, with every ignore needed."""
    python = str(project / ".venv/bin/python")
    sources = sorted(str(file) for file in project.glob("*.py"))
    command = [str(CHECKERS / "mypy"), "--strict", "--python-executable", python, *sources]
    assert f"no issues found in {len(sources)} source files" in run(command, project)


def test_pyright_agrees(project: Path) -> None:
    """Strictly, with every ignore needed."""
    settings = {
        "typeCheckingMode": "strict",
        "venvPath": ".",
        "venv": ".venv",
        "exclude": [".venv"],
        "enableTypeIgnoreComments": False,
        "reportUnnecessaryTypeIgnoreComment": "error",
        "reportUnusedExpression": False,
        "reportUnusedCoroutine": False,
    }
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    assert "0 errors, 0 warnings" in run([str(CHECKERS / "pyright")], project)
