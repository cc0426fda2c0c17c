"""No cookies on any call: one client serves many users, and a cookie belongs to one of them."""

from http.cookies import BaseCookie, SimpleCookie

import aiohttp
from yarl import URL


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
