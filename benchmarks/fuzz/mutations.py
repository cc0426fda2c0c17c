"""Ways to spoil an HTTP message, byte by byte and part by part; the same seed spoils it the same way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

END_OF_HEAD: Final = b"\r\n\r\n"

TOKENS: Final = (
    *(b"\r\n", b"\n", b"\r", b"\0", b"\xff\xfe", b"\xc3\x28", b" ", b"\t", b":", b"%", b"%00", b"%zz"),
    *(b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n"),
    *(b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: upgrade\r\n", b"Host: [\r\n"),
    *(b"Connection: close\r\n", b"Retry-After: 99999999999\r\n", b"Location: http://[\r\n"),
    *(b"HTTP/9.9", b"HTTP/1.0", b"GET", b"POST", b"CONNECT", b"//", b"/../", b"?", b"#", b"&appId="),
    *(b"1e999", b"-0", b"NaN", b"null", b'"', b"{", b"}", b"[" * 2000, b"\\ud800", b"\xed\xa0\x80"),
)  # fmt: skip
"""Pieces of HTTP and JSON that parsers stumble over."""

ODD_VALUES: Final[tuple[object, ...]] = (
    *(None, True, False, 0, -1, 1e308, -1e308, 2**63, 2**64, 10**400, 0.1, 1e-320),
    *(float("nan"), float("inf"), "", " ", "\0", "\ud800", "é", "１２３４５６", "0" * 70_000),
    *("+86", "+", "-", "+8618812348888", "18812348888", "a@b", "a@b.c", "@", "١٢٣", "%s", "{}"),
    *cast(
        "list[object]", json.loads('[[], {}, [[]], [null], {"": null}, {"a": {"b": {"c": []}}}]')
    ),
    ["x"] * 500,
)
"""Values that are put in the place of others."""


def mutated(chance: Random, message: bytes) -> bytes:
    """Spoil a message in one to four ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        message = chance.choice(MUTATIONS)(chance, message)
    return message


def framed(start: bytes, headers: bytes, body: bytes) -> bytes:
    """Put a message together, with a length that is true."""
    return b"%s\r\n%sContent-Length: %d%s%s" % (start, headers, len(body), END_OF_HEAD, body)


def flip_bits(chance: Random, message: bytes) -> bytes:
    """Flip a few bits."""
    spoiled = bytearray(message)
    for _ in range(chance.randint(1, 8) if spoiled else 0):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def insert_token(chance: Random, message: bytes) -> bytes:
    """Put a piece of HTTP or JSON, or a few random bytes, where it does not belong."""
    at = chance.randint(0, len(message))
    piece = chance.choice((chance.choice(TOKENS), chance.randbytes(chance.randint(1, 16))))
    return message[:at] + piece + message[at:]


def insert_header(chance: Random, message: bytes) -> bytes:
    """Put a piece of HTTP between two lines of the head."""
    head, _, rest = message.partition(b"\r\n")
    return head + b"\r\n" + chance.choice(TOKENS) + rest


def remove_slice(chance: Random, message: bytes) -> bytes:
    """Leave a part out."""
    begin, end = _slice(chance, message)
    return message[:begin] + message[end:]


def repeat_slice(chance: Random, message: bytes) -> bytes:
    """Say a part several times."""
    begin, end = _slice(chance, message)
    return message[:end] + message[begin:end] * chance.choice((1, 1, 2, 50)) + message[end:]


def truncate(chance: Random, message: bytes) -> bytes:
    """Break off."""
    return message[: chance.randint(0, len(message))]


def change_number(chance: Random, message: bytes) -> bytes:
    """Put another number in the place of a digit."""
    places = [at for at, byte in enumerate(message) if 0x30 <= byte <= 0x39]  # noqa: PLR2004 - 0 and 9
    if not places:
        return message
    at = chance.choice(places)
    number = chance.choice(
        (b"-1", b"0", b"00", b"99999999999999999999", b"1.5", b"0x1f", b"", b"+1")
    )
    return message[:at] + number + message[at + 1 :]


def long_header(chance: Random, message: bytes) -> bytes:
    """Add a header that is too long for most servers, or a thousand short ones."""
    head, _, rest = message.partition(b"\r\n")
    size = chance.choice((1000, 9000, 70_000))
    added = chance.choice((b"X-Long: " + b"x" * size + b"\r\n", b"X-Many: 1\r\n" * (size // 10)))
    return head + b"\r\n" + added + rest


def chunk_body(chance: Random, message: bytes) -> bytes:
    """Send the body in chunks, whose sizes may be wrong."""
    head, _, body = message.partition(END_OF_HEAD)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    size = chance.choice(
        (b"%x" % len(body), b"%x" % (len(body) + 3), b"-1", b"zz", b"f" * 20, b"1;a=b")
    )
    chunks = (
        size + b"\r\n" + body + b"\r\n" + chance.choice((b"0\r\n\r\n", b"0\r\nA: b\r\n\r\n", b""))
    )
    return b"\r\n".join((*lines, b"Transfer-Encoding: chunked")) + END_OF_HEAD + chunks


def odd_body(chance: Random, message: bytes) -> bytes:
    """Put another value somewhere into a JSON body, and frame it right."""
    head, _, body = message.partition(END_OF_HEAD)
    try:
        content: object = json.loads(body)
    except (ValueError, RecursionError):
        content = chance.choice(ODD_VALUES)
    spoiled = json.dumps(_with_odd_value(chance, content)).encode()
    return _reframed(head, spoiled)


def bytes_in_body(chance: Random, message: bytes) -> bytes:
    """Spoil bytes of the body, and frame it right, so that it gets past HTTP."""
    head, _, body = message.partition(END_OF_HEAD)
    spoil = chance.choice(
        (flip_bits, insert_token, remove_slice, repeat_slice, truncate, change_number)
    )
    return _reframed(head, spoil(chance, body))


MUTATIONS: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (
    *(flip_bits, insert_token, insert_header, remove_slice, repeat_slice, truncate),
    *(change_number, long_header, chunk_body, odd_body, odd_body, bytes_in_body, bytes_in_body),
)


def _slice(chance: Random, message: bytes) -> tuple[int, int]:
    begin = chance.randint(0, len(message))
    return begin, min(len(message), begin + chance.choice((1, 2, 8, 64, 512)))


def _reframed(head: bytes, body: bytes) -> bytes:
    start, *lines = head.split(b"\r\n")
    kept = [line + b"\r\n" for line in lines if not line.lower().startswith(b"content-length")]
    return framed(start, b"".join(kept), body)


def _with_odd_value(chance: Random, content: object) -> object:
    if isinstance(content, dict) and content and chance.random() < 0.9:  # noqa: PLR2004 - mostly deeper
        given = cast("dict[str, object]", content)
        name = chance.choice(list(given))
        renamed = name if chance.random() < 0.9 else name + chance.choice(("", " ", "\0", "x"))  # noqa: PLR2004
        return {**given, renamed: _with_odd_value(chance, given[name])}
    return chance.choice(ODD_VALUES)
