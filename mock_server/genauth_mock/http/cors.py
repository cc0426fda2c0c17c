"""Origins of web pages: which is ours, and that pages of all others may read the answers of GenAuth's own paths.

Source: a private deployment was seen to reflect any origin, with credentials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.http.messages import HttpReply

if TYPE_CHECKING:
    from collections.abc import Mapping

PATHS: Final = ("/api/", "/oidc/", "/oauth/")
"""What pages of other origins may call; never ``/_mock/``."""

METHODS: Final = "GET, POST, PUT, PATCH, DELETE, HEAD"

KEPT_SECONDS: Final = "600"
"""How long a browser keeps the answer to a preflight."""

APP_HEADERS: Final = frozenset({"x-genauth-app-id", "x-authing-app-id"})


SCHEME: Final = ":scheme"
"""Under this name the scheme of a connection goes with the headers, as in HTTP/2; no header that is sent has it."""

_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Return whether a request with an ``Origin`` comes from a page of this server.

    A page over TLS is one of a server without it only where something in between ends TLS, which either the browser
    says (``Sec-Fetch-Site``, which no page can set) or what is in between (``X-Forwarded-Proto``).

    Args:
        headers: What came with the request, by lower-case names, and `SCHEME`.
    """
    scheme, _, place = headers.get("origin", "").lower().partition("://")
    port = _DEFAULT_PORTS.get(scheme)
    host = headers.get("host", "").lower()
    if port is None or place.removesuffix(port) != host.removesuffix(port):
        return False
    is_told = headers.get("sec-fetch-site") == "same-origin"
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return is_told or scheme == (forwarded or headers.get(SCHEME, "http"))


def is_preflight(method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Return whether a browser asks whether a page may call. Source: Fetch, CORS-preflight request."""
    return (
        method == "OPTIONS"
        and path.startswith(PATHS)
        and "access-control-request-method" in headers
        and "origin" in headers
    )


def names_an_app(headers: Mapping[str, str]) -> bool:
    """Return whether the call after a preflight will name its app, which the preflight itself cannot."""
    named = headers.get("access-control-request-headers", "").lower().split(",")
    return not APP_HEADERS.isdisjoint(each.strip() for each in named)


def preflight_reply(headers: Mapping[str, str], *, is_allowed: bool) -> HttpReply:
    """Answer a preflight: with what was asked for, or with nothing that lets the page call."""
    if not is_allowed:
        return HttpReply(204, b"", {"Vary": "Origin"})
    allowed = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Max-Age": KEPT_SECONDS,
        **allowing(headers["origin"]),
    }
    named = headers.get("access-control-request-headers")
    if named:
        allowed["Access-Control-Allow-Headers"] = named
    return HttpReply(204, b"", allowed)


def allowing(origin: str) -> dict[str, str]:
    """Return the headers that let a page of an origin read an answer."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
