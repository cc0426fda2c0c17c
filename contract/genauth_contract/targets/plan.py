"""What a live run would cost, found out by rehearsing it against a mock of our own.

Nothing is guessed: the very code of the live run is played with the same gaps, only the time is
the mock's. What a scenario asks for and how many texts it takes is counted, then the cheap
scenarios are put first, and what that order takes is counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

import attrs
import httpx

from genauth_contract.api import http
from genauth_contract.api.http import Application
from genauth_contract.api.openapi import OpenApi
from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.play.budget import RESEND_GAP_SECONDS, Budget, ResendLimiter
from genauth_contract.play.run import Layer, Run
from genauth_contract.play.scenario import Scenario
from genauth_contract.targets.account import Account
from genauth_contract.targets.live import LiveTarget
from genauth_contract.targets.mock import Control, HttpMockControl, MockFixtures
from genauth_contract.targets.offline import OfflineMock, offline_mock

_PHONES = (Phone("18800000001"), Phone("18800000002"))
_UNLIMITED = 10**9


@attrs.frozen
class Cost:
    """What one scenario takes.

    Attributes:
        scenario: The scenario.
        sms: Texts.
        calls: Calls, texts included.
        seconds: Waiting.
        failure: What went wrong in the rehearsal; empty when nothing did.
    """

    scenario: Scenario
    sms: int
    calls: int
    seconds: float
    failure: str = ""


@attrs.frozen
class Plan:
    """What a run takes, scenario by scenario in the order of the run.

    Attributes:
        costs: One for each scenario.
        needed: Names of the configuration it asks for.
    """

    costs: tuple[Cost, ...]
    needed: frozenset[str]

    @property
    def sms(self) -> int:
        """All texts."""
        return sum(cost.sms for cost in self.costs)

    @property
    def calls(self) -> int:
        """All calls."""
        return sum(cost.calls for cost in self.costs)

    @property
    def minutes(self) -> float:
        """All waiting; the calls themselves take next to nothing."""
        return sum(cost.seconds for cost in self.costs) / 60

    @property
    def totals(self) -> str:
        """The sums in words."""
        return f"{self.sms} texts, {self.calls} calls, {self.minutes:.0f} minutes"


@attrs.define
class ManualClock:
    """Waits on the mock's clock: at once."""

    fixtures: MockFixtures
    seconds: float = 0.0

    def now(self) -> float:
        """Return what was skipped so far."""
        return self.seconds

    def wait(self, seconds: float, why: str) -> None:  # noqa: ARG002 - a rehearsal tells nobody
        """Skip that much time."""
        self.fixtures.advance(seconds)
        self.seconds += seconds


@attrs.frozen
class Outbox:
    """Reads the texted codes from the mock."""

    fixtures: MockFixtures

    def forget(self) -> None:
        """The outbox has the newest text first."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Read the newest text."""
        return self.fixtures.texted(phone, channel)


def plan(
    scenarios: Sequence[Scenario],
    document: OpenApi,
    gap_seconds: float = RESEND_GAP_SECONDS,
    max_sms: int = _UNLIMITED,
) -> Plan:
    """Return what a live run of these scenarios takes, in a good order.

    Args:
        scenarios: What would be played.
        document: The OpenAPI document.
        gap_seconds: Seconds between two texts to a phone.
        max_sms: How many texts may be sent; a scenario that alone takes more is not in the plan.
    """
    costs = rehearsed(scenarios, document, gap_seconds).costs
    affordable = [cost for cost in costs if cost.sms <= max_sms]
    return rehearsed(_spread(affordable), document, gap_seconds)


def rehearsed(
    scenarios: Sequence[Scenario], document: OpenApi, gap_seconds: float = RESEND_GAP_SECONDS
) -> Plan:
    """Return what a live run of these scenarios takes in just this order."""
    with offline_mock() as mock, closing(http.client_of_own_mock()) as client:
        return _Rehearsal(mock, client, mock.app_ids[0], document, gap_seconds).play(scenarios)


def _spread(costs: Iterable[Cost]) -> list[Scenario]:
    """Return the scenarios by the number of their texts: a run that stops early loses least.

    Within a scenario the phone that has rested longest is taken, which halves the waits.
    """
    return [
        cost.scenario for cost in sorted(costs, key=lambda cost: (cost.sms, cost.scenario.name))
    ]


@attrs.define
class _Rehearsal:
    mock: OfflineMock
    client: httpx.Client
    app_id: str
    document: OpenApi
    gap_seconds: float

    def play(self, scenarios: Sequence[Scenario]) -> Plan:
        application = Application(self.mock.url, self.app_id, self.mock.app_secret)
        control = Control(self.client, application)
        fixtures = MockFixtures(control)
        HttpMockControl(control).change_settings(accessTokenLifetimeSeconds=_UNLIMITED)
        time = ManualClock(fixtures)
        budget = Budget(_UNLIMITED, _UNLIMITED, _UNLIMITED, time.now, 0.0)
        target = LiveTarget(
            _account(fixtures, application),
            http.Wire(self.client, application),
            Outbox(fixtures),
            time,
            budget,
            "rehearsal",
            lambda _: None,  # nobody's account
            ResendLimiter(self.gap_seconds),
        )
        run = Run(target, self.document, {Layer.WIRE: lambda _: target.budgeted})
        costs = tuple(_cost(run, scenario, budget, time) for scenario in scenarios)
        return Plan(costs, frozenset(target.needed))


def _cost(run: Run, scenario: Scenario, budget: Budget, time: ManualClock) -> Cost:
    sms, calls, seconds = budget.sms, budget.calls, time.seconds
    failure = run.play(scenario, Layer.WIRE).failure
    return Cost(scenario, budget.sms - sms, budget.calls - calls, time.seconds - seconds, failure)


def _account(fixtures: MockFixtures, application: Application) -> Account:
    user, other = fixtures.user_without_phone(), fixtures.another_user()
    username, password = fixtures.login_of(user)
    return Account(application, user, other, _PHONES, username, password)
