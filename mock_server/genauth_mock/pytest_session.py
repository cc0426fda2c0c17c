"""Which mock the tests of a session share: the one at ``GENAUTH_APP_HOST``, or one in a thread of this process."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from genauth_mock.command.control_client import (
    TOKEN_VARIABLE,
    ControlClient,
    ControlRefused,
    NotAnswering,
    NotTheMock,
)

if TYPE_CHECKING:
    from collections.abc import Generator

PROBE_SECONDS: Final = 2.0
"""How long ``GENAUTH_APP_HOST`` may take to say whether it is a mock."""


@contextmanager
def served_url() -> Generator[str]:
    """Give the URL of the mock at ``GENAUTH_APP_HOST``, or of one in a thread of this process."""
    given = os.environ.get("GENAUTH_APP_HOST")
    if given and _is_mock(given):
        yield given.rstrip("/")
        return
    from genauth_mock.deployment import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.server import running_in_thread  # noqa: PLC0415

    token = os.environ.get(TOKEN_VARIABLE)
    with running_in_thread(Options(control_token=token)) as server:
        yield server.url


def app_id_for(test_name: str) -> str:
    """Make an app id that no other test has, and that says whose it is."""
    return f"{re.sub('[^A-Za-z0-9_]+', '-', test_name)[:40]}-{uuid4().hex[:12]}"


def _is_mock(url: str) -> bool:
    """Tell whether a mock answers there. A real GenAuth is asked once, and never anything else.

    Raises:
        ControlRefused: A mock answers, and does not let us in, or cannot reach its store.
    """
    try:
        client = ControlClient(url, token=os.environ.get(TOKEN_VARIABLE), seconds=PROBE_SECONDS)
        return client.get("/_mock/health").get("status") == "ok"
    except ControlRefused as refused:
        if str(refused).startswith(("/_mock/", "the store at ")):
            raise
        return False
    except (NotAnswering, NotTheMock, ValueError):
        return False
