"""The fixture ``genauth_server``. Importing this module imports nothing but pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from genauth_mock.testing.fixture import GenAuthServer


MARK: Final = "genauth_profiles"
"""The mark that has a test run once under each of the profiles that it names, or under all of them."""


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark."""
    about = (
        "run the test once under each profile of the offline GenAuth: genauth_server answers by it"
    )
    config.addinivalue_line("markers", f"{MARK}(*names): {about}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test for each profile that a mark names."""
    mark = metafunc.definition.get_closest_marker(MARK)
    if mark is None:
        return
    if _PROFILE not in metafunc.fixturenames:
        message = f"{metafunc.function.__name__} is marked {MARK}, and asks for no genauth_server"
        raise pytest.UsageError(message)
    from genauth_mock.engine.profiles import (  # noqa: PLC0415 - used, so paid for
        PROFILES,
        profile_name,
    )

    try:
        names = [profile_name(name) for name in mark.args] or [*PROFILES]
    except ValueError as error:
        message = f"{MARK} of {metafunc.function.__name__}: a profile is {error}"
        raise pytest.UsageError(message) from None
    metafunc.parametrize(_PROFILE, names, indirect=True)


_PROFILE: Final = "_genauth_profile"


@pytest.fixture
def _genauth_profile(request: pytest.FixtureRequest) -> str | None:
    return getattr(request, "param", None)


@pytest.fixture
def genauth_server(
    request: pytest.FixtureRequest, _genauth_mock_url: str, _genauth_profile: str | None
) -> GenAuthServer:
    """Return a running offline GenAuth with an app id of its own, for sync and async tests alike.

    All tests of a session share one server (with pytest-xdist: one for each worker; with ``GENAUTH_APP_HOST`` pointing
    to a mock: that one). Nothing that happens in one test is seen in another.
    """
    from genauth_mock.testing.fixture import (  # noqa: PLC0415 - used, so paid for
        GenAuthServer,
        app_id_for,
    )

    server = GenAuthServer(_genauth_mock_url, app_id_for(request.node.name))
    if _genauth_profile is not None:
        server.answers_as(_genauth_profile)
    return server


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
