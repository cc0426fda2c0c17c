"""The envelope around every answer. Source: API reference, CommonResponseDto."""

from __future__ import annotations

import secrets
from itertools import count
from typing import TYPE_CHECKING, Final

from genauth_mock.carried import HttpReply
from genauth_mock.json_text import write_json
from genauth_mock.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.error_codes import ErrorCode


_Frame = tuple[int, bytes, bytes]
"""What is the same in every envelope of a verdict: HTTP status, what stands before the request id, what after it."""

_PLACE: Final = "00000000-0000-4000-a000-000000000000"
"""Stands where the request id goes; no text has it."""


def _drawn_run() -> bytes:
    drawn = secrets.token_hex(10)
    return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[12:15]}-a{drawn[15:18]}-".encode()


_RUN: Final = _drawn_run()
"""What every request id of this process begins with; drawing each anew would cost as much as reading a request."""

_requests: Final = count(1)


class Envelopes:
    """Wraps answers as GenAuth does.

    Args:
        rows: What is answered for each verdict.
    """

    def __init__(self, rows: Mapping[Verdict, ErrorCode]) -> None:
        self._rows = rows
        self._frames: dict[tuple[Verdict, str], _Frame] = {}
        self._successes: dict[str, _Frame] = {}

    def of(
        self,
        verdict: Verdict,
        language: str,
        *,
        detail: str = "",
        data: Mapping[str, object] | None = None,
    ) -> HttpReply:
        """Wrap what is answered for a verdict."""
        if data is None and not detail:
            frame = self._frames.get((verdict, language)) or self._frame(verdict, language)
            return _framed(frame)
        row = self._rows[verdict]
        content = _content(row.status_code, row.api_code, row.message(language, detail))
        if data is not None:
            content["data"] = data
        return HttpReply(row.http_status, write_json(content))

    def success(self, language: str) -> HttpReply:
        """Wrap that a call without data has succeeded: what most are answered."""
        frame = self._successes.get(language)
        if frame is None:
            frame = self._successes[language] = self._frame(Verdict.OK, language)
        return _framed(frame)

    def _frame(self, verdict: Verdict, language: str) -> _Frame:
        """Write what is the same in every such envelope: what stands before the request id, and what after it."""
        row = self._rows[verdict]
        content = _content(row.status_code, row.api_code, row.message(language, ""), _PLACE)
        before, after = write_json(content).split(_PLACE.encode(), 1)
        frame = self._frames[verdict, language] = (row.http_status, before + _RUN, after)
        return frame


def _framed(frame: _Frame) -> HttpReply:
    http_status, before, after = frame
    return HttpReply(http_status, b"%b%012x%b" % (before, next(_requests), after))


def envelope(http_status: int, status_code: int, api_code: int | None, message: str) -> HttpReply:
    """Wrap figures that no table has."""
    return HttpReply(http_status, write_json(_content(status_code, api_code, message)))


def _content(
    status_code: int, api_code: int | None, message: str, named: str | None = None
) -> dict[str, object]:
    """Give what an envelope holds besides data; it is named anew where nothing names it."""
    content: dict[str, object] = {
        "statusCode": status_code,
        "message": message,
        "requestId": named or request_id(),
    }
    if api_code is not None:
        content["apiCode"] = api_code
    return content


def request_id() -> str:
    """Give a request id that no other process gives: a UUID, the last part of which counts requests."""
    return f"{_RUN.decode()}{next(_requests):012x}"
