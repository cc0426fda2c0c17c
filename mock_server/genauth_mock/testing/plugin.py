"""The fixtures ``genauth_server`` and ``genauth_mock_server``. Importing this module imports nothing but pytest."""

from __future__ import annotations

import sys
import warnings
from contextlib import ExitStack
from traceback import format_exception_only
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from genauth_mock.testing.fixture import GenAuthServer
    from genauth_mock.testing.session import GenAuthMockServer

_RUNNING: Final = pytest.StashKey["GenAuthMockServer"]()


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
    from genauth_mock.engine.profiles import PROFILES  # noqa: PLC0415 - used, so paid for
    from genauth_mock.seeds.profile_file import named_profile  # noqa: PLC0415 - as above

    names = mark.args or tuple(PROFILES)
    try:
        profiles = [named_profile(name) for name in names]
    except ValueError as error:
        message = f"{MARK} of {metafunc.function.__name__}: a profile is {error}"
        raise pytest.UsageError(message) from None
    metafunc.parametrize(_PROFILE, profiles, indirect=True, ids=[*map(str, names)])


_PROFILE: Final = "_genauth_profile"


@pytest.fixture
def _genauth_profile(request: pytest.FixtureRequest) -> str | None:
    return getattr(request, "param", None)


@pytest.fixture
def genauth_server(
    request: pytest.FixtureRequest,
    genauth_mock_server: GenAuthMockServer,
    _genauth_profile: str | None,
) -> GenAuthServer:
    """Return a running offline GenAuth with an app id of its own, for sync and async tests alike.

    All tests of a session share one server (with pytest-xdist: one for each worker; with ``GENAUTH_APP_HOST`` pointing
    to a mock: that one). Nothing that happens in one test is seen in another.
    """
    server = genauth_mock_server.app(request.node.name)
    if _genauth_profile is not None:
        server.answers_as(_genauth_profile)
    return server


@pytest.fixture(scope="session")
def genauth_mock_server(request: pytest.FixtureRequest) -> GenAuthMockServer:
    """Return the server of the session: ``.app()`` makes a fresh app, for fixtures of any scope and for hypothesis."""
    from genauth_mock.control.idle_connections import IdleConnections  # noqa: PLC0415 - as below
    from genauth_mock.testing.session import (  # noqa: PLC0415 - used, so paid for
        GenAuthMockServer,
        served_url,
    )

    config, stack, idle = request.config, ExitStack(), IdleConnections()
    url = stack.enter_context(served_url())
    stack.callback(idle.close)
    server = GenAuthMockServer(url, idle=idle)
    # Not a finalizer of the fixture: the last test's report is made after that, and asks the server.
    config.add_cleanup(stack.close)
    config.stash[_RUNNING] = server
    return server


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the list of the apps that a test makes."""
    running = item.config.stash.get(_RUNNING, None)
    if running is not None:
        running.made.clear()


# `wrapper=True` is of pluggy 1.2, and would end every session with an older one.
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Show the exchanges of a test that fails, in whichever phase."""
    outcome = yield
    if outcome.excinfo is not None:
        return
    report: pytest.TestReport = outcome.get_result()
    if report.failed:
        report.sections += [("GenAuth exchanges", _exchanges(each)) for each in _servers_of(item)]


def _servers_of(item: pytest.Item) -> list[GenAuthServer]:
    """Return the apps that a test made, and those that its fixtures gave it."""
    running = item.config.stash.get(_RUNNING, None)
    made = [] if running is None else running.made
    module = sys.modules.get("genauth_mock.testing.fixture")
    if module is None:
        return []
    given: dict[str, object] = getattr(item, "funcargs", None) or {}
    kind: type[GenAuthServer] = module.GenAuthServer
    shown = [each for each in given.values() if isinstance(each, kind)]
    return list(dict.fromkeys([*made, *shown]))


def _exchanges(server: GenAuthServer) -> str:
    """Write the exchanges; whatever a test has done to the network must not end the session, so any error is a line."""
    with warnings.catch_warnings():
        # A connection that a test's own function refuses leaves its socket open.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            return server.exchanges()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - see above; pytest.fail raises something else than an Exception
            return "not known: " + " ".join("".join(format_exception_only(error)).split())
