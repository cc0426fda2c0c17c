"""The paths under ``/_mock/``, and the aiohttp side of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, cast

from aiohttp import web

from genauth_mock.api.routing import BODY_LIMIT
from genauth_mock.control import (
    apps,
    clock,
    dump,
    faults,
    messages,
    requests,
    users,
)
from genauth_mock.control import (
    apps as state,
)
from genauth_mock.control.events import stream_events
from genauth_mock.control.openapi import serve_document
from genauth_mock.control.request import ControlError, ControlRequest, Json
from genauth_mock.http.body import body_of
from genauth_mock.http.json_text import read_json, write_json
from genauth_mock.http.messages import named_app
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from genauth_mock.runtime.deployment import Deployment

log = logging.getLogger("genauth_mock")

CONTROLS: Final[Mapping[tuple[str, str], Callable[[ControlRequest], Awaitable[Json]]]] = {
    ("GET", "/_mock/health"): state.health,
    ("GET", "/_mock/apps"): apps.list_apps,
    ("POST", "/_mock/users"): users.create_user,
    ("GET", "/_mock/users"): users.list_users,
    ("GET", "/_mock/users/{userId}"): users.one_user,
    ("GET", "/_mock/messages"): messages.list_messages,
    ("GET", "/_mock/clock"): clock.read_clock,
    ("POST", "/_mock/clock"): clock.move_clock,
    ("POST", "/_mock/reset"): state.reset,
    ("GET", "/_mock/state"): dump.dump_state,
    ("POST", "/_mock/state"): dump.load_state,
    ("GET", "/_mock/settings"): state.get_settings,
    ("POST", "/_mock/settings"): state.set_settings,
    ("GET", "/_mock/faults"): faults.list_faults,
    ("POST", "/_mock/faults"): faults.add_faults,
    ("DELETE", "/_mock/faults"): faults.remove,
    ("DELETE", "/_mock/faults/{faultId}"): faults.remove,
    ("GET", "/_mock/requests"): requests.list_requests,
    ("GET", "/_mock/requests/count"): requests.count_requests,
    ("DELETE", "/_mock/requests"): requests.clear_requests,
}

EVENTS: Final = "/_mock/events"

LIMITS: Final[Mapping[str, int]] = {"/_mock/state": 256 * 1024 * 1024}
"""Largest body in bytes where it is not `BODY_LIMIT`: a state holds all messages that were sent."""


def control_routes(deployment: Deployment) -> list[web.RouteDef]:
    """Give the routes under ``/_mock/``."""
    routes = [
        web.route(method, path, _handler(deployment, control))
        for (method, path), control in CONTROLS.items()
    ]
    return [
        *routes,
        web.get(EVENTS, _events(deployment)),
        web.get("/openapi.json", serve_document),
        web.route("*", "/_mock/{rest:.*}", _unknown),
    ]


def _handler(
    deployment: Deployment, control: Callable[[ControlRequest], Awaitable[Json]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            answer = _json(200, await control(await _control_request(deployment, request)))
        except (ControlError, StoreUnreachable) as no:
            answer = _refused(no)
        await deployment.share()
        return answer

    return handle


def _events(
    deployment: Deployment,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await stream_events(deployment, request)
        except (ControlError, StoreUnreachable) as no:
            return _refused(no)

    return handle


async def _control_request(deployment: Deployment, request: web.Request) -> ControlRequest:
    body = await _body(request)
    named = named_app(request.headers, request.query) or body.get("appId")
    if named is not None and not isinstance(named, str):
        message = "appId must be a string"
        raise ControlError(message)
    base_url = f"{request.scheme}://{request.host}"
    return ControlRequest(deployment, named, request.query, body, request.match_info, base_url)


async def _body(request: web.Request) -> Mapping[str, object]:
    limit = LIMITS.get(request.path, BODY_LIMIT)
    raw = await body_of(request, limit)
    if len(raw) > limit:
        message = f"the body must be at most {limit} bytes"
        raise ControlError(message, status=413)
    if not raw.strip():
        return {}
    try:
        content = read_json(raw)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        message = "the body must be a JSON object"
        raise ControlError(message)
    return cast("Mapping[str, object]", content)


async def _unknown(request: web.Request) -> web.Response:
    there = ", ".join(sorted(f"{method} {path}" for method, path in {*CONTROLS, ("GET", EVENTS)}))
    return _json(404, {"error": f"no {request.method} {request.path}; there are: {there}"})


def _refused(no: ControlError | StoreUnreachable) -> web.Response:
    if isinstance(no, ControlError):
        return _json(no.status, {"error": no.message})
    log.error("%s", no)
    return _json(503, {"error": str(no)})


def _json(status: int, content: Json) -> web.Response:
    return web.Response(status=status, body=write_json(content), content_type="application/json")
