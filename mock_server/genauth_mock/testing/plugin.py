"""The fixture ``genauth_server``. Importing this module imports nothing but pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from genauth_mock.testing.fixture import GenAuthServer


@pytest.fixture
def genauth_server(request: pytest.FixtureRequest, _genauth_mock_url: str) -> GenAuthServer:
    """Return a running offline GenAuth with an app id of its own, for sync and async tests alike.

    All tests of a session share one server (with pytest-xdist: one for each worker; with ``GENAUTH_APP_HOST`` pointing
    to a mock: that one). Nothing that happens in one test is seen in another.
    """
    from genauth_mock.testing.fixture import (  # noqa: PLC0415 - used, so paid for
        GenAuthServer,
        app_id_for,
    )

    return GenAuthServer(_genauth_mock_url, app_id_for(request.node.name))


@pytest.fixture(scope="session")
def _genauth_mock_url() -> Generator[str]:
    from genauth_mock.testing.fixture import served_url  # noqa: PLC0415 - used, so paid for

    with served_url() as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the exchanges of a test that fails."""
    report = yield
    if report.failed and report.when == "call":
        server = getattr(item, "funcargs", {}).get("genauth_server")
        if (exchanges := getattr(server, "exchanges", None)) is not None:
            report.sections.append(("GenAuth exchanges", exchanges()))
    return report
