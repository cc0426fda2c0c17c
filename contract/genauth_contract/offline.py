"""The mock that a run brings along; the only module of the contract that knows the mock."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import attrs

APPLICATIONS: Final = 500
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
    from genauth_mock.deployment import Options  # noqa: PLC0415 - listing scenarios needs no server
    from genauth_mock.seeds.seed import AppSeed  # noqa: PLC0415 - as above
    from genauth_mock.server import running_in_thread  # noqa: PLC0415 - as above

    # some scenarios ask for what is not imitated on purpose: nobody has to be warned of it
    logging.getLogger("genauth_mock").addHandler(logging.NullHandler())
    run = secrets.token_hex(4)
    app_ids = tuple(f"contract-{run}-{number}" for number in range(APPLICATIONS))
    app_secret = secrets.token_hex(16)
    apps = {app_id: AppSeed(app_id, app_secret) for app_id in app_ids}
    options = Options(app_id=app_ids[0], seeded_apps=apps, strict_apps=True)
    with running_in_thread(options) as server:
        yield OfflineMock(server.url, app_ids, app_secret)


def mock_outcomes() -> frozenset[str]:
    """Return the names of everything a call of the mock can end with."""
    from genauth_mock.calls.oidc_errors import Reason  # noqa: PLC0415 - listing needs no server
    from genauth_mock.verdict import Verdict  # noqa: PLC0415 - as above

    return frozenset(one.name for one in (*Verdict, *Reason))


def teachable_outcomes() -> frozenset[str]:
    """Return the names of the outcomes whose answers can be put in the place of the mock's own."""
    from genauth_mock.verdict import Verdict  # noqa: PLC0415 - as above

    return frozenset(Verdict.__members__)
