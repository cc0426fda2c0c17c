"""The guard in front of routes: the aiohttp side of `genauth_mock.guard`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from genauth_mock.guard import Guard
from genauth_mock.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from aiohttp.typedefs import Handler

    from genauth_mock.deployment import Deployment
    from genauth_mock.guard import Denial


def guarded(deployment: Deployment, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """Let control routes answer only whom the guard lets through."""
    return _behind(_guard(deployment).denial, routes)


def guarded_page(deployment: Deployment, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """As `guarded`, for files that a browser loads by itself and cannot show a token for."""
    return _behind(_guard(deployment).denial_of_page, routes)


def _guard(deployment: Deployment) -> Guard:
    options = deployment.options
    return Guard(frozenset(host.lower() for host in options.allowed_hosts), options.control_token)


def _behind(
    denial_of: Callable[[Mapping[str, str]], Denial | None], routes: Iterable[web.RouteDef]
) -> list[web.RouteDef]:
    return [
        web.route(route.method, route.path, _checked(denial_of, route.handler), **route.kwargs)
        for route in routes
    ]


def _checked(
    denial_of: Callable[[Mapping[str, str]], Denial | None], handler: Handler
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        denial = denial_of(request.headers)
        if denial is None:
            return await handler(request)
        return web.Response(
            status=denial.http_status,
            body=write_json({"error": denial.reason}),
            content_type="application/json",
            headers=denial.headers,
        )

    return handle
