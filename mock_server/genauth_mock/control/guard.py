"""The guard in front of routes: the aiohttp side of `genauth_mock.control.guard`."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from attrs import field

from genauth_mock.engine.value import frozen
from genauth_mock.http.cors import SCHEME, is_same_origin
from genauth_mock.http.json_text import write_json
from genauth_mock.http.writer import http_date
from genauth_mock.runtime.host_names import read_hosts
from genauth_mock.runtime.options import shows_token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from aiohttp.typedefs import Handler

    from genauth_mock.runtime.deployment import Deployment


CHALLENGE: Final = 'Bearer realm="genauth-mock"'
"""What a call without the token is request for; tells a mock that wants its token from any other server."""

UNAUTHORIZED: Final = 401
FORBIDDEN: Final = 403

_HAS_OTHER_ORIGIN: Final = ("cross-site", "same-site")
"""Source: Fetch Metadata, ``Sec-Fetch-Site``; another port of localhost is the same site and another origin."""

_LINK: Final = ("navigate", "document")
"""What a browser says of its request where a person follows a link, or a page sends the person on."""


@frozen
class Denial:
    """Why a call may not be made, and what to do about it."""

    http_status: int
    reason: str

    @property
    def headers(self) -> dict[str, str]:
        """What goes with the answer. Source: RFC 9110, 15.5.2: a 401 says how to authenticate."""
        return {"WWW-Authenticate": CHALLENGE} if self.http_status == UNAUTHORIZED else {}


@frozen
class Guard:
    """The rule.

    Attributes:
        allowed_hosts: Names under which the server may be called, besides loopback and ``*.localhost``. ``0.0.0.0``
            and ``::`` stand for every address (an address cannot be rebound, only a name can).
        token: What has to be shown, or None where nothing has to.
        public_origin: The origin of the page where a proxy forwards it; None where none does.
    """

    allowed_hosts: frozenset[str] = frozenset()
    token: str | None = field(default=None, repr=False)
    public_origin: str | None = None

    def denial(self, headers: Mapping[str, str]) -> Denial | None:
        """Return why a control call may not be made, or None where it may.

        Args:
            headers: The call's headers; looked up by lower-case name.
        """
        return self.denial_of_page(headers) or self._denial_of_token(headers)

    def denial_of_link(self, headers: Mapping[str, str]) -> Denial | None:
        """Return why a page may not be opened: as `denial_of_page`, but a link on any other page may lead to it.

        The browser shows the page then, and the other page cannot look into it. Source: Fetch Metadata,
        ``Sec-Fetch-Mode`` and ``Sec-Fetch-Dest``; a frame has another destination.
        """
        is_link = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == _LINK
        others = ("sec-fetch-site", "origin") if is_link else ()
        return self.denial_of_page(
            {name.lower(): value for name, value in headers.items() if name.lower() not in others}
        )

    def denial_of_page(self, headers: Mapping[str, str]) -> Denial | None:
        """Return why a page may not be shown: as `denial`, but without asking for a token."""
        host = headers.get("host", "")
        if not self._is_known(_name(host)):
            return Denial(FORBIDDEN, _rebound(_name(host)))
        origin = headers.get("origin")
        if origin not in {None, self.public_origin} and not is_same_origin(headers):
            return Denial(
                FORBIDDEN, f"/_mock/ does not answer to web pages of another origin ({origin})"
            )
        site = headers.get("sec-fetch-site")
        if site in _HAS_OTHER_ORIGIN:
            return Denial(
                FORBIDDEN, f"/_mock/ does not answer to web pages of another origin ({site})"
            )
        return None

    def _is_known(self, name: str) -> bool:
        if name == "localhost" or name.endswith(".localhost") or name in self.allowed_hosts:
            return True
        try:
            given = ip_address(name)
        except ValueError:
            return False
        return given.is_loopback or not self.allowed_hosts.isdisjoint({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound

    def _denial_of_token(self, headers: Mapping[str, str]) -> Denial | None:
        if shows_token(headers, self.token):
            return None
        return Denial(
            UNAUTHORIZED,
            "/_mock/ asks for the control token that the server was started with: send "
            "Authorization: Bearer TOKEN, or X-GenAuth-Mock-Token: TOKEN",
        )


def _rebound(name: str) -> str:
    return (
        f"/_mock/ does not answer to the host name {name!r}, which a web page could have pointed "
        f"here (DNS rebinding); if it is yours, start with --allowed-host {name or 'NAME'}"
    )


_LAST_PORT: Final = 2**16 - 1

_HOST: Final = re.compile(
    r"(?:\[([0-9a-f:.]+)\]|([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::([0-9]{1,5}))?"
)
"""Source: RFC 9110, section 7.2, as browsers write it: a name or an address, and a port; nothing else."""


def _name(host: str) -> str:
    """Return the name or address in a ``Host`` header, without port and brackets, in lower case; empty for all else."""
    found = _HOST.fullmatch(host.lower())
    if found is None or int(found[3] or 0) > _LAST_PORT:
        return ""
    return found[1] or found[2]


def guarded(deployment: Deployment, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """Return control routes that answer only whom the guard lets through."""
    return _behind(_guard(deployment).denial, routes)


def guarded_page(deployment: Deployment, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """As `guarded`, for files that a browser loads by itself and cannot show a token for."""
    return _behind(_guard(deployment).denial_of_page, routes)


def guarded_link(deployment: Deployment, routes: Iterable[web.RouteDef]) -> list[web.RouteDef]:
    """As `guarded_page`, for a page that a link may lead to."""
    return _behind(_guard(deployment).denial_of_link, routes)


def _guard(deployment: Deployment) -> Guard:
    options = deployment.options
    public = options.public_url
    if public is None:
        return Guard(frozenset(options.allowed_hosts), options.control_token)
    parts = urlsplit(public)
    hosts = frozenset((*options.allowed_hosts, *read_hosts([parts.netloc])))
    return Guard(hosts, options.control_token, f"{parts.scheme}://{parts.netloc}")


def _behind(
    denial_of: Callable[[Mapping[str, str]], Denial | None], routes: Iterable[web.RouteDef]
) -> list[web.RouteDef]:
    return [
        web.route(route.method, route.path, _checked(denial_of, route.handler), **route.kwargs)
        for route in routes
    ]


def _asked_of(request: web.Request) -> Mapping[str, str]:
    """Return the headers of a request; a target in absolute form says the host. Source: RFC 9112, section 3.2.2."""
    headers = {name.lower(): request.headers[name] for name in request.headers}  # the first of each
    headers[SCHEME] = request.scheme
    target = request.raw_path
    if not target.startswith("/"):
        headers["host"] = target.partition("://")[2].partition("/")[0]
    return headers


def _checked(
    denial_of: Callable[[Mapping[str, str]], Denial | None], handler: Handler
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        denial = denial_of(_asked_of(request))
        if denial is None:
            response = await handler(request)
            if not response.prepared:
                response.headers.setdefault(hdrs.DATE, http_date())
            return response
        return web.Response(
            status=denial.http_status,
            body=write_json({"error": denial.reason}),
            content_type="application/json",
            headers={**denial.headers, hdrs.DATE: http_date()},
        )

    return handle
