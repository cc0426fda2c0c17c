"""The envelope around every answer. Source: API reference, CommonResponseDto."""

from __future__ import annotations

from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Final, cast
from uuid import uuid4

from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.profiles import USUAL
from genauth_mock.engine.value import frozen
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import HttpReply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.error_codes import ErrorCode
    from genauth_mock.engine.profiles import EnvelopeShape
    from genauth_mock.http.messages import HttpRequest


_Frame = tuple[int, bytes, bytes | None]
"""What is the same in every envelope of an outcome: HTTP status, what stands before the request id, what after it.

None stands after it where the envelope has no request id.
"""

_COUNTED: Final = 12
"""How many digits of a request id count requests: the last part of a UUID."""

_PLACE: Final = "00000000-0000-4000-a000-000000000000"
"""Stands where the request id goes; no text has it."""


class Envelopes:
    """Wraps answers as GenAuth does.

    All of its request ids begin alike and count requests at their end, because drawing each anew would cost as much as
    reading a request. It is made after a fork: two that draw the same beginning would give the same ids.

    Attributes:
        rows: What is answered for each outcome.

    Args:
        rows: What is answered for each outcome.
        shape: What an envelope has besides.
    """

    def __init__(self, rows: Mapping[Outcome, ErrorCode], shape: EnvelopeShape = USUAL) -> None:
        self.rows = rows
        self._shape = shape
        self._frames: dict[tuple[Outcome, str], _Frame] = {}
        self._successes: dict[tuple[str, str], _Frame] = {}
        self._beginning = str(uuid4())[:-_COUNTED].encode()
        self._numbers = count(1)

    def of(
        self,
        outcome: Outcome,
        language: str,
        *,
        detail: str = "",
        data: object = None,
    ) -> HttpReply:
        """Wrap what is answered for an outcome."""
        if data is None and not detail:
            frame = self._frames.get((outcome, language)) or self._frame(outcome, language)
            return self._framed(frame)
        row = self.rows[outcome]
        request_id = b"%b%012x" % (self._beginning, next(self._numbers))
        named = request_id.decode()
        content = self._content(row, row.message(language, detail), named)
        if data is not None:
            content["data"] = _without(data, self._shape.left_out)
        return HttpReply(row.http_status, write_json(content), request_id=request_id)

    def message(self, outcome: Outcome, language: str, detail: str) -> str:
        """Return the text of an outcome, for an answer that has no envelope."""
        return self.rows[outcome].message(language, detail)

    def success(self, language: str, method: str) -> HttpReply:
        """Wrap that a call without data has succeeded: what most are answered."""
        frame = self._successes.get((language, method))
        if frame is None:
            status, before, after = self._frame(Outcome.OK, language)
            frame = (self._shape.post_status if method == "POST" else status), before, after
            self._successes[language, method] = frame
        return self._framed(frame)

    def of_status(self, status: int, phrase: str) -> HttpReply:
        """Wrap a failure that has an HTTP status only."""
        return envelope(status, status, None, phrase)

    def _framed(self, frame: _Frame) -> HttpReply:
        http_status, before, after = frame
        request_id = b"%b%012x" % (self._beginning, next(self._numbers))
        body = before if after is None else before + request_id + after
        return HttpReply(http_status, body, request_id=request_id)

    def _frame(self, outcome: Outcome, language: str) -> _Frame:
        """Write what is the same in every such envelope: what stands before the request id, and what after it."""
        row = self.rows[outcome]
        content = self._content(row, row.message(language, ""), _PLACE)
        before, place, rest = write_json(content).partition(_PLACE.encode())
        after = rest if place else None
        frame = self._frames[outcome, language] = (row.http_status, before, after)
        return frame

    def of_method(self, method: str, reply: HttpReply) -> HttpReply:
        """Return a reply with the HTTP status that it has for this method."""
        if method == "POST" and reply.status == HTTPStatus.OK:
            reply.status = self._shape.post_status
        return reply

    def _content(self, row: ErrorCode, message: str, request_id: str) -> dict[str, object]:
        shape = self._shape
        content: dict[str, object] = {"statusCode": row.status_code, "message": message}
        if shape.id_field:
            content[shape.id_field] = request_id
        if row.api_code is not None or shape.shows_nulls:
            content["apiCode"] = row.api_code
        if row.api_code is not None and shape.repeats_code:
            content["code"] = row.api_code
        if shape.shows_nulls:
            content["data"] = None
        return content


def _without(data: object, left_out: frozenset[str]) -> object:
    if not left_out or not isinstance(data, dict):
        return data
    named = cast("dict[str, object]", data)
    return {name: value for name, value in named.items() if name not in left_out}


@frozen
class NamedOutcomes:
    """Answers one request for outcomes that a fault or a header names; takes the place of `Envelopes` for it.

    Attributes:
        envelopes: Wraps answers.
        request: What was asked.
    """

    envelopes: Envelopes
    request: HttpRequest

    def of(self, outcome: Outcome, language: str) -> HttpReply:
        """Return the reply for an outcome."""
        return self.envelopes.of(outcome, language, detail=detail_of(outcome, self.request))

    def of_status(self, status: int, phrase: str) -> HttpReply:
        """Return the reply for a failure that has an HTTP status only."""
        return self.envelopes.of_status(status, phrase)


def detail_of(outcome: Outcome, request: HttpRequest) -> str:
    """Return what a message says of a request that has an outcome only because somebody wants it to.

    Source: assumed for a field that is not valid; for all others what the outcome says of such a request.
    """
    match outcome:
        case Outcome.NOT_FOUND | Outcome.METHOD_NOT_ALLOWED | Outcome.NOT_IMITATED:
            return f"{request.method} {request.path}"
        case Outcome.INVALID_ARGUMENT:
            return "a field of the request is not valid"
        case Outcome.NOT_JSON:
            return "this is not JSON"
        case Outcome.BODY_TOO_LARGE:
            return f"{len(request.body)} bytes"
        case _:
            return ""


def envelope(http_status: int, status_code: int, api_code: int | None, message: str) -> HttpReply:
    """Wrap figures that no table has."""
    request_id = str(uuid4())
    content = _content(status_code, api_code, message, request_id)
    return HttpReply(http_status, write_json(content), request_id=request_id.encode())


def _content(
    status_code: int, api_code: int | None, message: str, request_id: str
) -> dict[str, object]:
    """Return the fields of an envelope, without data."""
    content: dict[str, object] = {
        "statusCode": status_code,
        "message": message,
        "requestId": request_id,
    }
    if api_code is not None:
        content["apiCode"] = api_code
    return content
