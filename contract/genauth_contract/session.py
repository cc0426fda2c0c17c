"""One run from its opening to its reports; the pytest plugin is a thin shell around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import httpx

from genauth_contract import openapi, wire
from genauth_contract.agenda import Agenda, Part
from genauth_contract.budget import BudgetSpent
from genauth_contract.clock import today
from genauth_contract.evidence import Evidence
from genauth_contract.journal import Journal
from genauth_contract.keeping import NotKept, SecretFound, keep, refuse_secrets
from genauth_contract.ledger import Ledger, default_ledger_path, read_ledger
from genauth_contract.live import LiveTarget
from genauth_contract.loopback import Fence, is_loopback
from genauth_contract.opening import OnlyPlanned, Opening, opened, opened_live
from genauth_contract.options import (
    BUDGET_SPENT,
    MISCONFIGURED,
    MOCK,
    NOT_KEPT,
    SECRET_FOUND,
    Options,
)
from genauth_contract.recording import recording
from genauth_contract.redaction import Secrets
from genauth_contract.reports.html import report_page
from genauth_contract.reports.numbers import Played, Report, learned, report
from genauth_contract.reports.table import drawing, show_plan, show_report, text_of
from genauth_contract.reports.words import public_text
from genauth_contract.run import Layer, MakeCaller, Result, Run
from genauth_contract.scenario import Scenario
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets import LOOPBACK, Target
from genauth_contract.through_sdk import through_sdk
from genauth_contract.voice import Voice

Write = Callable[[], None]


@attrs.define
class ContractSession:
    """Everything that lives as long as a run."""

    options: Options
    environment: Mapping[str, str] = attrs.field(repr=False)
    voice: Voice
    document: openapi.OpenApi = attrs.field(factory=openapi.packaged, repr=False)
    _stack: ExitStack = attrs.field(factory=ExitStack, init=False)
    _fence: Fence = attrs.field(factory=Fence, init=False)
    _run: Run | None = attrs.field(default=None, init=False)
    _agenda: Agenda = attrs.field(factory=Agenda, init=False)
    _spent: str = attrs.field(default="", init=False)
    _only_planned: bool = attrs.field(default=False, init=False)
    _lost: list[SecretFound | NotKept] = attrs.field(
        factory=list[SecretFound | NotKept], init=False
    )

    def open(self, parts: Sequence[Part]) -> list[Part]:
        """Open the target and return what is played on it, in order.

        Raises:
            CannotOpen: Something is missing.
            NotReadable: The ledger or the journal of an earlier run is something else.
            OnlyPlanned: Nothing may be sent.
        """
        read_ledger(self._ledger_path())  # what could not be read at the end would cost the run
        client = self._stack.enter_context(wire.client())
        opening = Opening(self.options, self.environment, self.document, self.voice)
        if self.options.wants_plan:
            self._agenda.live_parts(parts, opening)
        target = self._stack.enter_context(opened(opening, client))
        kept = list(parts)
        if target is None:
            kept = self._agenda.live_parts(parts, opening)
            target = self._stack.enter_context(opened_live(opening, client))
        secrets = Secrets(public_text(self.document))
        self._run = Run(target, self.document, _callers(target, client), secrets)
        if isinstance(target, LiveTarget):
            target.learn_account(self._run.secrets)
        return self._agenda.playable(kept, target)

    @property
    def outputs(self) -> list[Path]:
        """Every file that will be written; a live run remembers its passes, asked or not."""
        named = self.options.outputs
        return named if self.options.target == MOCK else [*named, self._ledger_path()]

    @property
    def secrets(self) -> Secrets:
        """Every secret met so far."""
        return self._run.secrets if self._run else Secrets()

    @property
    def kind(self) -> str:
        """Kind of target."""
        return self._run.target.kind if self._run else ""

    def play(self, scenario: Scenario, layer: Layer) -> Result:
        """Play one scenario.

        Raises:
            BudgetSpent: It would take more than is left.
        """
        run = self._opened_run()
        try:
            result = self._played(run, scenario, layer)
        except BudgetSpent as error:
            self._spent = str(error)
            raise
        if result.passed and self.options.journal and isinstance(run.target, LiveTarget):
            self._note(scenario, self.options.journal)
        return result

    def evidence(self, result: Result) -> str:
        """Say what a result rests on."""
        proof = self._ledger().proof_of(result.scenario)
        return str(Evidence.LIVE if proof else result.evidence)

    def report(self) -> Report:
        """Put the run into rows and numbers."""
        run = self._opened_run()
        played = Played(
            run.results,
            self._agenda.not_played,
            every_scenario(),
            run.left_behind,
            self.secrets.hide,
        )
        return report(played, self._ledger(), run.target.kind)

    def summary(self) -> str:
        """Render the table at the end."""
        if self._run is None:
            return ""
        console = drawing()
        show_report(self.report(), console)
        if self._spent:
            console.print(f"stopped: {self._spent}", markup=False)
        results = [] if self._run.target.is_exact else self._run.results
        for lesson in learned(results, self.secrets.hide):
            console.print(lesson, markup=False)
        return text_of(console)

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

    def close(self, exit_code: int, junit: Path | None = None) -> int:
        """Write what was asked for, close the target and return the exit code."""
        with self._stack:
            for write in self._files(junit):
                try:
                    write()
                except (SecretFound, NotKept) as error:
                    self._lost.append(error)
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
        with self._fence.up() if self._is_on_loopback() else nullcontext():
            return run.play(scenario, layer)

    def _note(self, scenario: Scenario, journal: Path) -> None:
        try:
            Journal(journal).note(scenario)
        except NotKept as error:  # the run goes on: what it costs is paid already
            self.voice.say(str(error))

    def _ledger(self) -> Ledger:
        run = self._opened_run()
        ledger = read_ledger(self._ledger_path())
        if not self._is_proof(run.target.kind):
            return ledger
        return ledger.with_passes(run.results, run.target.kind, today())

    def _ledger_path(self) -> Path:
        return self.options.ledger or default_ledger_path()

    def _files(self, junit: Path | None) -> Iterator[Write]:
        """Give what writes each file; that one is refused is no reason to lose the others."""
        run, options, secrets = self._run, self.options, self.secrets
        if run is None:
            return
        if options.record:
            yield partial(keep, options.record, self._recording(run), secrets)
        if self._is_proof(run.target.kind):
            yield partial(keep, self._ledger_path(), self._ledger().to_json(), secrets)
        if options.json:
            yield partial(keep, options.json, self.report().to_json(), secrets)
        if options.html:
            yield partial(keep, options.html, report_page(self.report()), secrets)
        if junit and junit.is_file():  # what went down a pipe cannot be looked through
            yield partial(refuse_secrets, junit, secrets, called=junit.name)

    def _recording(self, run: Run) -> str:
        return recording(run, today().isoformat()).to_json()

    def _is_proof(self, kind: str) -> bool:
        """A mock proves nothing; a stand-in on this machine only what a ledger of its own says."""
        return kind != MOCK and (kind != LOOPBACK or self.options.ledger is not None)

    def _is_on_loopback(self) -> bool:
        target = self.options.target
        return "://" not in target or is_loopback(urlsplit(target).hostname or "")

    def _opened_run(self) -> Run:
        if self._run is None:
            msg = "the target is not open"
            raise LookupError(msg)
        return self._run


def _callers(target: Target, client: httpx.Client) -> dict[Layer, MakeCaller]:
    if isinstance(target, LiveTarget):
        counted = target.counted
        return {Layer.WIRE: lambda _: counted}
    return {Layer.WIRE: lambda app: wire.Wire(client, app), Layer.SDK: through_sdk}
