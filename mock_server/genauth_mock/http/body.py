"""Reading the body of a request, however many pieces it comes in, and however it is packed.

The server hands bodies over as they came: it would unpack a megabyte to a gigabyte before anybody looks at the length,
and nobody else would be answered meanwhile.
"""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING, Final

from aiohttp import hdrs, web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import StreamReader

LONGEST_BODY_SECONDS: Final = 60.0
"""How long a body may take to arrive, from its first byte to its last. Source: nginx, client_body_timeout."""


SHORT: Final = 64 * 1024
"""Bytes of a packed body that is unpacked here and now; a longer one in a thread."""

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW: Final = -zlib.MAX_WBITS
_BROKEN: Final = "the body breaks off, or is not framed and encoded as its headers say"


def arrived_body(content: StreamReader, limit: int) -> bytes | None:
    """Return a body that has arrived whole, as it came, as most have; None where `body_of` has to read it."""
    if not content.is_eof() or content.exception() is not None:
        return None
    body = content.read_nowait()
    return body if len(body) <= limit else body[: limit + 1]


async def body_of(request: web.BaseRequest, limit: int) -> bytes:
    """Read a body and unpack it, or ``limit`` bytes of it and a few more where it is longer.

    Raises:
        web.HTTPBadRequest: It does not come to its end, or is not encoded as its headers say.
        web.HTTPUnsupportedMediaType: It is encoded in a way that is not taken.
        web.HTTPRequestTimeout: It comes too slowly.
    """
    content, body = request.content, bytearray()
    try:
        async with asyncio.timeout(LONGEST_BODY_SECONDS):
            body += await content.read(limit + 1)
            while not content.at_eof() and len(body) <= limit:
                body += await content.read(limit + 1)
    except (web.RequestPayloadError, ConnectionError):
        raise web.HTTPBadRequest(text=_BROKEN) from None
    except TimeoutError:
        text = f"the body did not arrive within {LONGEST_BODY_SECONDS:g} s"
        raise web.HTTPRequestTimeout(text=text, headers={"Connection": "close"}) from None
    if len(body) <= SHORT or hdrs.CONTENT_ENCODING not in request.headers:
        return unpacked(request.headers, bytes(body), limit)
    return await asyncio.to_thread(unpacked, request.headers, bytes(body), limit)


def unpacked(headers: Mapping[str, str], body: bytes, limit: int) -> bytes:
    """Return a body as it was before it was packed, or ``limit`` bytes of it and one more where it is longer.

    Raises:
        web.HTTPBadRequest: It is not encoded as its headers say.
        web.HTTPUnsupportedMediaType: It is encoded in a way that is not taken. Source: RFC 9110, 15.5.16.
    """
    coding = headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower()
    if coding in {"", "identity"} or not body or len(body) > limit:
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        text = f"Content-Encoding {coding[:40]!a} is not taken: send gzip, deflate or none"
        raise web.HTTPUnsupportedMediaType(text=text, headers={"Accept-Encoding": "gzip, deflate"})
    try:
        # Some send deflate without the two bytes that zlib puts in front
        is_raw = coding == "deflate" and body[0] & 0x0F != zlib.DEFLATED
        return _inflated(body, _RAW if is_raw else _GZIP_OR_ZLIB, limit)
    except zlib.error:
        raise web.HTTPBadRequest(text=_BROKEN) from None


def _inflated(body: bytes, form: int, limit: int) -> bytes:
    stream = zlib.decompressobj(form)
    whole = stream.decompress(body, limit + 1)
    if len(whole) <= limit and (not stream.eof or stream.unused_data):
        raise zlib.error
    return whole
