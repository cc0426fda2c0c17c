"""The envelope around every answer. Source: API reference, CommonResponseDto."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from genauth_mock.engine.outcomes import Outcome
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import HttpReply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.error_codes import ErrorCode


_Frame = tuple[int, bytes, bytes]
"""What is the same in every envelope of an outcome: HTTP status, what stands before the request id, what after it."""

_COUNTED: Final = 12
"""How many digits of a request id count requests: the last part of a UUID."""

_PLACE: Final = "00000000-0000-4000-a000-000000000000"
"""Stands where the request id goes; no text has it."""


class Envelopes:
    """Wraps answers as GenAuth does.

    All of its request ids begin alike and count requests at their end, because drawing each anew would cost as much as
    reading a request. It is made after a fork: two that draw the same beginning would give the same ids.

    Args:
        rows: What is answered for each outcome.
    """

    def __init__(self, rows: Mapping[Outcome, ErrorCode]) -> None:
        self._rows = rows
        self._frames: dict[tuple[Outcome, str], _Frame] = {}
        self._successes: dict[str, _Frame] = {}
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
        row = self._rows[outcome]
        request_id = b"%b%012x" % (self._beginning, next(self._numbers))
        named = request_id.decode()
        content = _content(row.status_code, row.api_code, row.message(language, detail), named)
        if data is not None:
            content["data"] = data
        return HttpReply(row.http_status, write_json(content), request_id=request_id)

    def message(self, outcome: Outcome, language: str, detail: str) -> str:
        """Return the text of an outcome, for an answer that has no envelope."""
        return self._rows[outcome].message(language, detail)

    def success(self, language: str) -> HttpReply:
        """Wrap that a call without data has succeeded: what most are answered."""
        frame = self._successes.get(language)
        if frame is None:
            frame = self._successes[language] = self._frame(Outcome.OK, language)
        return self._framed(frame)

    def _framed(self, frame: _Frame) -> HttpReply:
        http_status, before, after = frame
        request_id = b"%b%012x" % (self._beginning, next(self._numbers))
        return HttpReply(http_status, before + request_id + after, request_id=request_id)

    def _frame(self, outcome: Outcome, language: str) -> _Frame:
        """Write what is the same in every such envelope: what stands before the request id, and what after it."""
        row = self._rows[outcome]
        content = _content(row.status_code, row.api_code, row.message(language, ""), _PLACE)
        before, after = write_json(content).split(_PLACE.encode(), 1)
        frame = self._frames[outcome, language] = (row.http_status, before, after)
        return frame


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
