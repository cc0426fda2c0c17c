"""What a run is held against: our mock, a URL that can be driven like it, or a live deployment."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import attrs
import httpx

from genauth_contract.api.exchange import TooMuch, exchanged
from genauth_contract.api.http import Application
from genauth_contract.outcomes.models import JsonObject, is_object
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.target import ScenarioSetup
from genauth_contract.targets.mock import (
    Control,
    HttpMockControl,
    MockFixtures,
    fresh_app_id,
    fresh_secret,
)
from genauth_contract.targets.offline import OfflineMock, is_loopback

LOOPBACK: Final = "loopback"
"""Kind of something on this machine: a stand-in, not a deployment anybody relies on."""


@attrs.define
class DrivenTarget:
    """Our mock, or anything that answers under `/_mock/` as it does.

    Attributes:
        url: Where it answers.
        client: Speaks to it.
        is_strict: Whether it refuses applications it does not know, and wrong secrets.
        app_ids: An application for each scenario.
        app_secret: The secret of each; a mock that is not strict takes any.
    """

    url: str
    client: httpx.Client
    is_strict: bool
    app_ids: Iterator[str]
    app_secret: str = attrs.field(factory=fresh_secret, repr=False)
    kind: str = "mock"
    is_exact: bool = True

    def why_not(self, scenario: Scenario) -> str:
        """Only what needs strict applications cannot be played on a mock that has none."""
        if scenario.needs_strict_apps and not self.is_strict:
            return "the mock makes every application that is asked for; --strict-apps is off"
        if scenario.is_staged and not self.is_strict:
            return "only the mock that a run brings along can be made to answer it"
        return ""

    def setup(self) -> ScenarioSetup:
        """Return the scenario's setup, with an application of its own."""
        application = Application(self.url, next(self.app_ids), self.app_secret)
        control = Control(self.client, application)
        return ScenarioSetup(application, MockFixtures(control), HttpMockControl(control))


def own_mock(mock: OfflineMock, client: httpx.Client) -> DrivenTarget:
    """Play on the mock that a run brings along."""
    return DrivenTarget(
        mock.url, client, is_strict=True, app_ids=iter(mock.app_ids), app_secret=mock.app_secret
    )


def fresh_app_ids() -> Iterator[str]:
    """Yield application ids nobody used before, for a mock that makes them on first use."""
    while True:
        yield fresh_app_id()


def mock_health(url: str, client: httpx.Client) -> JsonObject | None:
    """Return what `/_mock/health` says, be it the `error` of a mock without its store; None when the URL is not a mock.

    Raises:
        httpx.ConnectError: Nobody is there at all.
    """
    try:
        came = exchanged(client, client.build_request("GET", f"{url}/_mock/health"))
    except httpx.ConnectError:
        raise
    except (httpx.HTTPError, TooMuch):
        return None
    health = came.content()
    if not is_object(health):
        return None
    is_unwell = came.status == HTTPStatus.SERVICE_UNAVAILABLE and set(health) == {"error"}
    return health if is_unwell or health.get("status") == "ok" else None


def host_kind(url: str) -> str:
    """Name the kind of deployment; the host itself is nobody else's business."""
    host = urlsplit(url).hostname or ""
    if is_loopback(host):
        return LOOPBACK
    for domain, kind in ((".genauth.ai", "genauth"), (".authing.cn", "authing")):
        if host.endswith(domain):
            return kind
    return "private"
