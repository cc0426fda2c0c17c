"""The offline GenAuth behind respx: an httpx application under test meets the same engine, without a socket."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Final, cast

import httpx
import respx

from genauth_mock.engine.waiting import time_limit
from genauth_mock.http.messages import HttpRequest
from genauth_mock.http.paths import readable_path
from genauth_mock.testing.in_process import ConnectionLost, InProcessGenAuth

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["InProcessGenAuth", "genauth_router"]

USUAL_PORTS: Final = {"http": 80, "https": 443}
"""What httpx leaves out of a URL, and respx looks for."""


def genauth_router(genauth: InProcessGenAuth, *, app_host: str | None = None) -> respx.MockRouter:
    """Make a respx router that answers every request to one host as GenAuth does.

    Use it as a context manager or decorator, as any respx router. Routes of other hosts can be added to it. It serves
    ``httpx.AsyncClient`` and ``httpx.Client``, in any number of event loops and threads.

    Args:
        genauth: Who answers; it also makes users, gives pass codes and lets time pass.
        app_host: The host that the application calls; ``genauth.app_host`` where it is left out.

    Raises:
        ValueError: ``app_host`` is not a URL.
    """
    router = _Router(assert_all_called=False)
    host = httpx.URL(app_host or genauth.app_host)
    if host.scheme not in USUAL_PORTS or not host.host:
        msg = f"app_host must be a URL such as https://example.genauth.ai, not {app_host!r}"
        raise ValueError(msg)
    port = host.port or USUAL_PORTS[host.scheme]
    router.route(scheme=host.scheme, host=host.host, port=port).mock(
        side_effect=partial(_answered, genauth)
    )
    return router


_is_synchronous: ContextVar[bool] = ContextVar("is_synchronous", default=False)


class _Router(respx.MockRouter):
    """Tells a synchronous client from others, which a request does not show."""

    def handler(self, request: httpx.Request) -> httpx.Response:
        """Answer a synchronous client."""
        token = _is_synchronous.set(True)
        try:
            return super().handler(request)
        finally:
            _is_synchronous.reset(token)


def _answered(
    genauth: InProcessGenAuth, request: httpx.Request
) -> httpx.Response | Coroutine[object, object, httpx.Response]:
    answer = _answer(genauth, request)
    if not _is_synchronous.get():
        return answer
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(answer)
    # A loop runs here, which the synchronous client holds up anyway; it cannot run another one in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answer).result()


async def _answer(genauth: InProcessGenAuth, request: httpx.Request) -> httpx.Response:
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = dict(request.url.params)
    host = f"{request.url.scheme}://{request.url.netloc.decode()}"
    path = readable_path(request.url.raw_path.decode().partition("?")[0])
    asked = HttpRequest(request.method, path, query, headers, request.content, host)
    try:
        async with time_limit(_read_seconds(request)):
            answer = await genauth.answer(asked)
    except ConnectionLost as error:
        raise httpx.RemoteProtocolError(str(error), request=request) from None
    except TimeoutError:
        msg = "the answer took too long"
        raise httpx.ReadTimeout(msg, request=request) from None
    return httpx.Response(
        answer.status,
        headers=answer.every_header,
        content=answer.body,
    )


def _read_seconds(request: httpx.Request) -> float | None:
    timeouts = cast("dict[str, float | None]", request.extensions.get("timeout", {}))
    return timeouts.get("read")
