"""Changes a response as a fault says."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

from genauth_mock.api.envelope import envelope
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.faults.fault import FIRST_ERROR_STATUS, Kind
from genauth_mock.http.messages import ConnectionFault, Ending, HttpReply

if TYPE_CHECKING:
    from genauth_mock.faults.fault import Fault

TRICKLE_SECONDS: Final = 5.0
"""How long a trickle takes where nothing else is said."""

HTML: Final = "text/html; charset=utf-8"

NOT_JSON_BODY: Final = (
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
)

_ENDINGS: Final = {
    Kind.RESET: Ending.RESET,
    Kind.DROP: Ending.DROP,
    Kind.CUT: Ending.CUT,
    Kind.TRICKLE: Ending.TRICKLE,
}


class Answers(Protocol):
    """Makes replies in the form of the call that a fault is at: in the envelope, or in OAuth's."""

    def of(self, outcome: Outcome, language: str) -> HttpReply:
        """Return the reply for an outcome."""
        ...

    def of_status(self, status: int, phrase: str) -> HttpReply:
        """Return the reply for an HTTP status."""
        ...


def faulted(fault: Fault, reply: HttpReply, answers: Answers, language: str) -> HttpReply:
    """Return the response after a fault.

    Args:
        fault: The fault.
        reply: The response without the fault.
        answers: Makes the response of an outcome.
        language: ``zh-CN`` or ``en-US``.
    """
    spoilt = _content(fault, reply, answers, language)
    if fault.retry_after is not None:
        spoilt.headers = {**spoilt.headers, "Retry-After": str(fault.retry_after)}
    spoilt.connection_fault = _connection_fault(fault, spoilt)
    return spoilt


def _content(fault: Fault, reply: HttpReply, answers: Answers, language: str) -> HttpReply:
    status = fault.http_status or reply.status
    if fault.kind is Kind.EMPTY:
        return HttpReply(status, b"", content_type=reply.content_type)
    if fault.body is not None or fault.kind is Kind.NOT_JSON:
        body = NOT_JSON_BODY if fault.body is None else fault.body
        return HttpReply(status, body.encode(), content_type=fault.content_type or HTML)
    if fault.outcome is not None:
        answer = answers.of(Outcome[fault.outcome], language)
        return HttpReply(fault.http_status or answer.status, answer.body, answer.headers)
    if fault.status_code is not None:
        message = _phrase(fault.status_code) if fault.message is None else fault.message
        return envelope(fault.http_status or 200, fault.status_code, fault.api_code, message)
    return _with_status(fault.http_status, reply, answers, language)


def _with_status(
    status: int | None, reply: HttpReply, answers: Answers, language: str
) -> HttpReply:
    if status is None or status < FIRST_ERROR_STATUS:
        return HttpReply(status or reply.status, reply.body, reply.headers, reply.content_type)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return answers.of(Outcome.TOO_MANY_REQUESTS, language)
    return answers.of_status(status, _phrase(status))


def _connection_fault(fault: Fault, reply: HttpReply) -> ConnectionFault:
    ending = _ENDINGS.get(fault.kind, Ending.WHOLE)
    match ending:
        case Ending.CUT:
            half = len(reply.body) // 2
            after = half if fault.cut_after_bytes is None else fault.cut_after_bytes
            return ConnectionFault(ending, cut_after_bytes=min(after, max(0, len(reply.body) - 1)))
        case Ending.TRICKLE:
            over = TRICKLE_SECONDS if fault.over_seconds is None else fault.over_seconds
            return ConnectionFault(ending, over_seconds=over)
        case _:
            return ConnectionFault(ending)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"
