"""The parts of a soak that spoil messages: requests to the offline GenAuth, and answers to the SDK."""

from __future__ import annotations

from collections import Counter, deque
from itertools import chain, islice
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

import aiohttp

from benchmarks.fuzz.answers import ASKS, Endings, ask_all
from benchmarks.fuzz.bodies import BODIES_OF, generated
from benchmarks.fuzz.requests import Findings, malformed_requests, request_of, send_all
from benchmarks.fuzz.schema import drawn_from_schema
from benchmarks.fuzz.spoiling_server import spoiling
from benchmarks.processes import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.soak.server import Server

Item = TypeVar("Item")
Json = dict[str, object]

REQUESTS: Final = 100_000
DRAWN: Final = 200
"""How many requests Hypothesis and schemathesis draw for each call in a run of ten minutes; the rest is bytes."""
FIRST: Final = 20
"""How many are drawn for each call before all others."""
ANSWERS: Final = 20_000
BATCH: Final = 1000
LATE_SECONDS: Final = 0.1
"""How long after its deadline of one second a call may end, by the beats of the event loop."""


async def soak_requests(server: Server, seconds: float, seed: int) -> Json:
    """Send malformed requests; every thousand, forget what they made and measure memory."""
    findings, memory, began = Findings(), Memory(server.watched()), monotonic()
    number = max(1, round(DRAWN * min(1.0, seconds / 300)))
    sources: Counter[str] = Counter()
    requests = until(began + seconds, _requests(number, seed, sources))
    async with aiohttp.ClientSession(server.url) as http:
        while findings.statuses.total() < REQUESTS and monotonic() < began + seconds:
            await send_all(server.port, islice(requests, BATCH), findings)
            (await http.post("/_mock/reset", json={})).raise_for_status()
            memory.note()
        is_healthy = (await http.get("/_mock/health")).ok
    return {
        "seconds": round(monotonic() - began),
        "requests": findings.statuses.total(),
        "wanted": REQUESTS,
        "sources": dict(sources),
        "statuses": {str(status): number for status, number in sorted(findings.statuses.items())},
        "stackTraces": server.tracebacks(),
        "isHealthyAfterwards": is_healthy,
        "failures": findings.failures,
        "memoryMib": memory.report(),
    }


def _requests(number: int, seed: int, sources: Counter[str]) -> Iterator[bytes]:
    """Give the requests, of each source in turn, and count where they come from.

    Each has its own largest request; one source after the other, memory would grow with each new one. It grows where a
    call first imports what it needs, too: so a few requests of every call come before all.
    """
    drawn = (request_of(path, each) for path in BODIES_OF for each in generated(path, number))
    left: deque[tuple[str, Iterator[bytes]]] = deque(
        (
            ("schemathesis", chain(drawn_from_schema(FIRST), drawn_from_schema(number))),
            ("Hypothesis", drawn),
            ("bytes", iter(malformed_requests(seed))),
        )
    )
    while left:
        source, requests = left.popleft()
        request = next(requests, None)
        if request is not None:
            sources[source] += 1
            left.append((source, requests))
            yield request


async def soak_answers(seconds: float, seed: int) -> Json:
    """Call a server that spoils its answers."""
    endings, chance, began = Endings(), Random(seed), monotonic()
    asks = until(began + seconds, (chance.choice(ASKS) for _ in range(ANSWERS)))
    async with spoiling(seed) as url:
        await ask_all(url, asks, endings, late=LATE_SECONDS)
    return {
        "seconds": round(monotonic() - began),
        "calls": endings.counts.total(),
        "wanted": ANSWERS,
        "endings": dict(endings.counts.most_common()),
        "slowestSeconds": round(endings.slowest, 3),
        "slowestSecondsOfARunningLoop": round(endings.slowest_on_loop, 3),
        "failures": endings.failures,
    }


def until(ends: float, items: Iterable[Item]) -> Iterator[Item]:
    """Give items as long as there is time."""
    for item in items:
        if monotonic() >= ends:
            return
        yield item
