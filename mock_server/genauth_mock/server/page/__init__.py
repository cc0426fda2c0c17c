"""The inbox page at ``/``: files as they are, under a policy that lets them reach this server and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from aiohttp import web

from genauth_mock.engine.error_codes import DETAIL, ERROR_CODES
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import frozen
from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

CONTENT_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
"""What the page is made of; other files of the folder are not served."""

CHOICES: Final = "choices.js"
"""The one part of the page that is not a file: it is written from the tables of outcomes and calls."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The content security policy: no other host, no inline script, and no text that becomes markup."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""On every file; ``no-cache`` keeps a copy but asks first, so an upgraded server never meets an old page."""


@frozen
class PageFile:
    """One file, ready to be sent."""

    body: bytes
    content_type: str
    etag: str


def page_routes() -> tuple[web.RouteDef, web.RouteDef]:
    """Return the route of the page, ``/``, and that of its parts, under ``/_mock/page/``."""
    handle = _handler()
    return web.get("/", handle), web.get("/_mock/page/{name}", handle)


def _handler() -> Callable[[web.Request], Awaitable[web.Response]]:
    read: dict[str, PageFile] = {}

    async def handle(request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        file = read.get(name) or _read(name)
        if file is None:
            return web.Response(status=404, text=f"the page has no {name}", headers=HEADERS)
        read[name] = file
        return _answer(request, file)

    return handle


def _read(name: str) -> PageFile | None:
    """Read a file of this folder by its plain name; a name with a slash is none of them."""
    from importlib.resources import files  # noqa: PLC0415 - its import takes longer than a start can spare

    if name == CHOICES:
        return _file(_choices(), "text/javascript")
    there = {entry.name: entry for entry in files(__name__).iterdir() if entry.is_file()}
    content_type = CONTENT_TYPES.get(name[name.rfind(".") :])
    if content_type is None or name not in there:
        return None
    return _file(there[name].read_bytes(), content_type)


def _file(body: bytes, content_type: str) -> PageFile:
    return PageFile(body, content_type, sha256(body).hexdigest()[:16])


def _choices() -> bytes:
    """Write the module with what a fault may name: every refusal, and every imitated call in its short form.

    Beside them what each outcome means in English: GenAuth answers in Chinese unless it is asked not to.
    """
    from genauth_mock.api.endpoints import CALLS  # noqa: PLC0415 - a start is sooner without all calls

    outcomes = [outcome.name for outcome in Outcome if outcome is not Outcome.OK]
    routes = [call.path.removeprefix("/api/v3/") for call in CALLS]
    meanings = {
        outcome.name: code.english.removesuffix(DETAIL).rstrip(": ")
        for outcome, code in ERROR_CODES.items()
        if code.english != DETAIL
    }
    lists = {"OUTCOMES": outcomes, "ROUTES": routes, "MEANINGS": meanings}
    return b"".join(
        b"export const %b = %b;\n" % (name.encode(), write_json(listed))
        for name, listed in lists.items()
    )


def _answer(request: web.Request, file: PageFile) -> web.Response:
    known = request.if_none_match or ()
    if any(etag.value == file.etag for etag in known):
        response = web.Response(status=304, headers=HEADERS)
    else:
        response = web.Response(
            body=file.body, content_type=file.content_type, charset="utf-8", headers=HEADERS
        )
    response.etag = file.etag
    return response
