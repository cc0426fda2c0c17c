"""Makes the probe's calls, and keeps what each was answered, redacted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Final

import attrs

from genauth_contract.api.http import Caller, Unreachable
from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.play.secrets import Redactor, Secrets
from genauth_contract.probe.cases import Case
from genauth_contract.records.learned import ASKS_FOR_SECRET
from genauth_contract.records.recording import LANGUAGE, RecordedScenario, RecordedStep

HEADERS: Final = (
    "access-control-allow-origin",
    "cache-control",
    "content-type",
    "retry-after",
    "www-authenticate",
    "x-powered-by",
    "x-request-id",
)
"""Response headers whose presence is noted."""
CLEAR_HEADERS: Final = ("cache-control", "content-type", "retry-after", "x-powered-by")
"""Those whose values are kept."""

ABOUT_SECRETS: Final = ("NO_CLIENT", "SECRET_MISSING")
"""Outcomes whose very answer is that a secret is missing."""

_FINGERPRINT: Final = "probe"
"""Stands for the fingerprint of a scenario: the ledger keeps nothing of a probe."""


@attrs.frozen
class Asked:
    """One case and its answer, fit to be kept.

    Attributes:
        case: What was asked.
        http: HTTP status; None where nothing came back.
        numbers: `statusCode / apiCode`, or OAuth's `error`.
        message: The text, without anything that may be somebody's.
        headers: Names of the headers of interest that were there.
        step: The whole exchange, as recordings have it.
        problem: Why there is no answer; empty where there is one.
    """

    case: Case
    http: int | None
    numbers: str
    message: str
    headers: tuple[str, ...]
    step: RecordedStep
    problem: str = ""

    @property
    def settles(self) -> bool:
        """Whether the answer is one to the question: there is one, and it does not just ask for the app's secret."""
        is_about_secrets = self.case.outcome in ABOUT_SECRETS
        return not self.problem and (is_about_secrets or ASKS_FOR_SECRET not in self.message)

    @property
    def told_apart_by(self) -> tuple[object, ...]:
        """What tells one deployment from another, the text last."""
        return (self.http, self.numbers, self.message, self.fields)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields of the body: whether there is a requestId, for one."""
        body = self.step.answer.get("body")
        return frozenset(map(str, body)) if is_object(body) else frozenset()

    def recorded(self) -> RecordedScenario:
        """Return it as a recording keeps it."""
        return RecordedScenario(_FINGERPRINT, not self.problem, (self.step,))


@attrs.frozen
class Probe:
    """Everything the calls of a probe share.

    Attributes:
        caller: Makes the calls.
        secrets: What must not be kept.
        vocabulary: The enum values of the API, which are kept in clear.
        progress: Told of each case before it is asked.
    """

    caller: Caller
    secrets: Secrets
    vocabulary: frozenset[str]
    progress: Callable[[Case], None] = lambda _: None

    def ask_all(self, cases: Iterable[Case]) -> Iterator[Asked]:
        """Ask one case after the other; one that is not answered is kept as such."""
        for case in cases:
            self.progress(case)
            yield self.ask(case)

    def ask(self, case: Case) -> Asked:
        """Make the call of a case."""
        self.secrets.learn_fields(case.call.body)
        try:
            answer = self.caller.call(case.call)
        except Unreachable as error:
            step = RecordedStep(case.call.operation, case.outcome, None, {})
            return Asked(case, None, "no answer", "", (), step, problem=str(error))
        self.secrets.learn_fields(answer.body)
        return self._kept(case, answer)

    def _kept(self, case: Case, answer: Answer) -> Asked:
        redactor = Redactor(self.secrets, self.vocabulary)
        is_json = is_object(answer.body) or is_list(answer.body)
        step = RecordedStep(
            case.call.operation,
            case.outcome,
            {LANGUAGE: case.language, "body": redactor.redacted(case.call.body)},
            {
                "http": answer.http,
                "headers": {
                    name: answer.headers[name] for name in CLEAR_HEADERS if name in answer.headers
                },
                "body": redactor.redacted(answer.body if is_json else {"raw": str(answer.body)}),
            },
        )
        text = answer.field("message") or answer.field("error_description") or ""
        message = redactor.message(str(text))
        there = tuple(name for name in HEADERS if name in answer.headers)
        return Asked(case, answer.http, _numbers(answer), message, there, step)


def _numbers(answer: Answer) -> str:
    if answer.field("statusCode") is None:
        error = answer.field("error")
        is_word = isinstance(error, str) and error.replace("_", "").isalpha() and error.isascii()
        if is_word:
            return str(error)
        return "success" if answer.http < HTTPStatus.BAD_REQUEST else "-"
    return answer.summary
