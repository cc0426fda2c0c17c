"""What shows how far a request of the aiohttp transport came: proof, and not the last exception.

A middleware of the caller may send a request twice, or with another body, and aiohttp itself sends
a read again on a fresh connection. What left once has left, whatever the last try ended with.
"""

from functools import partial
from http import HTTPStatus
from http.cookies import BaseCookie, SimpleCookie
from typing import TYPE_CHECKING, Final, cast

import aiohttp
from aiohttp import hdrs
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.typedefs import LooseHeaders
from attrs import define, field
from multidict import CIMultiDict
from yarl import URL

from aiogenauth.configuration import is_loopback
from aiogenauth.protocol import AUTHORIZATION
from aiogenauth.transports.inflating import ACCEPT_ENCODING, ENCODINGS

if TYPE_CHECKING:
    import ssl

NOT_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
"""What aiohttp raises only before it sends."""


class Body(aiohttp.Payload):
    """A request body that knows whether it began to leave.

    aiohttp sends the headers together with the first bytes of the body, and raises the same bare
    TimeoutError before and after. Counting trace signals would tell as well, at ten times the cost.
    """

    _autoclose = True  # there is nothing to close when a middleware replaces it

    def __init__(self, whole: bytes) -> None:
        super().__init__(whole, content_type=None)
        self.whole = whole
        self.has_left = False

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.whole)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Return the body as text."""
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


@define(eq=False, repr=False)
class Watch:
    """Goes with one request through aiohttp, as its first and its last middleware.

    Attributes:
        body: Of the request.
        authorization: Of the request; None for a call of nobody.
        connector: Of a session of the caller, whose connections are looked at here.
        is_seen: The request goes through aiohttp's own middlewares, so the session is not patched.
        has_left: Something left that `body` knows nothing of.
    """

    body: Body | None
    authorization: str | None = field(default=None, repr=False)
    connector: aiohttp.BaseConnector | None = None
    is_seen: bool = False
    has_left: bool = False

    async def first(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Take off what a session of the caller has put on, before its middlewares see it."""
        self.is_seen = True
        headers = request.headers
        headers.popall("Cookie", None)
        headers[ACCEPT_ENCODING] = ENCODINGS
        if self.authorization is None:
            headers.popall(AUTHORIZATION, None)
        else:
            # Here, because the session might add that of a ~/.netrc, or refuse to have both.
            headers[AUTHORIZATION] = self.authorization
        if request.proxy is not None and is_loopback(request.url.host or ""):
            request.update_proxy(None, None, None)
        return await handler(request)

    async def last(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Note that a try is handed over, and what its end proves."""
        self.is_seen = True
        if self.connector is not None:
            close_spoiled(self.connector, request.connection_key)
        tells = self.body is not None and request.body is self.body
        try:
            response = await handler(request)
        except NOT_SENT:
            raise
        except BaseException:
            self.has_left |= not tells
            raise
        self.has_left = True
        return response


class Protocol(ResponseHandler):
    """A connection that is not taken again once something came on it that nobody asked for.

    What came would be read as the answer to the next request, of another user perhaps.
    """

    def is_connected(self) -> bool:
        """Whether the pool may give it to the next request, which is when aiohttp asks."""
        return super().is_connected() and not self.should_close


def new_connector(
    ssl: "ssl.SSLContext | bool", keepalive: float, connections: int
) -> aiohttp.TCPConnector:
    """Make a pool of such connections in the running event loop."""
    connector = aiohttp.TCPConnector(limit=connections, keepalive_timeout=keepalive, ssl=ssl)
    made = cast("partial[ResponseHandler]", partial(Protocol, loop=connector._loop))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way to it
    connector._factory = made  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - nor to them
    return connector


def listening_session(
    session: aiohttp.ClientSession, theirs: tuple[aiohttp.ClientMiddlewareType, ...]
) -> aiohttp.ClientSession:
    """Make a session that opens WebSockets on the connections of another one, and no redirect leads it away.

    `ws_connect` follows redirects and cannot be told not to; a middleware sees them before it does.

    Args:
        session: Whose connections, headers and proxy are used; its cookies are not.
        theirs: Middlewares of the caller.
    """
    return aiohttp.ClientSession(
        connector=session.connector,
        connector_owner=False,
        cookie_jar=NoCookies(),
        headers=session.headers,
        trust_env=session.trust_env,
        trace_configs=session.trace_configs,
        proxy=session._default_proxy,  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way to it
        proxy_auth=session._default_proxy_auth,  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above
        middlewares=(Watch(None).first, *theirs, _switching_only),
    )


async def _switching_only(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Refuse every answer to a handshake but the one that opens a WebSocket.

    Raises:
        WSServerHandshakeError: There was another one.
    """
    response = await handler(request)
    if response.status == HTTPStatus.SWITCHING_PROTOCOLS:
        return response
    response.close()
    raise aiohttp.WSServerHandshakeError(response.request_info, (), status=response.status)


SENDS: Final = aiohttp.ClientSession._request  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - what test doubles patch


def is_patched(session: aiohttp.ClientSession) -> bool:
    """Whether a test double sends, or says that it does, in place of aiohttp."""
    return getattr(session._request, "__func__", None) is not SENDS  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above


def close_spoiled(connector: aiohttp.BaseConnector, key: ConnectionKey) -> None:
    """Close the idle connections of a caller's session on which something came unasked."""
    for protocol, _ in connector._conns.get(key, ()):  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - no public way to them
        if protocol.should_close:
            protocol.close()


class OurRequest(aiohttp.ClientRequest):
    """A request of a session of ours, whose headers nobody has to look at once more."""

    def update_headers(self, headers: LooseHeaders | None) -> None:
        """Take the headers as they are, after `Host`; aiohttp copies them one by one."""
        given, host = cast("object", headers), self.url.host_port_subcomponent
        if not isinstance(given, CIMultiDict) or host is None or hdrs.HOST in given:
            super().update_headers(headers)
            return
        self.headers = CIMultiDict(((hdrs.HOST, host),))
        self.headers.extend(cast("CIMultiDict[str]", given))


class NoCookies(aiohttp.DummyCookieJar):
    """Gives the same nothing each time, where aiohttp's own makes a new one for each request."""

    def __init__(self) -> None:
        super().__init__()
        self._none: SimpleCookie = SimpleCookie()

    def filter_cookies(self, request_url: URL) -> "BaseCookie[str]":  # noqa: ARG002 - none for any
        """Return no cookies."""
        return self._none
