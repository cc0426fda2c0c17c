"""The default transport: one pooled aiohttp session, made when it is first needed."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from http.cookies import BaseCookie, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from aiogenauth.errors import ConfigurationError, GenAuthError, Phase
from aiogenauth.protocol import AUTHORIZATION, Reply, Request
from aiogenauth.transports.deadlines import Deadline
from aiogenauth.transports.failures import (
    LONGEST_ANSWER,
    SHARE_TO_CONNECT,
    lost,
    not_sent,
    too_long,
    without_frames,
)
from aiogenauth.transports.sessions import Sessions, closed

if TYPE_CHECKING:
    import ssl


class Body(aiohttp.Payload):
    """A request body that knows whether it began to leave.

    aiohttp sends the headers together with the first bytes of the body, and raises the same bare
    TimeoutError before and after. Counting trace signals would tell as well, at ten times the cost.
    """

    def __init__(self, whole: bytes) -> None:
        super().__init__(whole, content_type=None)
        self.whole = whole
        self.has_left = False

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.whole)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Give the body as text."""
        return self.whole.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Write everything."""
        self.has_left = True
        await writer.write(self.whole)

    async def write_with_length(
        self,
        writer: AbstractStreamWriter,
        content_length: int | None,  # noqa: ARG002 - it is the length of the whole
    ) -> None:
        """Write everything; aiohttp calls this one."""
        self.has_left = True
        await writer.write(self.whole)


class NoCookies(aiohttp.DummyCookieJar):
    """Gives the same nothing each time, where aiohttp's own makes a new one for each request."""

    def __init__(self) -> None:
        super().__init__()
        self._none: SimpleCookie = SimpleCookie()

    def filter_cookies(self, request_url: URL) -> "BaseCookie[str]":  # noqa: ARG002 - none for any
        """Give no cookies."""
        return self._none


async def without_cookies(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Take off the cookies that a session of the caller has put on; a middleware of aiohttp."""
    request.headers.popall("Cookie", None)
    return await handler(request)


async def without_credentials(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Take off the `Authorization` of a session of the caller, too, on a call that has none."""
    request.headers.popall(AUTHORIZATION, None)
    return await without_cookies(request, handler)


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

_NOT_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
"""What aiohttp raises only before it sends. The body tells in all other cases."""


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
        ConfigurationError: The session has an `auth` of its own.
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
        if getattr(session, "auth", None) is not None:
            text = "session: has an `auth` of its own, which would replace the user's access token"
            raise ConfigurationError(text).with_facts(field="session")
        make = partial(_new_session, ssl, keepalive, connections)
        self._sessions = Sessions(make, session)
        # Those given for one request replace the session's own.
        theirs = () if session is None else session._middlewares  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way to them
        self._middlewares = None if session is None else (without_cookies, *theirs)
        self._of_nobody = None if session is None else (without_credentials, *theirs)
        self._trust_env = trust_env
        self._urls = _Urls()
        self._connect = 0.0, aiohttp.ClientTimeout(total=None)

    async def send(self, request: Request) -> Reply:
        """Send once, follow no redirect, read the whole answer.

        Raises:
            NotDelivered: Certainly not one byte left.
            OutcomeUnknown: Anything else went wrong.
        """
        place = self._sessions.current()
        body = None if request.body is None else Body(request.body)
        phase: Phase = "answer"
        try:
            with Deadline(place.deadlines, request.timeout):
                response = await self._sent(request, place.session, body)
                phase = "body"
                content = response.content
                whole = content.read_nowait() if content.is_eof() else await _limited(response)
                if len(whole) > LONGEST_ANSWER:
                    raise too_long()
                return Reply(response.status, response.headers, whole)
        except asyncio.CancelledError as cancelled:
            raise without_frames(cancelled)  # noqa: B904 - itself; `from` would add nothing
        except (aiohttp.ClientError, OSError, RuntimeError) as exc:
            failure = _failure(exc, place.session, body, phase)
        # Raised out here, so that the foreign exception is not chained behind our back.
        raise failure

    async def aclose(self) -> None:
        """Close the connections if they are ours. A session of the caller stays open."""
        await self._sessions.aclose()

    def _sent(
        self, request: Request, session: aiohttp.ClientSession, body: Body | None
    ) -> Awaitable[aiohttp.ClientResponse]:
        is_of_user = AUTHORIZATION in request.headers
        return session.request(
            request.method,
            self._urls[request.url],
            data=body,
            headers=request.headers,
            params=request.query,
            timeout=self._time_to_connect(request.timeout),
            allow_redirects=False,
            raise_for_status=False,
            proxy=self._proxy(request.url) if self._trust_env else None,
            middlewares=self._middlewares if is_of_user else self._of_nobody,
        )

    def _time_to_connect(self, seconds: float) -> aiohttp.ClientTimeout:
        """Keep the limits of the last request, because most requests have the same."""
        if self._connect[0] != seconds:
            self._connect = seconds, _time_to_connect(seconds)
        return self._connect[1]

    @staticmethod
    def _proxy(url: str) -> str | None:
        parts = urlsplit(url)
        if proxy_bypass(parts.netloc):
            return None
        return getproxies().get(parts.scheme)


class _Urls(dict[str, URL]):
    """URLs as aiohttp wants them, each parsed once, and not more than a few of them."""

    def __missing__(self, url: str) -> URL:
        if len(self) >= _URLS_KEPT:
            self.clear()
        return self.setdefault(url, URL(url, encoded=True))


def _failure(
    exc: Exception, session: aiohttp.ClientSession, body: Body | None, phase: Phase
) -> GenAuthError:
    """Say what a foreign exception proves. A session whose loop ended raises RuntimeError."""
    stayed = isinstance(exc, _NOT_SENT) or (body is not None and not body.has_left)
    if session.closed and isinstance(exc, RuntimeError) and (stayed or body is None):
        return closed()
    return not_sent(exc) if stayed else lost(exc, phase)


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
    connector = aiohttp.TCPConnector(limit=connections, keepalive_timeout=keepalive, ssl=ssl)
    return aiohttp.ClientSession(connector=connector, cookie_jar=NoCookies())


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    """Read an answer of unknown length, as long as it is not endless."""
    parts = bytearray()
    async with response:
        async for part in response.content.iter_any():
            parts += part
            if len(parts) > LONGEST_ANSWER:
                response.close()
                raise too_long()
    return bytes(parts)
