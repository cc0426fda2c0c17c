"""The mock that a run brings along; the only module of the contract that knows the mock."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

import attrs

from genauth_contract.api.http import Application
from genauth_contract.outcomes.outcome import ExpectedReply

APPLICATIONS: Final = 1000
"""How many applications a mock is started with: one per scenario and layer, and to spare."""


@attrs.frozen
class OfflineMock:
    """A running mock that refuses applications it does not know.

    Attributes:
        url: Where it answers.
        app_ids: The applications it knows.
        app_secret: The secret of each of them.
    """

    url: str
    app_ids: tuple[str, ...]
    app_secret: str = attrs.field(repr=False)


@contextmanager
def offline_mock() -> Generator[OfflineMock, None, None]:
    """Serve a mock of our own on loopback."""
    from genauth_mock.runtime.options import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.seeds.seed import AppSeed  # noqa: PLC0415 - as above
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - most tests need no mock

    # some scenarios ask for what is not imitated on purpose: nobody has to be warned of it
    logging.getLogger("genauth_mock").addHandler(logging.NullHandler())
    run = secrets.token_hex(4)
    app_ids = tuple(f"contract-{run}-{number}" for number in range(APPLICATIONS))
    app_secret = secrets.token_hex(16)
    apps = {app_id: AppSeed(app_id, app_secret) for app_id in app_ids}
    options = Options(app_id=app_ids[0], seeded_apps=apps, strict_apps=True)
    with running_in_thread(options) as server:
        yield OfflineMock(server.url, app_ids, app_secret)


@contextmanager
def mock_behind_tls(
    application: Application, files: tuple[Path, Path], control_token: str
) -> Generator[str, None, None]:
    """Serve a mock that knows one application, behind TLS, and give its URL.

    Args:
        application: The one that it knows.
        files: Certificate and key.
        control_token: What opens `/_mock/`, which a deployment does not have.
    """
    from genauth_mock.runtime.options import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - as above

    logging.getLogger("genauth_mock").addHandler(logging.NullHandler())
    options = Options(
        app_id=application.app_id,
        app_secret=application.app_secret,
        strict_apps=True,
        control_token=control_token,
        tls_cert=files[0],
        tls_key=files[1],
    )
    with running_in_thread(options) as server:
        yield server.url


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles of the offline GenAuth, `default` first."""
    from genauth_mock.engine.profiles import PROFILES  # noqa: PLC0415 - listing needs no server

    return tuple(PROFILES)


def profile_answers() -> Mapping[str, Mapping[str, ExpectedReply]]:
    """Return what each profile of the offline GenAuth answers, by the name of the outcome."""
    from genauth_mock.engine.profiles import PROFILES  # noqa: PLC0415 - as above

    return {
        name: {
            outcome.name: ExpectedReply(
                row.status_code, row.api_code, row.message("zh-CN", ""), row.http_status
            )
            for outcome, row in profile.answers.items()
        }
        for name, profile in PROFILES.items()
    }


def mock_outcomes() -> frozenset[str]:
    """Return the names of everything a call of the mock can end with."""
    from genauth_mock.api.oauth_errors import Reason  # noqa: PLC0415 - listing needs no server
    from genauth_mock.engine.outcomes import Outcome  # noqa: PLC0415 - as above

    return frozenset(one.name for one in (*Outcome, *Reason))


def teachable_outcomes() -> frozenset[str]:
    """Return the names of the outcomes whose answers can be put in the place of the mock's own."""
    from genauth_mock.engine.outcomes import Outcome  # noqa: PLC0415 - as above

    return frozenset(Outcome.__members__)


class LeftLoopback(Exception):
    """Something tried to reach another machine during a run on the mock."""


@attrs.define
class LoopbackGuard:
    """Refuses connections to other machines while it is active.

    An audit hook sees every connection of the interpreter, the SDK's included. A hook cannot be
    removed again, so a guard that is not active lets everything pass.
    """

    _is_active: bool = False
    _is_installed: bool = False

    @contextmanager
    def active(self) -> Generator[None, None, None]:
        """Refuse connections to other machines inside the `with` block."""
        if not self._is_installed:
            sys.addaudithook(self._look)
            self._is_installed = True
        self._is_active = True
        try:
            yield
        finally:
            self._is_active = False

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_active and event == "socket.connect" and not is_loopback(_host(arguments[1])):
            msg = "a run on the mock tried to connect to another machine"
            raise LeftLoopback(msg)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine; a name other than localhost is not."""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host(address: object) -> str:
    """Return the host of a socket address; a Unix socket has none."""
    return str(cast("tuple[object, ...]", address)[0]) if isinstance(address, tuple) else ""
