"""Attacks of the kinds that once stopped a server: readers and polls that leave it alone, large and absurd requests."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from gzip import compress
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Final

import aiohttp

from benchmarks.processes import Memory

if TYPE_CHECKING:
    from benchmarks.soak.server import Server

Json = dict[str, object]

AT_ONCE: Final = 20
"""How many slow readers, polls and half requests each round has."""

LATE_SECONDS: Final = 2.0
"""How long a call may take in the midst of them."""

LARGE: Final = b'{"format":"%b"}' % (b"x" * 4_000_000)
LONG: Final = "x" * 60_000

ABSURD: Final[tuple[tuple[str, bytes], ...]] = (
    ("/_mock/clock", b'{"set":"0001-01-01T00:00:00+14:00"}'),
    ("/_mock/clock", b'{"advanceSeconds":1e999}'),
    ("/_mock/users", b'{"customData":{"a":NaN}}'),
    ("/_mock/settings", b'{"passCodeLifetimeSeconds":-1e300}'),
    ("/_mock/faults", b'{"kind":"delay","delay":{"distribution":"lognormal","medianSeconds":86400,"sigma":86400}}'),
    ("/_mock/faults", b'{"kind":"not-json","body":"\\ud800"}'),
    ("/_mock/settings", b'{"redirectUris":["http://localhost/\\r\\nX: y"]}'),
    ("/_mock/users", b"{%b}" % b",".join(b'"n%d":1' % number for number in range(40_000))),
)  # fmt: skip
"""What is refused with 400, and changes nothing."""


_HOST: Final = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_BOMB: Final = compress(b" " * 64_000_000)

BEGUN: Final = (
    b"GET /_mock/events" + _HOST + b"\r\n",  # and never reads
    b"GET /_mock/requests?wait=60&after=99999999" + _HOST + b"\r\n",
    b"POST /api/v3/send-sms" + _HOST,
    b"POST /api/v3/send-sms" + _HOST + b"Content-Length: 60000\r\n\r\n{",
    b"GET /api/v3/" + b"a" * 6000 + _HOST + b"\r\n",
    b"GET /_mock/requests?route=/api/v3/%7Ba%7D%7Bb%7D%7Bc%7D%7Bd%7DX" + _HOST + b"\r\n",
    b"POST /oidc/token%bContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (_HOST, len(_BOMB), _BOMB),
)  # fmt: skip
"""What is begun, and whose answer nobody waits for."""


async def soak_attacks(server: Server, seconds: float) -> Json:
    """Attack in rounds; in the midst of each a call is answered in time, and afterwards memory is where it was."""
    began, calls, failures = monotonic(), 0, list[str]()
    memory = Memory(server.watched())
    async with aiohttp.ClientSession(server.url) as http:
        while monotonic() < began + seconds:
            calls += await _round(server, http, failures)
            (await http.post("/_mock/reset", json={})).raise_for_status()
            memory.note()
    return {
        "seconds": round(monotonic() - began),
        "requests": calls,
        "failures": failures,
        "memoryMib": memory.report(),
    }


async def _round(server: Server, http: aiohttp.ClientSession, failures: list[str]) -> int:
    """Attack once in every way; return how many requests that were."""
    opened = [await _opened(server, each) for each in BEGUN for _ in range(AT_ONCE)]
    await _expect(http, "/_mock/state", failures, BytesIO(LARGE))
    for path, body in ABSURD:
        await _expect(http, path, failures, body)
    for number in range(AT_ONCE):
        await _answered(http, str(18_812_340_000 + number), failures)
    for writer in opened:
        writer.close()
    return len(opened) + 1 + len(ABSURD) + AT_ONCE


async def _opened(server: Server, text: bytes) -> asyncio.StreamWriter:
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(text)
    with suppress(ConnectionError):
        await writer.drain()
    return writer


async def _expect(
    http: aiohttp.ClientSession, path: str, failures: list[str], sent: bytes | BytesIO
) -> None:
    """Post what is to be refused."""
    async with http.post(path, data=sent) as reply:
        if reply.status != 400:  # noqa: PLR2004 - what is wrong with it is said
            failures.append(f"{path} answers {reply.status}, not 400, to {str(sent)[:80]}")


async def _answered(http: aiohttp.ClientSession, number: str, failures: list[str]) -> None:
    """Call with a long body, which every reader of events is sent, in time."""
    body = {"channel": "CHANNEL_LOGIN", "phoneNumber": number, "x": LONG}
    began = monotonic()
    async with http.post("/api/v3/send-sms", json=body) as reply:
        is_ok = (await reply.json())["statusCode"] == 200  # noqa: PLR2004 - a success
    took = monotonic() - began
    if not is_ok or took > LATE_SECONDS:
        failures.append(f"send-sms: {'OK' if is_ok else 'refused'} after {took:.1f} s")
