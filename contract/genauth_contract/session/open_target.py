"""Opens the target of a run, or explains why it cannot."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

import attrs
import httpx

from genauth_contract.api import http
from genauth_contract.api.openapi import OpenApi
from genauth_contract.outcomes.models import JsonObject
from genauth_contract.play.budget import Budget, ResendLimiter
from genauth_contract.play.clock import Clock, ScaledClock, SystemClock
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.target import Target
from genauth_contract.session.guards import InUse, alone
from genauth_contract.session.terminal import Terminal
from genauth_contract.targets import live
from genauth_contract.targets.account import Account
from genauth_contract.targets.codes import PROMPT, pass_code_source
from genauth_contract.targets.codes.source import PassCodeSource, SourceContext
from genauth_contract.targets.kinds import (
    LOOPBACK,
    DrivenTarget,
    fresh_app_ids,
    host_kind,
    mock_health,
    own_mock,
)
from genauth_contract.targets.offline import offline_mock
from genauth_contract.targets.options import (
    CONSENT_FLAG,
    CONSENT_NAME,
    LIVE,
    MOCK,
    Options,
)
from genauth_contract.targets.plan import Plan, plan
from genauth_contract.targets.stand_in import StandIn

_NOT_HURRIED: Final = (
    "--pace is for a stand-in on this machine: nobody hurries the time of a deployment"
)


_NOBODY_TYPES: Final = (
    "there is no terminal to type a code on; --pass-code-from names other sources"
)


class CannotOpen(Exception):
    """The run cannot begin; the text says everything that is missing."""


class OnlyPlanned(Exception):
    """Nothing was sent: a plan was asked for, or nobody said that the account is theirs."""

    def __init__(self, made: Plan, why: str) -> None:
        super().__init__(why)
        self.plan = made


@attrs.frozen
class TargetRequest:
    """Everything a target is opened with.

    Attributes:
        stand_in: What is played instead of a deployment; None for none.
    """

    options: Options
    environment: Mapping[str, str] = attrs.field(repr=False)
    document: OpenApi = attrs.field(repr=False)
    terminal: Terminal
    stand_in: StandIn | None = None


def client_of(target: str, stand_in: StandIn | None) -> httpx.Client:
    """Return what speaks to a target, or to the stand-in that is played instead."""
    if stand_in is not None:
        return http.client(stand_in.certificate)
    return http.client_of_own_mock() if target == MOCK else http.client()


@contextmanager
def open_target(
    request: TargetRequest, client: httpx.Client
) -> Generator[Target | None, None, None]:
    """Open the target as far as that needs no account; None when it has to be a live one.

    Raises:
        CannotOpen: The target is neither `mock`, `live` nor a URL, or cannot be driven.
    """
    wanted = request.options.target
    if wanted == MOCK:
        with offline_mock() as mock:
            yield own_mock(mock, client)
    elif wanted == LIVE:
        yield None
    else:
        yield _at_url(wanted.rstrip("/"), client)


def live_plan(request: TargetRequest, scenarios: Sequence[Scenario]) -> Plan:
    """Plan a live run, and stop unless it may begin.

    Scenarios that alone take more texts than may be sent are not in it.

    Raises:
        CannotOpen: Something is not configured; all of it is named. Or nobody could type the codes.
        OnlyPlanned: Only a plan was asked for, or consent is missing; what is not configured is named too.
    """
    options = request.options
    made = plan(scenarios, request.document, options.resend_gap, options.max_sms)
    lacking = live.missing(set(made.needed), live_environment(request))
    needs = f"not set in the environment: {', '.join(lacking)}"
    if options.wants_plan:
        raise OnlyPlanned(made, needs if lacking else "")
    if not options.has_consent:
        why = (
            "nothing was sent: a live run texts phones and changes accounts, so say that they are "
            f"yours with {CONSENT_FLAG} or {CONSENT_NAME}=1"
        )
        raise OnlyPlanned(made, f"{why}\n{needs}" if lacking else why)
    if lacking:
        raise CannotOpen(needs)
    asks = options.pass_code_from == PROMPT and request.stand_in is None
    if made.sms and asks and not request.terminal.may_ask():
        raise CannotOpen(_NOBODY_TYPES)
    return made


@contextmanager
def open_live_target(
    request: TargetRequest, client: httpx.Client
) -> Generator[live.LiveTarget, None, None]:
    """Open a live target; consent was given.

    Raises:
        CannotOpen: The configured host or a phone is none, nothing answers there, the source of codes cannot be opened,
            another run is on the same application, or the time of somebody's deployment was to be
            hurried.
    """
    options = request.options
    with _account_and_codes(request) as (account, codes):
        host = account.application.host
        kind = host_kind(host)
        there = _time_there(request, kind)
        is_mock = _health(host, client) is not None
        budget = Budget(
            options.max_sms, options.max_calls, options.max_minutes, there.now, there.now()
        )
        yield live.LiveTarget(
            account,
            http.Wire(client, account.application, budget.seconds_left),
            codes,
            there,
            budget,
            MOCK if is_mock else kind,
            request.terminal.say,
            ResendLimiter(options.resend_gap),
        )


def live_environment(request: TargetRequest) -> Mapping[str, str]:
    """Return the environment; a URL as target stands in for the configured host."""
    target = request.options.target
    if target == LIVE:
        return request.environment
    return {**request.environment, live.HOST: target}


@contextmanager
def _account_and_codes(
    request: TargetRequest,
) -> Generator[tuple[Account, PassCodeSource], None, None]:
    """Yield what somebody lends to a run: the account, and the source of its codes."""
    options, terminal = request.options, request.terminal
    context = SourceContext(
        terminal.ask, terminal.say, SystemClock(terminal.say), options.pass_code_timeout
    )
    with ExitStack() as stack:
        try:
            account = live.account(live_environment(request))
            stack.enter_context(alone(account.application))
            codes = request.stand_in or stack.enter_context(
                pass_code_source(options.pass_code_from, context)
            )
        except (ValueError, InUse) as error:
            raise CannotOpen(str(error)) from None
        yield account, codes


def _time_there(request: TargetRequest, kind: str) -> Clock:
    if request.stand_in is not None:
        return request.stand_in.clock(request.terminal.say)
    pace = request.options.pace
    if pace != 1 and kind != LOOPBACK:
        raise CannotOpen(_NOT_HURRIED)
    return ScaledClock(SystemClock(request.terminal.say), pace)


def _at_url(url: str, client: httpx.Client) -> Target | None:
    if not http.is_url(url):
        msg = f"--target is mock, live or a URL, not {url!r}"
        raise CannotOpen(msg)
    health = _health(url, client)
    if health is None:
        return None
    if "error" in health:
        msg = f"the mock at {url} cannot reach its store (HTTP 503 at /_mock/health): its log says why"
        raise CannotOpen(msg)
    if health.get("strictApps") is True:
        msg = "start that mock without --strict-apps: each scenario uses an application of its own"
        raise CannotOpen(msg)
    return DrivenTarget(url, client, is_strict=False, app_ids=fresh_app_ids())


def _health(url: str, client: httpx.Client) -> JsonObject | None:
    try:
        return mock_health(url, client)
    except httpx.ConnectError as error:
        msg = f"cannot connect to {url}: {error}"
        raise CannotOpen(msg) from None
