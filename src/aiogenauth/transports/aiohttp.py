"""The default transport: one pooled aiohttp session, made when it is first needed."""

import asyncio
from collections.abc import Awaitable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import aiohttp
from multidict import CIMultiDict as Headers
from yarl import URL

from aiogenauth.errors import ConfigurationError, GenAuthError, Phase
from aiogenauth.protocol import AUTHORIZATION, Reply, Request
from aiogenauth.transports.deadlines import Deadline
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
from aiogenauth.transports.proxies import proxy_for
from aiogenauth.transports.sessions import Sessions, closed
from aiogenauth.transports.watching import (
    NOT_SENT,
    Body,
    NoCookies,
    OurRequest,
    Watch,
    is_patched,
    listening_session,
    new_connector,
)

if TYPE_CHECKING:
    import ssl


KEEPALIVE: Final = 4.0
"""Seconds that an idle connection is kept: less than the 5 of Node's HTTP server and the 60 of
common load balancers. A request on a connection that the other side just closed is a lost one."""
CONNECTIONS: Final = 100
"""Open connections at most; further calls wait for one."""
LONGEST_CONNECT: Final = 5.0
"""Seconds to open a TCP connection; nothing was sent then, so there may be time to try again."""
TIME_TO_TELL: Final = 0.02
"""Seconds less than that share, so that the two limits stay apart when time is short."""
_NEVER: Final = 1e9
"""Keeps aiohttp from rounding timeouts above 5 s up to whole seconds."""
_URLS_KEPT: Final = 64
LONGEST_HEADER: Final = 64 * 1024
"""Bytes of one header of an answer; a company network may add long ones, and aiohttp reads 8190."""
MOST_HEADERS: Final = 512
"""Headers of an answer; aiohttp reads 128."""


class AiohttpTransport:
    """Sends over aiohttp.

    A session is made on first use, one in each event loop, and made anew after the loop ended or
    the process forked. A session that the caller gives is used and never closed; its cookies are
    not used for GenAuth's calls.

    Args:
        session: A session of the caller.
        ssl: Context for TLS, or False to verify nothing.
        trust_env: Use the proxy that the environment names.
        keepalive: Seconds to keep an idle connection.
        connections: Open connections at most, in each event loop.

    Raises:
        ConfigurationError: The session is none of aiohttp's, or has an `auth` of its own.
    """

    def __init__(  # noqa: PLR0913 - promised: a session of the caller, or how ours is made
        self,
        session: aiohttp.ClientSession | None = None,
        *,
        ssl: "ssl.SSLContext | bool" = True,
        trust_env: bool = False,
        keepalive: float = KEEPALIVE,
        connections: int = CONNECTIONS,
    ) -> None:
        make = partial(_new_session, ssl, keepalive, connections)
        self._sessions = Sessions(make, None if session is None else _usable(session))
        # Those given for one request replace the session's own.
        self._theirs = None if session is None else tuple(session._middlewares)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way to them
        self._trust_env = trust_env
        self._urls = _Urls()
        self._connect = 0.0, aiohttp.ClientTimeout(total=None)

    async def send(self, request: Request) -> Reply:
        """Send once, follow no redirect, read the whole answer.

        Raises:
            NotDelivered: Certainly not one byte left.
            OutcomeUnknown: Anything else went wrong.
            ConfigurationError: The session is closed, or the environment's proxy cannot be used.
        """
        place = self._sessions.current()
        exchange = _Exchange(request, place.session)
        try:
            with Deadline(place.deadlines, request.timeout):
                proxy = await proxy_for(request.url) if self._trust_env else None
                response = await self._sent(exchange, proxy)
                exchange.phase = "body"
                content = response.content
                whole = content.read_nowait() if content.is_eof() else await _limited(response)
        except asyncio.CancelledError as cancelled:
            raise without_frames(cancelled)  # noqa: B904 - itself; `from` would add nothing
        except Exception as exc:  # noqa: BLE001 - nobody can list what may come out of here
            failure = exchange.failure(exc)
        else:
            return _reply(response, whole)
        # Raised out here, so that the foreign exception is not chained behind our back.
        raise failure

    async def connect(
        self, url: str, query: Mapping[str, str], seconds: float, heartbeat: float
    ) -> aiohttp.ClientWebSocketResponse:
        """Open a WebSocket, and follow no redirect. What aiohttp raises is handed on, and shows the query.

        Args:
            url: With `wss`.
            query: Query parameters.
            seconds: Time to connect.
            heartbeat: Seconds between two pings.
        """
        proxy = await proxy_for(url) if self._trust_env else None
        session = listening_session(self._sessions.current().session, self._theirs or ())
        async with session, asyncio.timeout(seconds):
            return await session.ws_connect(
                url, params=query, heartbeat=heartbeat, proxy=proxy, compress=0
            )

    async def aclose(self) -> None:
        """Close the connections if they are ours. A session of the caller stays open."""
        await self._sessions.aclose()

    def _sent(self, exchange: "_Exchange", proxy: str | None) -> Awaitable[aiohttp.ClientResponse]:
        request, body = exchange.request, exchange.body
        url, timeout = self._urls[request.url], self._time_to_connect(request.timeout)
        exchange.is_begun = True
        if self._theirs is not None:
            return self._sent_by(self._theirs, exchange, proxy)
        if body is None:
            exchange.watch = watch = Watch(None)
            middlewares = (watch.last,)
        else:
            middlewares = None
        return exchange.session.request(
            request.method,
            url,
            data=body,
            headers=request.headers,
            timeout=timeout,
            allow_redirects=False,
            proxy=proxy,
            middlewares=middlewares,
        )

    def _sent_by(
        self,
        theirs: tuple[aiohttp.ClientMiddlewareType, ...],
        exchange: "_Exchange",
        proxy: str | None,
    ) -> Awaitable[aiohttp.ClientResponse]:
        """Send by a session of the caller: say all that ours know, and watch its middlewares."""
        request, session = exchange.request, exchange.session
        headers = Headers(request.headers)
        authorization = headers.pop(AUTHORIZATION, None)  # they may not see it
        exchange.watch = watch = Watch(exchange.body, authorization, session.connector)
        return session.request(
            request.method,
            self._urls[request.url],
            data=exchange.body,
            headers=headers,
            timeout=self._time_to_connect(request.timeout),
            allow_redirects=False,
            raise_for_status=False,
            proxy=proxy,
            auto_decompress=False,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            middlewares=(watch.first, *theirs, watch.last),
        )

    def _time_to_connect(self, seconds: float) -> aiohttp.ClientTimeout:
        """Keep the limits of the last request, because most requests have the same."""
        if self._connect[0] != seconds:
            self._connect = seconds, _time_to_connect(seconds)
        return self._connect[1]


