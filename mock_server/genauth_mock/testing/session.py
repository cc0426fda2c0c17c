"""What the fixture ``genauth_mock_server`` gives: one server for a session, and as many apps as are asked for."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from genauth_mock.control.client import (
    TOKEN_VARIABLE,
    ControlClient,
    ControlRefused,
    NotAnswering,
    NotTheMock,
)
from genauth_mock.control.idle_connections import IdleConnections  # noqa: TC001 - sphinx resolves the signature
from genauth_mock.runtime.extra import check_extra
from genauth_mock.testing.calls import MOST_REQUESTS
from genauth_mock.testing.fixture import GenAuthServer

if TYPE_CHECKING:
    from collections.abc import Generator


class GenAuthMockServer:
    """A running offline GenAuth, for fixtures of any scope.

    Attributes:
        app_host: Where it answers, such as ``http://127.0.0.1:41234``.
        made: The apps that were made since the test that runs began: its report shows their exchanges.

    Args:
        app_host: Where it answers.
        idle: Connections that its apps share; None has one made for every call.
    """

    def __init__(self, app_host: str, *, idle: IdleConnections | None = None) -> None:
        self.app_host = app_host
        self._idle = idle
        self.made: list[GenAuthServer] = []

    def __repr__(self) -> str:
        return f"GenAuthMockServer(app_host={self.app_host!r})"

    def app(self, name: str = "app") -> GenAuthServer:
        """Make an app that nobody else uses.

        Args:
            name: What its id begins with.
        """
        app = GenAuthServer(self.app_host, app_id_for(name), idle=self._idle)
        self.made.append(app)
        return app


PROBE_SECONDS: Final = 2.0
"""How long ``GENAUTH_APP_HOST`` may take to say whether it is a mock."""


@contextmanager
def served_url() -> Generator[str]:
    """Yield the URL of the mock at ``GENAUTH_APP_HOST``, or of one in a thread of this process.

    Raises:
        MissingExtra: The extra ``mock`` is not installed.
    """
    given = os.environ.get("GENAUTH_APP_HOST")
    if given and _is_mock(given):
        yield given.rstrip("/")
        return

    check_extra("the fixture genauth_server")
    from genauth_mock.runtime.options import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - most tests need no mock

    options = Options(control_token=control_token(), journal_size=MOST_REQUESTS)
    with running_in_thread(options) as server:
        yield server.url


def control_token() -> str | None:
    """Return the control token of the environment; an empty variable is none."""
    return os.environ.get(TOKEN_VARIABLE) or None


def app_id_for(test_name: str) -> str:
    """Make an app id that no other test has, and that says whose it is."""
    return f"{re.sub('[^A-Za-z0-9_]+', '-', test_name)[:40]}-{uuid4().hex[:12]}"


def _is_mock(url: str) -> bool:
    """Return whether a mock answers there. A real GenAuth gets one request, and no other.

    Raises:
        ControlRefused: A mock answers, and does not let us in, or cannot reach its store.
    """
    try:
        client = ControlClient(url, token=control_token(), seconds=PROBE_SECONDS)
        return client.get("/_mock/health").get("status") == "ok"
    except ControlRefused as refused:
        if str(refused).startswith(("/_mock/", "the store at ")):
            raise
        return False
    except (NotAnswering, NotTheMock, ValueError):
        return False
