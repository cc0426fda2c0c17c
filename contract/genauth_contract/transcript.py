"""What was called and answered in a scenario, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import attrs

from genauth_contract.calls import ApiCall
from genauth_contract.expect import Answer, Outcome
from genauth_contract.judge import Judge, Step
from genauth_contract.redaction import Secrets
from genauth_contract.stage import Stage
from genauth_contract.wire import Caller


@attrs.define
class Transcript:
    """The exchanges of one scenario: made, judged at once, and remembered.

    Attributes:
        stage: Is told of every exchange.
        caller: Makes the calls.
        judge: Judges every exchange.
        secrets: Is told every secret that is met.
        steps: Every exchange so far.
    """

    stage: Stage
    caller: Caller
    judge: Judge
    secrets: Secrets
    steps: list[Step] = attrs.field(factory=list[Step], init=False)

    def expect(self, outcome: Outcome, call: ApiCall) -> Answer:
        """Make a call and judge its answer; go on either way, and remember what was wrong."""
        return self._judged(call, self._answer(call), outcome)

    def expect_together(self, outcome_sets: Sequence[Outcome], calls: Sequence[ApiCall]) -> None:
        """Make calls at once; among their answers are these outcomes, whichever call gets which.

        They are remembered in the order of the outcomes, so that a recording knows no winner.
        """
        with ThreadPoolExecutor(len(calls)) as pool:
            answers = list(pool.map(self._answer, calls))
        left = list(zip(calls, answers, strict=True))
        for outcome in outcome_sets:
            best = min(left, key=partial(self._misfit, outcome))
            left.remove(best)
            self._judged(best[0], best[1], outcome)

    def verdict(self) -> str:
        """Say everything that was wrong so far, one line each; empty when nothing was."""
        lines = [
            f"{number}. {step.call.operation}, expected {step.expected.name}: {problem}"
            for number, step in enumerate(self.steps, 1)
            for problem in step.problems
        ]
        return self.secrets.hide("\n".join(lines))

    def _answer(self, call: ApiCall) -> Answer:
        self.secrets.learn_fields(call.body)
        answer = self.caller.call(call)
        self.secrets.learn_fields(answer.body)
        self.stage.noted(call, answer)
        return answer

    def _misfit(self, outcome: Outcome, exchange: tuple[ApiCall, Answer]) -> int:
        return len(self.judge.problems(*exchange, outcome))

    def _judged(self, call: ApiCall, answer: Answer, outcome: Outcome) -> Answer:
        problems = [*self.judge.problems(call, answer, outcome), *self._repeated(answer)]
        self.steps.append(Step(call, answer, outcome, tuple(problems)))
        return answer

    def _repeated(self, answer: Answer) -> list[str]:
        """Tell whether an earlier exchange of the scenario has the same request id."""
        given = answer.field("requestId")
        earlier = (step.answer.field("requestId") for step in self.steps)
        is_repeated = self.judge.exact and given is not None and given in earlier
        return ["requestId is that of an earlier exchange"] if is_repeated else []
