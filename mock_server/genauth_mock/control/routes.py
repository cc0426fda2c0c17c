"""The paths under ``/_mock/``, and the contract's document beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from genauth_mock.control.answering import answer
from genauth_mock.control.health import HEALTH
from genauth_mock.control.openapi import serve_document

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from genauth_mock.control.router import Router
    from genauth_mock.runtime.deployment import Deployment


def control_routes(deployment: Deployment) -> list[web.RouteDef]:
    """Return the routes under ``/_mock/``."""

    async def answer_health(request: web.Request) -> web.Response:
        return await answer(deployment, HEALTH, request, {})

    return [
        web.route(HEALTH.method, HEALTH.path, answer_health),
        web.get("/openapi.json", serve_document),
        web.route("*", "/_mock/{rest:(?s:.*)}", _late(deployment)),
    ]


def _late(deployment: Deployment) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return what answers all other control calls. They are imported with the first of them: a start is sooner."""
    router: Router | None = None

    async def handle(request: web.Request) -> web.StreamResponse:
        nonlocal router
        if router is None:
            from genauth_mock.control.router import Router  # noqa: PLC0415 - as said above

            router = Router(deployment)
        return await router.answer(request)

    return handle