class _Urls(dict[str, URL]):
    """URLs as aiohttp wants them, each parsed once, and not more than a few of them."""

    def __missing__(self, url: str) -> URL:
        if "?" in url:  # there are too many of them, and they may hold anything
            return URL(url, encoded=True)
        if len(self) >= _URLS_KEPT:
            self.clear()
        return self.setdefault(url, URL(url, encoded=True))


class _Exchange:
    """One request and its answer: how far they came.

    Attributes:
        request: What is sent.
        session: What sends it.
        body: Its body, which notes that it leaves.
        watch: Notes the same where the body cannot.
        is_begun: aiohttp was asked.
        phase: What was waited for.
    """

    __slots__ = ("body", "is_begun", "phase", "request", "session", "watch")

    def __init__(self, request: Request, session: aiohttp.ClientSession) -> None:
        self.request = request
        self.session = session
        self.body = None if request.body is None else Body(request.body)
        self.watch: Watch | None = None
        self.is_begun = False
        self.phase: Phase = "answer"

    def failure(self, exc: Exception) -> GenAuthError:
        """Say what a foreign exception proves. A session whose loop ended raises RuntimeError."""
        if not self.is_begun:
            return exc if isinstance(exc, ConfigurationError) else not_sent(exc, self.request)
        if self.session.closed and isinstance(exc, RuntimeError) and not self._has_left():
            return closed()
        if self._stayed(exc):
            return not_sent(exc, self.request)
        return lost(exc, self.phase, self.request)

    def _has_left(self) -> bool:
        watch, body = self.watch, self.body
        return (watch is not None and watch.has_left) or (body is not None and body.has_left)

    def _stayed(self, exc: Exception) -> bool:
        """Whether it is proven that nothing left.

        It is not where nobody saw the request go through aiohttp, because a session may be patched.
        Only a class that is raised without a cause, as a mock raises it, is then taken at its word.
        """
        watch = self.watch
        is_seen = not is_patched(self.session) if watch is None else watch.is_seen
        may_have_stayed = is_seen or (isinstance(exc, NOT_SENT) and exc.__cause__ is None)
        return may_have_stayed and not self._has_left()


def _usable(session: object) -> aiohttp.ClientSession:
    """Take a session of the caller.

    Raises:
        ConfigurationError: It is none of aiohttp's, or has an `auth` of its own.
    """
    if not isinstance(session, aiohttp.ClientSession):
        text = (
            f"session: is {type(session).__name__}; give an aiohttp.ClientSession, "
            "or wrap an httpx.AsyncClient: transport=HttpxTransport(client)"
        )
        raise ConfigurationError(text).with_facts(field="session")
    if session.auth is not None:
        text = "session: has an `auth` of its own, which would replace the user's access token"
        raise ConfigurationError(text).with_facts(field="session")
    return session


def _time_to_connect(seconds: float) -> aiohttp.ClientTimeout:
    """Limit the time until there is a connection; the whole is limited by `Deadlines`."""
    to_connect = max(seconds / 2, seconds * SHARE_TO_CONNECT - TIME_TO_TELL)
    return aiohttp.ClientTimeout(
        total=None,
        connect=to_connect,
        sock_connect=min(LONGEST_CONNECT, to_connect),
        ceil_threshold=_NEVER,
    )


def _new_session(
    ssl: "ssl.SSLContext | bool", keepalive: float, connections: int
) -> aiohttp.ClientSession:
    connector = new_connector(ssl, keepalive, connections)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=NoCookies(),
        headers={ACCEPT_ENCODING: ENCODINGS},
        request_class=OurRequest,
        auto_decompress=False,
        max_field_size=LONGEST_HEADER,
        max_headers=MOST_HEADERS,
    )


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    """Read an answer of unknown length, and stop where it is longer than it may be."""
    parts = bytearray()
    async with response:
        async for part in response.content.iter_any():
            parts += part
            if len(parts) > LONGEST_ANSWER:
                response.close()
                break
    return bytes(parts)


def _reply(response: aiohttp.ClientResponse, whole: bytes) -> Reply:
    """Unpack the body.

    Raises:
        OutcomeUnknown: It cannot be unpacked, or is longer than an answer may be.
    """
    if len(whole) > LONGEST_ANSWER:
        raise too_long()
    try:
        return Reply(response.status, response.headers, unpacked(response.headers, whole))
    except InflateError as exc:
        why = str(exc)
    raise unreadable(why)
