"""What GenAuth's front door does with a request, whatever carried it: reads it, lets the engine answer, wraps the answer."""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from genauth_mock.calls import CALLS, Call
from genauth_mock.deployment import Caller, Deployment
from genauth_mock.error_codes import ERROR_CODES
from genauth_mock.json_text import read_json, write_json
from genauth_mock.known_calls import KNOWN_CALLS
from genauth_mock.rate import RequestRate
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.turn import Turn

log = logging.getLogger("genauth_mock")

BODY_LIMIT: Final = 64 * 1024
"""Largest request body, in bytes. Source: ours; no call of the API comes near it."""

LANGUAGES: Final = ("zh-CN", "en-US")
"""Source: official Python SDK, lang; the server's default is zh-CN."""


@frozen
class HttpRequest:
    """A request, whatever carried it.

    Attributes:
        headers: Looked up by lower-case name.
        body: At most `BODY_LIMIT` and one byte of it.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(factory=dict[str, str])
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)


@frozen
class HttpReply:
    """A reply: JSON in UTF-8."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(factory=dict[str, str])


class FrontDoor:
    """Answers requests to GenAuth's own paths."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._calls = {call.path: call for call in CALLS}
        self._rate = RequestRate()

    async def answer(self, request: HttpRequest) -> HttpReply:
        """Answer a request; never raises for what a caller sent."""
        caller = self.caller(request)
        answer = await self._answer(request, caller)
        if isinstance(answer, Refusal):
            return envelope(answer.verdict, caller.language, detail=answer.detail)
        return envelope(Verdict.OK, caller.language, data=answer)

    def caller(self, request: HttpRequest) -> Caller:
        """Tell who calls: both header families, raw and ``Bearer`` tokens are accepted."""
        app_id = _header(request, "app-id") or request.query.get("appId")
        language = _header(request, "lang")
        return Caller(
            app_id=app_id or self._deployment.options.app_id,
            token=_token(request.headers.get("authorization")),
            language=language if language in LANGUAGES else self._deployment.options.language,
        )

    async def _answer(
        self, request: HttpRequest, caller: Caller
    ) -> dict[str, object] | Refusal | None:
        call = self._calls.get(request.path)
        if call is None:
            return _unknown(request)
        if request.method != call.method:
            return Refusal(
                Verdict.METHOD_NOT_ALLOWED,
                f"{request.path} takes {call.method}, not {request.method}",
            )
        try:
            body = _json_object(request.body) if call.method == "POST" else {}
        except Refusal as refusal:
            return refusal
        return await self._deployment.play(
            caller, lambda turn: self._play(turn, call, body, request, caller)
        )

    def _play(
        self,
        turn: Turn,
        call: Call,
        body: Mapping[str, object],
        request: HttpRequest,
        caller: Caller,
    ) -> dict[str, object] | None:
        self._rate.check(caller.app_id, turn.settings.requests_per_second)
        return call.play(turn, body, request.query)


def envelope(
    verdict: Verdict, language: str, *, detail: str = "", data: Mapping[str, object] | None = None
) -> HttpReply:
    """Wrap an answer as GenAuth does. Source: API reference, CommonResponseDto."""
    row = ERROR_CODES[verdict]
    if data is None and not detail:
        before, after = _frame(verdict, language)
        return HttpReply(row.http_status, before + request_id().encode() + after)
    content: dict[str, object] = {
        "statusCode": row.status_code,
        "message": row.message(language, detail),
        "requestId": request_id(),
    }
    if row.api_code is not None:
        content["apiCode"] = row.api_code
    if data is not None:
        content["data"] = data
    return HttpReply(row.http_status, write_json(content))


def request_id() -> str:
    """Draw a request id, a UUID of version 4."""
    drawn = os.urandom(16).hex()
    return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-a{drawn[17:20]}-{drawn[20:]}"


def dump_json(content: object) -> bytes:
    """Write JSON."""
    return write_json(content)


@cache
def _frame(verdict: Verdict, language: str) -> tuple[bytes, bytes]:
    """Write what is the same in every such envelope: what stands before the request id, and what after it."""
    row = ERROR_CODES[verdict]
    content: dict[str, object] = {
        "statusCode": row.status_code,
        "message": row.message(language, ""),
        "requestId": "HERE",
    }
    if row.api_code is not None:
        content["apiCode"] = row.api_code
    before, after = write_json(content).split(b"HERE")
    return before, after


def _json_object(body: bytes) -> Mapping[str, object]:
    if len(body) > BODY_LIMIT:
        raise Refusal(Verdict.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    try:
        content = read_json(body)
    except ValueError:
        raise Refusal(Verdict.NOT_JSON, "this is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(Verdict.NOT_JSON, f"this is a {type(content).__name__}")
    return content


def _unknown(request: HttpRequest) -> Refusal:
    what = f"{request.method} {request.path}"
    if request.path in KNOWN_CALLS:
        log.warning("not imitated: %s", what)
        return Refusal(
            Verdict.NOT_IMITATED, f"{what} exists in GenAuth, not in the offline GenAuth"
        )
    return Refusal(Verdict.NOT_FOUND, what)


def _header(request: HttpRequest, name: str) -> str | None:
    headers = request.headers
    return headers.get(f"x-genauth-{name}") or headers.get(f"x-authing-{name}")


def _token(authorization: str | None) -> str | None:
    if authorization is None:
        return None
    scheme, _, rest = authorization.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else authorization
