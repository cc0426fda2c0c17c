"""A transport over the `httpx.AsyncClient` or `httpx2.AsyncClient` that an application has."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import aclosing
from types import ModuleType
from typing import Protocol

from aiogenauth.errors import ConfigurationError, GenAuthError
from aiogenauth.protocol import AUTHORIZATION, Reply, Request
from aiogenauth.transports.failures import (
    SHARE_TO_CONNECT,
    lost,
    not_sent,
    too_long,
    unreadable,
    without_frames,
)
from aiogenauth.transports.inflating import (
    ACCEPT_ENCODING,
    ENCODINGS,
    LONGEST_ANSWER,
    InflateError,
    unpacked,
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
    @property
    def is_stream_consumed(self) -> bool: ...  # noqa: D102 - named as httpx does
    @property
    def content(self) -> bytes: ...  # noqa: D102 - named as httpx does
    def aiter_raw(self) -> AsyncIterator[bytes]: ...  # noqa: D102 - named as httpx does
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

    The client's own `auth`, cookies and redirects are not used for GenAuth's calls. Two things the
    default transport can do, and a client of httpx cannot: an answer that nobody asked for, sent
    together with a good one on a connection that is kept, is read as the answer to the next request
    on it; and calls that are cancelled may leave the pool of httpx without a free connection for
    good (`PoolTimeout`). Prefer the default transport where callers go away in the middle of a call.

    Args:
        client: An `httpx.AsyncClient` or an `httpx2.AsyncClient`.

    Raises:
        ConfigurationError: It is neither.
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
                    whole = await _whole(response)
        except asyncio.CancelledError as cancelled:
            raise without_frames(cancelled)  # noqa: B904 - itself; `from` would add nothing
        except Exception as exc:  # noqa: BLE001 - nobody can list what may come out of here
            failure = self._failure(exc, progress, request)
        else:
            return _reply(response, whole)
        # Raised out here, so that the foreign exception is not chained behind our back.
        raise failure

    def _failure(self, exc: Exception, progress: "_Progress", request: Request) -> GenAuthError:
        """Say what a foreign exception proves; what left once has left, whatever came later.

        Where nothing was seen of the request, a transport of the caller may have sent another one
        in its place. A class is then taken at its word only from httpx's own transport, and where
        it has no cause, as a mock raises it.
        """
        if progress.has_left:
            stayed = False
        elif progress.is_connecting or not progress.is_begun:
            stayed = True
        else:
            is_word = exc.__cause__ is None or self._is_plain(request.url)
            stayed = isinstance(exc, self._not_sent) and is_word
        if stayed:
            return not_sent(exc, request)
        return lost(exc, "body" if progress.is_reading_body else "answer", request)

    def _is_plain(self, url: str) -> bool:
        """Whether httpx's own transport carries what goes there, and not one of the caller's."""
        find = getattr(self._client, "_transport_for_url", None)
        if find is None:
            return False
        return type(find(self._httpx.URL(url))) is self._httpx.AsyncHTTPTransport

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
        built.headers[ACCEPT_ENCODING] = ENCODINGS
        progress.is_begun = True
        return await self._client.send(built, auth=None, follow_redirects=False, stream=True)


async def _whole(response: HttpxResponse) -> bytes:
    """Read a body as it came, and stop where it is longer than it may be."""
    if response.is_stream_consumed:  # by a hook of the caller's client, or made up by a mock
        return response.content
    parts = bytearray()
    async for part in response.aiter_raw():
        parts += part
        if len(parts) > LONGEST_ANSWER:
            break
    return bytes(parts)


def _reply(response: HttpxResponse, whole: bytes) -> Reply:
    """Unpack the body.

    Raises:
        OutcomeUnknown: It cannot be unpacked, or is longer than an answer may be.
    """
    if len(whole) > LONGEST_ANSWER:
        raise too_long()
    try:
        return Reply(response.status_code, response.headers, unpacked(response.headers, whole))
    except InflateError as exc:
        why = str(exc)
    raise unreadable(why)


class _Progress:
    """How far a request has come, told by httpx's own trace extension.

    Attributes:
        is_begun: The client was asked to send.
        is_connecting: The last that was seen is that a connection was looked for.
        has_left: The headers began to leave; this is never taken back.
        is_reading_body: The answer's headers are read.
    """

    def __init__(self) -> None:
        self.is_begun = False
        self.is_connecting = False
        self.has_left = False
        self.is_reading_body = False

    async def __call__(self, event: str, facts: Mapping[str, object]) -> None:
        """Note how far it is; what happens while things are cleared away does not count.

        What is said to a proxy, to be connected through it, is not the request.
        """
        if event.endswith(".started"):
            self.is_reading_body |= ".receive_response_body" in event
            self.is_connecting |= event.startswith("connection.connect")
            if ".send_request_headers" in event:
                sent = facts.get("request")
                self.has_left |= getattr(sent, "method", b"") != b"CONNECT"


def _library(client: object) -> ModuleType:
    """Find out whose client this is, subclasses included."""
    for each in type(client).__mro__:
        name = each.__module__.partition(".")[0]
        if name in {"httpx", "httpx2"} and each.__name__ == "AsyncClient":
            return sys.modules[name]
    text = "client: give an httpx.AsyncClient or an httpx2.AsyncClient"
    raise ConfigurationError(text).with_facts(field="client")
