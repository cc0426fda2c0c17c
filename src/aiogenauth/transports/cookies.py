"""No cookies on any call, and no token but ours: one client serves many users, and either belongs to one of them."""

from http.cookies import BaseCookie, SimpleCookie

import aiohttp
from yarl import URL

from aiogenauth.protocol import AUTHORIZATION


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
