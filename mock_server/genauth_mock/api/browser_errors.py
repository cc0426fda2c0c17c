"""Refusals of calls that a person makes with a browser: a page where the browser asks for one, JSON for all others.

Source: the library of `genauth_mock.api.oauth_errors`, which shows a page to whoever prefers one; how it looks is ours.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.api.response_pages import styled_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from genauth_mock.api.call import Bare
    from genauth_mock.http.messages import HttpRequest

PATHS: Final = frozenset(
    {
        "/oidc/auth",
        "/oauth/auth",
        "/oidc/session/end",
        "/oauth/session/end",
        "/login/profile/logout",
    }
)
"""Where a person is sent with a browser."""

_HINTS: Final = ("rule", "wayOut", "real")
"""What the journal says that helps a developer, in this order."""

_HTML: Final = "text/html"
_JSON: Final = "application/json"


def for_reader(answer: Bare, request: HttpRequest, why: Mapping[str, str | float] | None) -> Bare:
    """Return an answer in the form that whoever asks prefers.

    Args:
        answer: The answer.
        request: What was asked.
        why: What the journal says of it; None for nothing.
    """
    content = answer.content
    is_refusal = answer.status >= HTTPStatus.BAD_REQUEST and isinstance(content, dict)
    if not is_refusal or request.path not in PATHS or isinstance(content, bytes):
        return answer
    if not prefers_html(request.headers.get("accept", "")):
        return answer
    hints = [str(why[name]) for name in _HINTS if why and why.get(name)]
    shown = "".join(f"<p>{escape(hint)}</p>" for hint in hints)
    inside = (
        f"<section><h2>{escape(str(content.get('error')))}</h2>"
        f"<p role='alert'>{escape(str(content.get('error_description')))}</p>{shown}</section>"
        "<p>This is the offline GenAuth. The browser was not sent back to the application.</p>"
    )
    page = styled_page("This cannot go on", inside, status=answer.status)
    return evolve(page, headers={**answer.headers, **page.headers})


def prefers_html(accept: str) -> bool:
    """Return whether a page is liked better than JSON, or as well and named first. Source: RFC 9110, section 12.5.1.

    ``*/*`` alone, which curl and HTTP libraries send, likes both alike: JSON it is.

    Args:
        accept: The header ``Accept``; empty where none was sent.
    """
    ranges = list(_ranges(accept))
    html, json = _liking(ranges, _HTML), _liking(ranges, _JSON)
    return html is not None and html[0] > 0 and (json is None or html > json)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Read each media range and its weight; parameters besides the weight are left out."""
    for part in accept.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = _weight(value.strip())
        if name:
            yield name, weight


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _liking(ranges: list[tuple[str, float]], wanted: str) -> tuple[float, int, int] | None:
    """Return how much a type is liked: by weight, by how exactly it is named, and by how early; None for not at all."""
    exactness = (wanted, f"{wanted.partition('/')[0]}/*", "*/*")
    matching = [
        (exactness.index(name), place, weight)
        for place, (name, weight) in enumerate(ranges)
        if name in exactness
    ]
    if not matching:
        return None
    how, place, weight = min(matching)
    return weight, -how, -place
