"""Unpacks the body of an answer, and never more of it than an answer may be long.

HTTP libraries unpack whatever a server sends and as much as it unpacks to: 845 bytes of brotli are
one gigabyte. So the transports ask for gzip and deflate only, take the packed bytes, and unpack here.
"""

import zlib
from collections.abc import Mapping
from typing import Final

from multidict import istr

ACCEPT_ENCODING: Final = istr("Accept-Encoding")
CONTENT_ENCODING: Final = istr("Content-Encoding")
ENCODINGS: Final = "gzip, deflate"
"""What is asked for: what the standard library unpacks with a bound."""
LONGEST_ANSWER: Final = 4 * 1024 * 1024
"""Bytes of an answer, packed and unpacked; a profile with all its custom data is far below."""
MOST_PARTS: Final = 64
"""Streams that one body of gzip may consist of; empty ones of 20 bytes would take for ever."""
MOST_VALUES: Final = 150_000
"""Values of JSON in an answer: an empty object takes 30 times the memory of its two bytes."""

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW: Final = -zlib.MAX_WBITS
_GZIP: Final = b"\x1f\x8b"


class InflateError(Exception):
    """A body that cannot be unpacked, or not within the bound; the text holds nothing of it."""


def unpacked(headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the body of an answer as it was before it was packed.

    Args:
        headers: Of the answer; names in any case are found.
        body: As it came.

    Raises:
        InflateError: It is packed in a way that was not asked for, broken, or longer than allowed,
            or has more values than allowed.
    """
    coding = headers.get(CONTENT_ENCODING)
    if coding is not None and body:
        body = _unpacked(coding.strip().lower(), body)
    if len(body) > MOST_VALUES and sum(map(body.count, (b",", b"{", b"["))) > MOST_VALUES:
        text = f"it has more than {MOST_VALUES} values"
        raise InflateError(text)
    return body


def _unpacked(coding: str, body: bytes) -> bytes:
    if coding in {"", "identity"} or body.lstrip()[:1] in {b"{", b"["}:
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        text = "its content encoding was not asked for"
        raise InflateError(text)
    try:
        return _inflated(body, _GZIP_OR_ZLIB)
    except zlib.error:
        pass
    if coding == "deflate":  # some servers leave out the zlib header
        return _inflated_raw(body)
    text = "it cannot be unpacked"
    raise InflateError(text)


def _inflated_raw(body: bytes) -> bytes:
    try:
        return _inflated(body, _RAW)
    except zlib.error:
        text = "it cannot be unpacked"
    raise InflateError(text)


def _inflated(body: bytes, form: int) -> bytes:
    """Unpack one stream after another, as gzip allows, until there are no more."""
    whole = bytearray()
    for _ in range(MOST_PARTS):
        stream = zlib.decompressobj(form)
        whole += stream.decompress(body, LONGEST_ANSWER + 1 - len(whole))
        if len(whole) > LONGEST_ANSWER:
            text = f"it is longer than {LONGEST_ANSWER} bytes"
            raise InflateError(text)
        if not stream.eof:
            text = "it breaks off"
            raise InflateError(text)
        body = stream.unused_data
        if not body.startswith(_GZIP):
            return bytes(whole)
    text = f"it has more than {MOST_PARTS} parts"
    raise InflateError(text)
