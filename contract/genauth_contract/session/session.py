"""One run from its opening to its reports; the pytest plugin is a thin shell around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, nullcontext
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import attrs
import httpx

from genauth_contract.api import http, openapi
from genauth_contract.api.sdk import through_sdk
from genauth_contract.play.budget import BudgetSpent
from genauth_contract.play.clock import today
from genauth_contract.play.fixtures import SignedOut
from genauth_contract.play.run import Layer, MakeCaller, Result, Run
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.secrets import Secrets
from genauth_contract.play.target import Target
from genauth_contract.records.files import CannotWrite, SecretFound
from genauth_contract.records.resume import Checkpoint
from genauth_contract.reports.table import drawing, show_plan, text_of
from genauth_contract.reports.words import public_text
from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.session.guards import Stops, stopping_as_by_hand
from genauth_contract.session.open_target import (
    OnlyPlanned,
    TargetRequest,
    client_of,
    open_live_target,
    open_target,
)
from genauth_contract.session.outputs import Outputs
from genauth_contract.session.results import LedgerFile, Results
from genauth_contract.session.selection import Part, Selection
from genauth_contract.session.terminal import Terminal
from genauth_contract.targets.live import HOST, LiveTarget
from genauth_contract.targets.offline import LoopbackGuard, is_loopback
from genauth_contract.targets.options import LIVE, Options
from genauth_contract.targets.stand_in import StandIn

SIGNALLED: Final = 128
"""Added to the number of the signal that ended a run, as shells do."""


@attrs.define
class ContractSession:
    """Everything that lives as long as a run.

    Attributes:
        options: What was asked for.
        environment: What is configured; of a stand-in, what the stand-in lends.
        terminal: Speaks and asks.
        stand_in: What is played instead of a deployment; None for none.
        document: The OpenAPI document.
    """

    options: Options
    environment: Mapping[str, str] = attrs.field(repr=False)
    terminal: Terminal
    stand_in: StandIn | None = None
    document: openapi.OpenApi = attrs.field(factory=openapi.declared, repr=False)
    _stack: ExitStack = attrs.field(factory=ExitStack, init=False)
    _guard: LoopbackGuard = attrs.field(factory=LoopbackGuard, init=False)
    _selection: Selection = attrs.field(factory=Selection, init=False)
    _results: Results | None = attrs.field(default=None, init=False)
    _spent: str = attrs.field(default="", init=False)
    _began: float = attrs.field(factory=monotonic, init=False)
    _signed_out: str = attrs.field(default="", init=False)
    _stops: Stops | None = attrs.field(default=None, init=False)
    _only_planned: bool = attrs.field(default=False, init=False)
    _unwritten: list[SecretFound | CannotWrite] = attrs.field(
        factory=list[SecretFound | CannotWrite], init=False
    )

    def open(self, parts: Sequence[Part]) -> list[Part]:
        """Open the target and return what is played on it, in order.

        Raises:
            CannotOpen: Something is missing.
            CannotWrite: A file that will be written cannot be.
            CannotRead: The ledger or the journal of an earlier run is something else.
            OnlyPlanned: Nothing may be sent.
        """
        ledger_file = LedgerFile(self.options.ledger)
        outputs = Outputs(self.options, ledger_file)
        outputs.refuse_unwritable()
        before = ledger_file.read()  # what could not be read at the end would cost the run
        stand_in = self.stand_in
        client = self._stack.enter_context(client_of(self.options.target, stand_in))
        request = TargetRequest(
            self.options, self.environment, self.document, self.terminal, stand_in
        )
        if self.options.wants_plan:
            self._selection.live_parts(parts, request)
        target = self._stack.enter_context(open_target(request, client))
        kept = list(parts)
        if target is None:
            kept = self._selection.live_parts(parts, request)
            target = self._stack.enter_context(open_live_target(request, client))
        outputs.refuse_others(target.kind)
        secrets = Secrets(cache(partial(public_text, self.document)))
        run = Run(target, self.document, _callers(target, client), secrets)
        self._results = Results(run, self._selection, ledger_file, self._facts, before)
        if isinstance(target, LiveTarget):
            target.learn_account(secrets)
            self._stops = Stops(lambda: target.budget.is_undoing, self.terminal.say)
            self._stack.enter_context(stopping_as_by_hand(self._stops))
        return self._selection.playable(kept, target)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """Return what a reader of a report asks first."""
        target = self.options.target
        host = self.environment.get(HOST, "") if target == LIVE else target
        return (
            ("Target", host),
            ("Date", today().isoformat()),
            ("Took", f"{monotonic() - self._began:.0f} s"),
            ("Versions", f"aiogenauth {version('aiogenauth')}, Python {python_version()}"),
            ("Command", self.options.command_of(is_rehearsal=self.stand_in is not None)),
        )

    @property
    def results(self) -> Results:
        """The results of the run so far.

        Raises:
            LookupError: The target is not open.
        """
        if self._results is None:
            msg = "the target is not open"
            raise LookupError(msg)
        return self._results

    @property
    def secrets(self) -> Secrets:
        """Every secret met so far."""
        return self._results.run.secrets if self._results else Secrets()

    def play(self, scenario: Scenario, layer: Layer) -> Result:
        """Play one scenario.

        Raises:
            BudgetSpent: It would take more than is left.
            KeyboardInterrupt: Somebody stopped the run while something was put back, which is done now.
        """
        run = self.results.run
        try:
            result = self._played(run, scenario, layer)
        except BudgetSpent as error:
            self._spent = str(error)
            raise
        except SignedOut as error:
            self._signed_out = str(error)
            self.terminal.say(f"the run ends here: {error}")
            raise
        if result.passed and self.options.checkpoint and isinstance(run.target, LiveTarget):
            self._note(scenario, self.options.checkpoint)
        if self._stops and self._stops.is_waiting:
            raise KeyboardInterrupt
        return result

    def summary(self) -> str:
        """Render the table at the end; empty where nothing was opened."""
        return self._results.table(self._spent) if self._results else ""

    def print_plan(self, planned: OnlyPlanned) -> None:
        """Write what a live run would take, and why it is not made."""
        console = drawing()
        show_plan(planned.plan, console)
        self.terminal.show(text_of(console))
        if str(planned):
            self.terminal.say(str(planned))
        self._only_planned = True

    @property
    def has_planned(self) -> bool:
        """Whether a plan was shown, and nothing sent."""
        return self._only_planned

    def add_unwritten(self, file: CannotWrite) -> None:
        """Remember a file that somebody else could not write, to tell it with ours."""
        self._unwritten.append(file)

    def close(self, exit_code: int) -> int:
        """Write what was asked for, close the target and return the exit code."""
        with self._stack:
            if self._results:
                outputs = Outputs(self.options, self._results.ledger_file)
                self._unwritten += outputs.write(self._results)
        for each in self._unwritten:
            self.terminal.say(str(each))
        if self._unwritten:
            held_back = any(isinstance(each, SecretFound) for each in self._unwritten)
            return ExitCode.SECRET_FOUND if held_back else ExitCode.CANNOT_WRITE
        if self._only_planned:  # a plan that was asked for is a success, one instead of a run not
            return 0 if self.options.wants_plan else ExitCode.MISCONFIGURED
        if self._stops and self._stops.number:
            return SIGNALLED + self._stops.number
        if self._signed_out:
            return ExitCode.MISCONFIGURED
        if exit_code == int(ExitCode.NOTHING_CHOSEN) and self._selection.has_passed_before:
            return ExitCode.PASSED
        return ExitCode.BUDGET_SPENT if self._spent and exit_code in (0, 2) else exit_code

    def _played(self, run: Run, scenario: Scenario, layer: Layer) -> Result:
        if isinstance(run.target, LiveTarget):
            self._selection.check_budget(scenario, run.target.budget)
            result = run.play(scenario, layer)
            if not result.passed:
                self._refuse_to_go_on(run, result)
            return result
        with self._guard.active() if _is_on_loopback(self.options.target) else nullcontext():
            return run.play(scenario, layer)

    def _refuse_to_go_on(self, run: Run, result: Result) -> None:
        """Take a failure out of the results that only says that somebody was signed out."""
        if not isinstance(run.target, LiveTarget):
            return
        try:
            run.target.refuse_to_go_on(result.steps)
        except SignedOut:
            run.results.remove(result)
            raise

    def _note(self, scenario: Scenario, checkpoint: Path) -> None:
        try:
            Checkpoint(checkpoint).note(scenario)
        except CannotWrite as error:  # the run goes on: what it costs is paid already
            self.terminal.say(str(error))


def _is_on_loopback(target: str) -> bool:
    return "://" not in target or is_loopback(urlsplit(target).hostname or "")


def _callers(target: Target, client: httpx.Client) -> dict[Layer, MakeCaller]:
    if isinstance(target, LiveTarget):
        budgeted = target.budgeted
        return {Layer.WIRE: lambda _: budgeted}
    return {Layer.WIRE: lambda app: http.Wire(client, app), Layer.SDK: through_sdk}
