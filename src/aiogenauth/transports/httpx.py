"""A transport over the `httpx.AsyncClient` or `httpx2.AsyncClient` that an application has."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import aclosing
from types import ModuleType
from typing import Protocol

from aiogenauth.errors import ConfigurationError, Phase
from aiogenauth.protocol import AUTHORIZATION, Reply, Request
from aiogenauth.transports.failures import (
    LONGEST_ANSWER,
    SHARE_TO_CONNECT,
    lost,
    not_sent,
    too_long,
    without_frames,
)


class HttpxRequest(Protocol):
    """As much of a request of httpx or httpx2 as is changed here."""

    @property
    def headers(self) -> MutableMapping[str, str]: ...  # noqa: D102 - named as httpx does


class HttpxResponse(Protocol):
    """As much of a response of httpx or httpx2 as is read here."""

    @property
    def status_code(self) -> int: ...  # noqa: D102 - named as httpx does
    @property
    def headers(self) -> Mapping[str, str]: ...  # noqa: D102 - named as httpx does
    def aiter_bytes(self) -> AsyncIterator[bytes]: ...  # noqa: D102 - named as httpx does
    async def aclose(self) -> None: ...  # noqa: D102 - named as httpx does


class HttpxClient(Protocol):
    """As much of an `AsyncClient` of httpx or httpx2 as is used here."""

    @property
    def build_request(self) -> Callable[..., HttpxRequest]:
        """Makes a request. As a callable of any arguments: the libraries' own lists differ."""
        ...

    @property
    def send(self) -> Callable[..., Awaitable[HttpxResponse]]:
        """Sends a request and gives the response before its body; also of any arguments."""
        ...

    @property
    def is_closed(self) -> bool:
        """Whether it has been closed."""
        ...


class HttpxTransport:
    """Sends over a client of the caller, with its pool, proxies and TLS, and never closes it.

    The client's own `auth`, cookies and redirects are not used for GenAuth's calls.

    Args:
        client: An `httpx.AsyncClient` or an `httpx2.AsyncClient`.
    """

    def __init__(self, client: HttpxClient) -> None:
        self._client = client
        self._httpx = _library(client)
        self._not_sent: tuple[type[Exception], ...] = (
            self._httpx.ConnectError,
            self._httpx.ConnectTimeout,
            self._httpx.PoolTimeout,
            self._httpx.ProxyError,
            self._httpx.UnsupportedProtocol,
            self._httpx.InvalidURL,
        )
        self._failed: tuple[type[Exception], ...] = (
            self._httpx.HTTPError,
            self._httpx.InvalidURL,
            OSError,
            RuntimeError,  # of a connection whose event loop ended
        )

    async def send(self, request: Request) -> Reply:
        """Send once, follow no redirect, read the whole answer.

        Raises:
            NotDelivered: Certainly not one byte left.
            OutcomeUnknown: Anything else went wrong.
            ConfigurationError: The client of the caller is closed.
        """
        if self._client.is_closed:
            text = "client: the HTTP client that was given is closed; make a new one"
            raise ConfigurationError(text).with_facts(field="client")
        progress = _Progress()
        try:
            async with asyncio.timeout(request.timeout):
                async with aclosing(await self._sent(request, progress)) as response:
                    return Reply(response.status_code, response.headers, await _whole(response))
        except asyncio.CancelledError as cancelled:
            raise without_frames(cancelled)  # noqa: B904 - itself; `from` would add nothing
        except self._failed as exc:
            stayed = isinstance(exc, self._not_sent) or progress.is_connecting
            phase: Phase = "body" if progress.is_reading_body else "answer"
            failure = not_sent(exc) if stayed else lost(exc, phase)
        # Raised out here, so that the foreign exception is not chained behind our back.
        raise failure

    async def _sent(self, request: Request, progress: "_Progress") -> HttpxResponse:
        to_connect = SHARE_TO_CONNECT * request.timeout
        built = self._client.build_request(
            request.method,
            request.url,
            content=request.body,
            headers=request.headers,
            params=request.query,
            timeout=self._httpx.Timeout(request.timeout, connect=to_connect, pool=to_connect),
            extensions={"trace": progress},
        )
        # The client's jar holds the cookies of whichever user was answered last.
        built.headers.pop("Cookie", None)
        if AUTHORIZATION not in request.headers:
            built.headers.pop(AUTHORIZATION, None)
        return await self._client.send(built, auth=None, follow_redirects=False, stream=True)


async def _whole(response: HttpxResponse) -> bytes:
    """Read an answer, as long as it is not endless."""
    parts = bytearray()
    async for part in response.aiter_bytes():
        parts += part
        if len(parts) > LONGEST_ANSWER:
            raise too_long()
    return bytes(parts)


class _Progress:
    """How far a request has come, told by httpx's own trace extension."""

    def __init__(self) -> None:
        self.is_connecting = False
        self.is_reading_body = False

    async def __call__(self, event: str, _facts: object) -> None:
        """Note how far it is; what happens while things are cleared away does not count."""
        if event.endswith(".started"):
            self.is_reading_body |= ".receive_response_body" in event
            if event.startswith("connection.connect"):
                self.is_connecting = True
            elif ".send_request_headers" in event:
                self.is_connecting = False


def _library(client: object) -> ModuleType:
    """Find out whose client this is, subclasses included."""
    for each in type(client).__mro__:
        name = each.__module__.partition(".")[0]
        if name in {"httpx", "httpx2"} and each.__name__ == "AsyncClient":
            return sys.modules[name]
    text = "client: give an httpx.AsyncClient or an httpx2.AsyncClient"
    raise ConfigurationError(text).with_facts(field="client")
