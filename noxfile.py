"""The tests on every other supported Python that is here, and with the oldest dependencies: `make matrix`."""

from __future__ import annotations

import os
import re
import sys

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
nox.options.stop_on_first_error = False

PROJECT = nox.project.load_toml("pyproject.toml")
THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
"""`make test` and `make coverage` run on it already."""
OLDEST, *_ = SUPPORTED = nox.project.python_versions(PROJECT)
EXTRAS = "httpx,oidc,otel,mock,redis,contract,fast"
SDK = "tests/sdk"
PATHS = [SDK, "tests/mock", "tests/plugin", "tests/contract", "contract"]
"""Tests of what runs on the interpreter; pages, releases and the site are tested once, by `make test`."""
WORKERS = os.environ.get("WORKERS", "auto")


@nox.session(python=[each for each in SUPPORTED if each != THIS])
def tests(session: nox.Session) -> None:
    """Run what depends on the interpreter; what it deprecates is an error, in the commands that tests start, too."""
    install(session)
    session.env["PYTHONWARNINGS"] = "error"
    run(session, *PATHS)


@nox.session(python=OLDEST, venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the same with the lowest version of everything that users install; pytest is the newest."""
    install_lowest(session)
    run(session, *(each for each in PATHS if each != SDK))


@nox.session(python=OLDEST, venv_backend="uv")
def lowest_sdk(session: nox.Session) -> None:
    """Run the SDK's tests with the lowest versions that it needs itself: the mock needs a newer aiohttp and yarl."""
    install_lowest(session)
    session.install(
        "--quiet", *(each.replace(">=", "==") for each in PROJECT["project"]["dependencies"])
    )
    run(session, SDK, "--ignore=tests/sdk/test_life.py")  # they run against the mock


def install_lowest(session: nox.Session) -> None:
    """Install the lowest versions, and test tools that work with them."""
    session.install("--quiet", "--resolution=lowest-direct", "-e", f".[{EXTRAS}]")
    frozen = str(session.run("uv", "pip", "freeze", "--exclude-editable", silent=True)).splitlines()
    kept = session.cache_dir / f"{session.name}.txt"
    kept.write_text("\n".join(each for each in frozen if re.match(r"(?!pytest=)\S+==", each)))
    install(session, f"--constraint={kept}")


def install(session: nox.Session, *options: str) -> None:
    """Install the project with every extra, and what its tests need; what is there already stays."""
    groups = nox.project.dependency_groups(PROJECT, "test")
    session.install("--quiet", *options, "-e", f".[{EXTRAS}]", *groups)


def run(session: nox.Session, *paths: str) -> None:
    """Run pytest on several workers, or as it is told after `--`."""
    chosen = session.posargs or paths
    parallel = ["-q", f"--numprocesses={WORKERS}", "--dist=worksteal"]
    if "CI" not in os.environ:
        session.run("pytest", *parallel, *chosen)
        return
    # what failed is run once more, one after the other: what fails twice fails
    session.run("pytest", *parallel, *chosen, success_codes=[0, 1])
    again = ["-q", "--last-failed", "--last-failed-no-failures=none"]
    session.run("pytest", *again, *chosen, success_codes=[0, 5])
