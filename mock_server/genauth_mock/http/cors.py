"""Cross-origin calls of GenAuth's own paths: pages of other origins may read the answers.

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
