"""The tests on every supported Python that this machine has; `make test` calls it after the main run."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = "httpx,otel,mock,redis,contract,fast"


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the whole test suite."""
    session.install("--quiet", "-e", f".[{EXTRAS}]", *nox.project.dependency_groups(
        nox.project.load_toml("pyproject.toml"), "test"
    ))
    session.run("pytest", "-q", *session.posargs)
