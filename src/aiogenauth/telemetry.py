"""An OpenTelemetry span per call, where the application uses OpenTelemetry."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from aiogenauth.errors import GenAuthError
from aiogenauth.hooks import outcome
from aiogenauth.protocol import Endpoint


def is_on() -> bool:
    """Whether the application has imported OpenTelemetry; if not, nobody could see a span."""
    return "opentelemetry.trace" in sys.modules


@contextmanager
def span(endpoint: Endpoint) -> Generator[None]:
    """Put a span around a call. It says how the call ended, and nothing of what was sent."""
    from opentelemetry import trace  # noqa: PLC0415 - optional, and imported by the application by now

    begin = trace.get_tracer("aiogenauth").start_as_current_span
    kind, name = trace.SpanKind.CLIENT, f"genauth.{endpoint.name}"
    with begin(name, kind=kind, record_exception=False, set_status_on_exception=False) as each:
        each.set_attribute("http.request.method", endpoint.method)
        each.set_attribute("url.path", endpoint.where)
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
