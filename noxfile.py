"""The tests again on every other supported Python that this machine has; `make test` calls it last."""

from __future__ import annotations

import sys

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

TESTED_ALREADY = f"{sys.version_info.major}.{sys.version_info.minor}"
OTHERS = [version for version in ("3.11", "3.12", "3.13") if version != TESTED_ALREADY]
EXTRAS = "httpx,otel,mock,redis,contract,oidc,fast"


@nox.session(python=OTHERS)
def tests(session: nox.Session) -> None:
    """Run the whole test suite."""
    groups = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "test")
    session.install("--quiet", "-e", f".[{EXTRAS}]", *groups)
    session.run("pytest", "-q", *session.posargs)
