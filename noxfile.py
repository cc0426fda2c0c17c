"""The tests on every other supported Python that is here, and with the oldest dependencies: `make matrix`."""

from __future__ import annotations

import os
import sys

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
nox.options.stop_on_first_error = False

PROJECT = nox.project.load_toml("pyproject.toml")
THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
"""`make test` and `make coverage` run on it already."""
OLDEST, *_ = SUPPORTED = nox.project.python_versions(PROJECT)
EXTRAS = "httpx,oidc,otel,mock,redis,contract,fast"
PATHS = ["tests/sdk", "tests/mock", "tests/plugin", "tests/contract", "contract"]
"""Tests of what runs on the interpreter; pages, releases and the site are tested once, by `make test`."""
WORKERS = os.environ.get("WORKERS", "auto")


@nox.session(python=[each for each in SUPPORTED if each != THIS])
def tests(session: nox.Session) -> None:
    """Run what depends on the interpreter."""
    install(session)
    run(session)


@nox.session(python=OLDEST, venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the same with the lowest version of everything that users install; the test tools are the newest."""
    session.install("--quiet", "--resolution=lowest-direct", "-e", f".[{EXTRAS}]")
    install(session)
    run(session)


def install(session: nox.Session) -> None:
    """Install the project with every extra, and what its tests need; what is there already stays."""
    groups = nox.project.dependency_groups(PROJECT, "test")
    session.install("--quiet", "-e", f".[{EXTRAS}]", *groups)


def run(session: nox.Session) -> None:
    """Run pytest on several workers, or as it is told after `--`."""
    chosen = session.posargs or PATHS
    parallel = ["-q", f"--numprocesses={WORKERS}", "--dist=worksteal"]
    if "CI" not in os.environ:
        session.run("pytest", *parallel, *chosen)
        return
    # what failed is run once more, one after the other: what fails twice fails
    session.run("pytest", *parallel, *chosen, success_codes=[0, 1])
    again = ["-q", "--last-failed", "--last-failed-no-failures=none"]
    session.run("pytest", *again, *chosen, success_codes=[0, 5])
