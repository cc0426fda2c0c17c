"""Finds the control call that a request makes, in the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web

from genauth_mock.control.answering import answer, json_answer, refused
from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.events import stream_events
from genauth_mock.control.request import ControlError
from genauth_mock.http.paths import parts_of
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from genauth_mock.control.answering import Parts
    from genauth_mock.control.control_call import ControlCall
    from genauth_mock.runtime.deployment import Deployment

EVENTS: Final = "/_mock/events"

DOCUMENT: Final = "/_mock/openapi.json"

ROUTED: Final = (
    *((call.method, call.path) for call in CONTROL_CALLS),
    ("GET", EVENTS),
    ("GET", DOCUMENT),
)
"""Every method and path that there is under ``/_mock/``, but the parts of the page."""

_READS: Final = {"GET", "HEAD"}

_PLAIN: Final = {(call.method, call.path): call for call in CONTROL_CALLS if "{" not in call.path}
_WITH_PARTS: Final = tuple(call for call in CONTROL_CALLS if "{" in call.path)


class Router:
    """Answers requests under ``/_mock/``."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        path = request.rel_url.path_safe  # decoded, but for a slash that is part of a name
        if path == EVENTS and request.method in _READS:
            return await self._events(request)
        if path == DOCUMENT and request.method in _READS:
            return _document()
        call, parts = _found(request.method, path)
        if call is None:
            there = ", ".join(sorted(f"{method} {path}" for method, path in ROUTED))
            what = f"no {request.method} {request.path}; expected one of: {there}"
            return json_answer(404, {"error": what})
        return await answer(self._deployment, call, request, parts)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            return await stream_events(self._deployment, request)
        except (ControlError, StoreUnreachable) as no:
            return refused(self._deployment, no)


def _document() -> web.Response:
    from genauth_mock.control.document import control_document  # noqa: PLC0415 - few ask for it

    return web.Response(body=control_document(), content_type="application/json")


def _found(method: str, path: str) -> tuple[ControlCall | None, Parts]:
    """Return the call of a method and path, and the variable parts of the path."""
    plain = _PLAIN.get((method, path))
    if plain is not None:
        return plain, {}
    for call in _WITH_PARTS:
        if call.method == method and (parts := parts_of(call.path, path)):
            return call, parts
    return None, {}
