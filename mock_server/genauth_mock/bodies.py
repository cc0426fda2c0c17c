"""Reading the body of a request, however many pieces it comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web


async def body_of(request: web.Request, limit: int) -> bytes:
    """Read a body, or ``limit`` bytes of it and a few more where it is longer."""
    content = request.content
    body = await content.read(limit + 1)
    while not content.at_eof() and len(body) <= limit:
        body += await content.read(limit + 1)
    return body
