"""What a callback of the application sees of an attempt. Imported when there is somebody who looks."""

from typing import Literal

from attrs import frozen

from aiogenauth.errors import GenAuthError

Outcome = Literal["ok", "refused", "not_sent", "unknown"]
"""How a call or an attempt ended. `ok` did what was asked; `refused` and `not_sent` surely changed
nothing; after `unknown` nobody can tell."""


@frozen
class Attempt:
    """A request that is about to be sent.

    Attributes:
        name: The client's method, such as `bind_phone`.
        method: GET or POST.
        path: Such as `/api/v3/bind-phone`; without query.
        number: 1 for the first attempt.
        phone: The number it is about, masked.
    """

    name: str
    method: str
    path: str
    number: int
    phone: str | None


@frozen
class AttemptResult:
    """An attempt that is over.

    Attributes:
        attempt: Which one.
        outcome: How it ended.
        elapsed: Seconds it took.
        error: Name of the error class; None when it went well.
        http_status: Of the answer.
        status_code: Of a refusal's envelope.
        api_code: Of a refusal's envelope.
        request_id: Of a refusal's envelope.
    """

    attempt: Attempt
    outcome: Outcome
    elapsed: float
    error: str | None = None
    http_status: int | None = None
    status_code: int | None = None
    api_code: int | None = None
    request_id: str | None = None


def attempt_result(
    attempt: Attempt, outcome: Outcome, elapsed: float, error: BaseException | None
) -> AttemptResult:
    """Return how an attempt ended, with the facts of its error."""
    facts = error if isinstance(error, GenAuthError) else GenAuthError()
    return AttemptResult(
        attempt,
        outcome,
        elapsed,
        None if error is None else type(error).__name__,
        facts.http_status,
        facts.status_code,
        facts.api_code,
        facts.request_id,
    )
