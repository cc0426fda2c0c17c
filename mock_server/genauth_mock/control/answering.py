"""Answers a control call over HTTP: what it is asked is read, what it says is written."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, cast

from aiohttp import web

from genauth_mock.control.control_call import MANY
from genauth_mock.control.request import ControlError, ControlRequest, Json
from genauth_mock.engine.json_values import unknown
from genauth_mock.http.body import body_of
from genauth_mock.http.json_text import read_json, write_json
from genauth_mock.http.messages import APP_HEADERS, BODY_LIMIT, named_app
from genauth_mock.runtime.turns import in_turns
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.control_call import ControlCall
    from genauth_mock.runtime.deployment import Deployment

Parts = dict[str, str]
"""The variable parts of a request's path."""

_LIKE_AN_APP_HEADER: Final = re.compile("(x-?)?(genauth|authing)-?app(-?id)?")


async def answer(
    deployment: Deployment, call: ControlCall, request: web.Request, parts: Parts
) -> web.Response:
    """Carry a call out, and answer what it says or why it cannot be done."""
    try:
        asked = await _asked(deployment, call, request, parts)
        if "wait" in request.query:
            with deployment.connections.wait_of(request):
                response = await _answered(await call.answer(asked))
        else:
            response = await _answered(await call.answer(asked))
    except (ControlError, StoreUnreachable) as no:
        response = refused(deployment, no)
    await deployment.share()
    return response


async def _asked(
    deployment: Deployment, call: ControlCall, request: web.Request, parts: Parts
) -> ControlRequest:
    _check_headers(request.headers)
    body = await _body(call, request)
    named = named_app(request.headers, request.query) or body.get("appId")
    if named is not None and not isinstance(named, str):
        message = "appId must be a string"
        raise ControlError(message)
    given = [request.headers.get(name) for name in APP_HEADERS] + [body.get("appId")]
    if not named and "" in given:
        message = "the app that is named is empty: name one, or none"
        raise ControlError(message)
    in_query = request.query.get("appId")
    if in_query not in (None, "", named):
        message = f"a header names the app {named!r}, and appId {in_query!r}: name one"
        raise ControlError(message)
    base_url = f"{request.scheme}://{request.host}"
    return ControlRequest(deployment, named, request.query, body, parts, base_url)


async def _body(call: ControlCall, request: web.Request) -> Mapping[str, object]:
    limit = call.limit or BODY_LIMIT
    raw = await body_of(request, limit)
    if len(raw) > limit:
        message = f"the body must be at most {limit} bytes"
        raise ControlError(message, status=413)
    if not raw.strip():
        return {}
    try:
        content = read_json(raw)
        if limit < MANY:  # a whole state is large, and written by a program
            _check_names_once(raw)
    except ValueError:
        content = None
    if call.listed and isinstance(content, list):
        return {call.listed: cast("list[object]", content)}
    if not isinstance(content, dict):
        message = "the body must be a JSON object"
        raise ControlError(message)
    return cast("Mapping[str, object]", content)


def _check_names_once(raw: bytes) -> None:
    """Refuse an object that has a name twice: who wrote it meant both.

    Raises:
        ControlError: It has.
    """

    def once(pairs: list[tuple[str, object]]) -> None:
        if len(dict(pairs)) < len(pairs):
            [(name, times)] = Counter(name for name, _ in pairs).most_common(1)
            message = f"{name} is given {times} times: give one"
            raise ControlError(message)

    json.loads(raw, object_pairs_hook=once)


def _check_headers(headers: Mapping[str, str]) -> None:
    """Refuse a header that is meant to name the app, and does not: the default app would be meant.

    Raises:
        ControlError: There is one.
    """
    for name in headers:
        if _LIKE_AN_APP_HEADER.fullmatch(name.lower()) and name.lower() not in APP_HEADERS:
            message = unknown("header", name, APP_HEADERS)
            raise ControlError(message)


def refused(deployment: Deployment, no: ControlError | StoreUnreachable) -> web.Response:
    """Answer why something cannot be done."""
    if isinstance(no, ControlError):
        return json_answer(no.status, {"error": no.message})
    deployment.say_unreachable(no)
    return json_answer(503, {"error": str(no)})


async def _answered(content: Json) -> web.Response:
    """Answer in turns: a list may be of a hundred thousand, and others do not wait until it is written."""
    parts = [write_json(name) + b":" + await _part(value) for name, value in content.items()]
    return web.Response(body=b"{" + b",".join(parts) + b"}", content_type="application/json")


async def _part(value: object) -> bytes:
    if not isinstance(value, list):
        return write_json(value)
    items = in_turns(cast("list[object]", value))
    return b"[" + b",".join([write_json(item) async for item in items]) + b"]"


def json_answer(status: int, content: Json) -> web.Response:
    """Answer with JSON."""
    return web.Response(status=status, body=write_json(content), content_type="application/json")
