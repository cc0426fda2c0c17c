"""What the world may see of a call: log lines and callbacks. All of it is safe to keep."""

import asyncio
import inspect
import logging
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from aiogenauth.errors import ConfigurationError, GenAuthError, InvalidInput, OutcomeUnknown
from aiogenauth.protocol import Endpoint
from aiogenauth.sending.retry import Failure, failure, leaves_outcome_unknown

if TYPE_CHECKING:
    from aiogenauth.sending.attempts import Attempt, AttemptResult, Outcome

LOG: Final = logging.getLogger("aiogenauth")
"""The only logger of this package. Bodies, headers and arguments are never written to it."""

OnRequest = Callable[["Attempt"], "Awaitable[None] | None"]
"""Called before each attempt, and awaited if it is `async def`. An exception it raises ends the call
as it is, one of this package too, and the attempt is not sent.
One case differs: when the answer to a bind got lost and the profile is read to settle it, what is
raised before that read does not replace the `OutcomeUnknown` that the call ends with."""
OnResponse = Callable[["AttemptResult"], "Awaitable[None] | None"]
"""Called after each attempt, and awaited if it is `async def`, for a second at most. An exception it
raises ends the call as it is, one of this package too: the call is not sent again, and neither its
answer nor its own error is seen. A bind that took effect stays in effect.
Two cases differ: a cancelled call ends cancelled, and what is raised when the profile is read to
settle a lost answer does not replace the `OutcomeUnknown` that the call ends with."""


@frozen(eq=False, repr=False)
class Hooks:
    """Callbacks of the application.

    Attributes:
        on_request: Called before each attempt.
        on_response: Called after each attempt.
    """

    on_request: OnRequest | None = None
    on_response: OnResponse | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be called."""
        for name, given in (("on_request", self.on_request), ("on_response", self.on_response)):
            if given is not None and not callable(cast("object", given)):
                message = f"{name}: give a function that takes one argument"
                raise ConfigurationError(message).with_facts(field=name)

    @property
    def enabled(self) -> bool:
        """Whether anybody looks at attempts: a callback, or the log."""
        return (
            self.on_request is not None
            or self.on_response is not None
            or LOG.isEnabledFor(logging.DEBUG)
        )

    def begin(self, attempt: "Attempt") -> Awaitable[None] | None:
        """Log the start of an attempt, and call `on_request`; what it returns is to be awaited."""
        LOG.debug("%s %s attempt %d", attempt.method, attempt.path, attempt.number)
        if self.on_request is None:
            return None
        returned = self.on_request(attempt)
        return returned if inspect.isawaitable(returned) else None

    async def end(
        self, attempt: "Attempt", endpoint: Endpoint, elapsed: float, error: BaseException | None
    ) -> None:
        """Log the end of an attempt, and call `on_response`. What that raises is the caller's."""
        from aiogenauth.sending.attempts import attempt_result  # noqa: PLC0415 - as where it was made

        ended = attempt_result(attempt, outcome(endpoint, error), elapsed, error)
        LOG.debug(
            "%s %s attempt %d: %s after %.3f s%s",
            attempt.method, attempt.path, attempt.number, ended.outcome, elapsed,
            "" if ended.error is None else f" ({ended.error}, requestId {ended.request_id})",
        )  # fmt: skip
        if self.on_response is None:
            return
        try:
            await _for_a_while(self.on_response(ended))
        except Exception as exc:
            if error is None or isinstance(error, Exception):
                raise
            LOG.warning("on_response raised %s after an interrupted call", type(exc).__name__)


async def _for_a_while(returned: Awaitable[None] | None) -> None:
    """Wait for what `on_response` returned, if it is to be awaited, but not long."""
    if not inspect.isawaitable(returned):
        return
    limit = asyncio.timeout(LONGEST_CALLBACK)
    try:
        async with limit:
            await returned
    except TimeoutError:
        if not limit.expired():
            raise
        LOG.warning("on_response did not return within %g s; the call goes on", LONGEST_CALLBACK)


LONGEST_CALLBACK: Final = 1.0
"""Seconds that an `async def` given as `on_response` may take; the answer is here already."""


def log_retry(endpoint: Endpoint, error: GenAuthError, wait: float) -> None:
    """Log that a call is tried again, and when."""
    LOG.info(
        "%s %s is tried again in %.2f s (%s)",
        endpoint.method, endpoint.safe_path, wait, type(error).__name__,
    )  # fmt: skip


def outcome(endpoint: Endpoint, error: BaseException | None) -> "Outcome":
    """Return how an attempt or call ended.

    A cancelled call, like any other that was interrupted, ends unknown.
    """
    if error is None:
        return "ok"
    if not isinstance(error, GenAuthError):
        return "unknown"
    if failure(error) is Failure.NOT_SENT or isinstance(error, InvalidInput):
        return "not_sent"
    if isinstance(error, OutcomeUnknown) or leaves_outcome_unknown(endpoint, error):
        return "unknown"
    return "refused"


def is_on() -> bool:
    """Whether the application has imported OpenTelemetry; if not, nobody could see a span."""
    return "opentelemetry.trace" in sys.modules


@contextmanager
def span(endpoint: Endpoint) -> Generator[None]:
    """Open a span around a call. It records how the call ended, and nothing of what was sent."""
    from opentelemetry import trace  # noqa: PLC0415 - optional, and imported by the application by now

    begin = trace.get_tracer("aiogenauth").start_as_current_span
    kind, name = trace.SpanKind.INTERNAL, f"genauth.{endpoint.name}"
    with begin(name, kind=kind, record_exception=False, set_status_on_exception=False) as each:
        each.set_attribute("http.request.method", endpoint.method)
        each.set_attribute("url.path", endpoint.safe_path)
        try:
            yield
        except BaseException as exc:
            each.set_attributes(_facts(exc))
            each.set_attribute("genauth.outcome", outcome(endpoint, exc))
            each.set_status(trace.StatusCode.ERROR, type(exc).__name__)
            raise
        each.set_attribute("genauth.outcome", "ok")


def _facts(error: BaseException) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"error.type": type(error).__name__}
    if isinstance(error, GenAuthError):
        found = {
            "genauth.status_code": error.status_code,
            "genauth.api_code": error.api_code,
            "genauth.request_id": error.request_id,
            "genauth.attempts": error.attempts,
            "http.response.status_code": error.http_status,
        }
        facts |= {name: value for name, value in found.items() if value is not None}
    return facts
