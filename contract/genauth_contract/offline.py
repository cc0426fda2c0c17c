"""The mock that a run brings along; the only module of the contract that knows the mock."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import attrs

APPLICATIONS: Final = 500
"""How many applications a mock is started with: one per scenario and layer, and to spare."""


@attrs.frozen
class OfflineMock:
    """A running mock, and the ids of applications it knows. Unknown ones are refused."""

    url: str
    app_ids: tuple[str, ...]


@contextmanager
def offline_mock() -> Generator[OfflineMock, None, None]:
    """Serve a mock of our own on loopback."""
    from genauth_mock.deployment import Options  # noqa: PLC0415 - listing scenarios needs no server
    from genauth_mock.server import running_in_thread  # noqa: PLC0415 - as above

    run = secrets.token_hex(4)
    app_ids = tuple(f"contract-{run}-{number}" for number in range(APPLICATIONS))
    options = Options(app_id=app_ids[0], known_apps=app_ids[1:], strict_apps=True)
    with running_in_thread(options) as server:
        yield OfflineMock(server.url, app_ids)


def mock_outcomes() -> frozenset[str]:
    """Return the names of everything a call of the mock can end with."""
    from genauth_mock.verdict import Verdict  # noqa: PLC0415 - listing scenarios needs no server

    return frozenset(verdict.name for verdict in Verdict)
