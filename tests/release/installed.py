"""The built distribution, and environments of its own that it is installed into."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

PROJECT = Path(__file__).parents[2]
SECONDS = 240.0
"""How long a command may take before it counts as hanging."""

OF_THIS_RUN = ("GENAUTH_", "PYTHON", "COVERAGE_", "COV_", "VIRTUAL_ENV")
"""Starts of variables that a stranger would not have."""


def run(command: Sequence[str], cwd: Path, *, exit_code: int = 0) -> str:
    """Run a command as a stranger would; give what it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OF_THIS_RUN)}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == exit_code, f"{command}\n{done.stdout}"
    return done.stdout


def build(into: Path, source: Path = PROJECT) -> tuple[Path, Path]:
    """Build sdist and wheel; give the wheel and the sdist."""
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into), str(source)], into)
    [wheel], [sdist] = into.glob("*.whl"), into.glob("*.tar.gz")
    return wheel, sdist


def _installing(python: str) -> list[str]:
    """Return a command that installs for a Python: uv's where it is, as it takes a tenth of the time."""
    uv = shutil.which("uv")
    if uv is not None:
        return [uv, "pip", "install", "--quiet", "--python", python]
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    return [*pip, "install", "--quiet", "--no-compile"]


@frozen
class Environment:
    """A virtual environment with the wheel and what it needs, and nothing else."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, wheel: Path, extras: str) -> "Environment":
        """Make one; `extras` such as `mock,redis`, or empty."""
        venv.create(folder, with_pip=False, symlinks=True)
        made = cls(folder)
        wanted = f"aiogenauth[{extras}] @ {wheel.as_uri()}" if extras else str(wheel)
        run([*_installing(str(made.python)), wanted], folder)
        return made

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def says(self, code: str) -> str:
        """Run Python code in it, with warnings as errors; give what it printed."""
        return run([str(self.python), "-I", "-W", "error", "-c", code], self.folder).strip()

    def command(self, *words: str, exit_code: int = 0) -> str:
        """Run a command that it brings along; give what it printed."""
        name, *rest = words
        return run([str(self.folder / "bin" / name), *rest], self.folder, exit_code=exit_code)
