"""One run from its opening to its reports; the pytest plugin is a thin shell around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import httpx

from genauth_contract.api import http, openapi
from genauth_contract.api.sdk import through_sdk
from genauth_contract.play.budget import BudgetSpent
from genauth_contract.play.run import (
    Layer,
    MakeCaller,
    Result,
    Run,
)
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.secrets import Secrets
from genauth_contract.play.target import Target
from genauth_contract.records.files import NotKept, SecretFound
from genauth_contract.records.resume import Journal
from genauth_contract.reports.table import drawing, show_plan, text_of
from genauth_contract.reports.words import public_text
from genauth_contract.session.opening import (
    OnlyPlanned,
    Opening,
    opened,
    opened_live,
)
from genauth_contract.session.outputs import Outputs
from genauth_contract.session.results import Findings, Proofs
from genauth_contract.session.selection import Agenda, Part
from genauth_contract.session.terminal import Voice
from genauth_contract.targets.live import LiveTarget
from genauth_contract.targets.offline import Fence, is_loopback
from genauth_contract.targets.options import (
    BUDGET_SPENT,
    MISCONFIGURED,
    NOT_KEPT,
    SECRET_FOUND,
    Options,
)


@attrs.define
class ContractSession:
    """Everything that lives as long as a run.

    Attributes:
        junit: Where pytest writes its own report; None where it writes none.
    """

    options: Options
    environment: Mapping[str, str] = attrs.field(repr=False)
    voice: Voice
    junit: Path | None = None
    document: openapi.OpenApi = attrs.field(factory=openapi.packaged, repr=False)
    _stack: ExitStack = attrs.field(factory=ExitStack, init=False)
    _fence: Fence = attrs.field(factory=Fence, init=False)
    _agenda: Agenda = attrs.field(factory=Agenda, init=False)
    _findings: Findings | None = attrs.field(default=None, init=False)
    _spent: str = attrs.field(default="", init=False)
    _only_planned: bool = attrs.field(default=False, init=False)
    _lost: list[SecretFound | NotKept] = attrs.field(
        factory=list[SecretFound | NotKept], init=False
    )

    def open(self, parts: Sequence[Part]) -> list[Part]:
        """Open the target and return what is played on it, in order.

        Raises:
            CannotOpen: Something is missing.
            NotKept: A file that will be written cannot be.
            NotReadable: The ledger or the journal of an earlier run is something else.
            OnlyPlanned: Nothing may be sent.
        """
        proofs = Proofs(self.options.ledger)
        Outputs(self.options, proofs, self.junit).refuse_unwritable()
        proofs.earlier()  # what could not be read at the end would cost the run
        client = self._stack.enter_context(http.client())
        opening = Opening(self.options, self.environment, self.document, self.voice)
        if self.options.wants_plan:
            self._agenda.live_parts(parts, opening)
        target = self._stack.enter_context(opened(opening, client))
        kept = list(parts)
        if target is None:
            kept = self._agenda.live_parts(parts, opening)
            target = self._stack.enter_context(opened_live(opening, client))
        secrets = Secrets(public_text(self.document))
        run = Run(target, self.document, _callers(target, client), secrets)
        self._findings = Findings(run, self._agenda, proofs)
        if isinstance(target, LiveTarget):
            target.learn_account(secrets)
        return self._agenda.playable(kept, target)

    @property
    def findings(self) -> Findings:
        """What came of the run so far.

        Raises:
            LookupError: The target is not open.
        """
        if self._findings is None:
            msg = "the target is not open"
            raise LookupError(msg)
        return self._findings

    @property
    def secrets(self) -> Secrets:
        """Every secret met so far."""
        return self._findings.run.secrets if self._findings else Secrets()

    def play(self, scenario: Scenario, layer: Layer) -> Result:
        """Play one scenario.

        Raises:
            BudgetSpent: It would take more than is left.
        """
        run = self.findings.run
        try:
            result = self._played(run, scenario, layer)
        except BudgetSpent as error:
            self._spent = str(error)
            raise
        if result.passed and self.options.journal and isinstance(run.target, LiveTarget):
            self._note(scenario, self.options.journal)
        return result

    def summary(self) -> str:
        """Render the table at the end; empty where nothing was opened."""
        return self._findings.table(self._spent) if self._findings else ""

    def tell_plan(self, planned: OnlyPlanned) -> None:
        """Say what a live run would take, and why it is not made."""
        console = drawing()
        show_plan(planned.plan, console)
        self.voice.show(text_of(console))
        self.voice.say(str(planned))
        self._only_planned = True

    def lose(self, file: NotKept) -> None:
        """Remember a file that somebody else could not write, to tell it with ours."""
        self._lost.append(file)

    def close(self, exit_code: int) -> int:
        """Write what was asked for, close the target and return the exit code."""
        with self._stack:
            if self._findings:
                outputs = Outputs(self.options, self._findings.proofs, self.junit)
                self._lost += outputs.write(self._findings)
        for each in self._lost:
            self.voice.say(str(each))
        if self._lost:
            held_back = any(isinstance(each, SecretFound) for each in self._lost)
            return SECRET_FOUND if held_back else NOT_KEPT
        if self._only_planned:  # a plan that was asked for is a success, one instead of a run not
            return 0 if self.options.wants_plan else MISCONFIGURED
        return BUDGET_SPENT if self._spent and exit_code in (0, 2) else exit_code

    def _played(self, run: Run, scenario: Scenario, layer: Layer) -> Result:
        if isinstance(run.target, LiveTarget):
            self._agenda.check_budget(scenario, run.target.budget)
            return run.play(scenario, layer)
        with self._fence.up() if _is_on_loopback(self.options.target) else nullcontext():
            return run.play(scenario, layer)

    def _note(self, scenario: Scenario, journal: Path) -> None:
        try:
            Journal(journal).note(scenario)
        except NotKept as error:  # the run goes on: what it costs is paid already
            self.voice.say(str(error))


def _is_on_loopback(target: str) -> bool:
    return "://" not in target or is_loopback(urlsplit(target).hostname or "")


def _callers(target: Target, client: httpx.Client) -> dict[Layer, MakeCaller]:
    if isinstance(target, LiveTarget):
        counted = target.counted
        return {Layer.WIRE: lambda _: counted}
    return {Layer.WIRE: lambda app: http.Wire(client, app), Layer.SDK: through_sdk}
