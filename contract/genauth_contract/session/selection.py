"""Which scenarios a run plays, in which order, and why it leaves out the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from genauth_contract.play.budget import Budget
from genauth_contract.play.run import Layer
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.target import Target
from genauth_contract.records.resume import Checkpoint
from genauth_contract.session.open_target import TargetRequest, live_plan
from genauth_contract.targets.plan import Plan

Part = tuple[Scenario, Layer]


_PASSED_BEFORE: Final = "passed in an earlier run"


@attrs.define
class Selection:
    """What a run plays.

    Attributes:
        not_played: The scenarios that are left out, with the reason.
    """

    not_played: list[tuple[Scenario, str]] = attrs.field(factory=list[tuple[Scenario, str]])
    _plan: Plan | None = None

    def live_parts(self, parts: Sequence[Part], request: TargetRequest) -> list[Part]:
        """Plan a live run. The SDK is played on the mock alone: each text costs money.

        Raises:
            CannotOpen: Something is not configured.
            CannotRead: The journal of an earlier run is something else.
            OnlyPlanned: Nothing may be sent.
        """
        over_wire = [scenario for scenario, layer in parts if layer is Layer.WIRE]
        self.not_played += [(one, one.mock_only) for one in over_wire if one.mock_only]
        playable = [one for one in over_wire if not one.mock_only]
        path = request.options.checkpoint
        checkpoint = Checkpoint(path) if path else None
        done = [one for one in playable if checkpoint and checkpoint.passed(one)]
        self.not_played += [(one, _PASSED_BEFORE) for one in done]
        left = [one for one in playable if one not in done]
        self._plan = live_plan(request, left)
        planned = {cost.scenario.name for cost in self._plan.costs}
        why = f"takes more texts than --max-sms {request.options.max_sms} allows"
        self.not_played += [(one, why) for one in left if one.name not in planned]
        return [(cost.scenario, Layer.WIRE) for cost in self._plan.costs]

    def playable(self, parts: Iterable[Part], target: Target) -> list[Part]:
        """Leave out what cannot be played on a target."""
        kept: list[Part] = []
        for scenario, layer in parts:
            why = target.why_not(scenario)
            if why and layer is Layer.WIRE:
                self.not_played.append((scenario, why))
            elif not why:
                kept.append((scenario, layer))
        return kept

    @property
    def has_passed_before(self) -> bool:
        """Whether a scenario was left out because it passed in an earlier run."""
        return any(why == _PASSED_BEFORE for _, why in self.not_played)

    def check_budget(self, scenario: Scenario, budget: Budget) -> None:
        """Raise if a scenario was planned to take more than is left.

        Raises:
            BudgetSpent: It would take more.
        """
        if not self._plan:
            return
        cost = next(one for one in self._plan.costs if one.scenario == scenario)
        budget.check(cost.sms, cost.calls, cost.seconds / 60)
