"""Reading the body of a request, however many pieces it comes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp import StreamReader

LONGEST_BODY_SECONDS: Final = 60.0
"""How long a body may take to arrive, from its first byte to its last. Source: nginx, client_body_timeout."""


def arrived_body(content: StreamReader, limit: int) -> bytes | None:
    """Return a body that has arrived whole, as most have; None where `body_of` has to read it."""
    if not content.is_eof() or content.exception() is not None:
        return None
    body = content.read_nowait()
    return body if len(body) <= limit else body[: limit + 1]


async def body_of(request: web.BaseRequest, limit: int) -> bytes:
    """Read a body, or ``limit`` bytes of it and a few more where it is longer.

    Raises:
        web.HTTPBadRequest: It does not come to its end, or is not encoded as its headers say.
        web.HTTPRequestTimeout: It comes too slowly.
    """
    content, body = request.content, bytearray()
    try:
        async with asyncio.timeout(LONGEST_BODY_SECONDS):
            body += await content.read(limit + 1)
            while not content.at_eof() and len(body) <= limit:
                body += await content.read(limit + 1)
    except (web.RequestPayloadError, ConnectionError):
        text = "the body breaks off, or is not framed and encoded as its headers say"
        raise web.HTTPBadRequest(text=text) from None
    except TimeoutError:
        text = f"the body did not arrive within {LONGEST_BODY_SECONDS:g} s"
        raise web.HTTPRequestTimeout(text=text, headers={"Connection": "close"}) from None
    return bytes(body)
