"""A soak, `make soak`: mixed load under faults and kills, malformed requests, spoiled answers; bounded in time.

Each part ends when its count is reached or its share of the time is over, and the report says how far it came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar, cast

import aiohttp
from attrs import define, field
from drawing import soak_picture
from fuzz_answers import ASKS, Endings, ask_all, spoiling
from fuzz_json import BODIES_OF, generated
from fuzz_requests import Findings, malformed_requests, request_of, send_all
from rich.console import Console
from rich.table import Table
from soak_load import APP, Tally, Truth, play_round
from soak_server import Server, memory_mib, redis, serving

from aiogenauth import AuthenticationClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")
Json = dict[str, object]

RESULTS: Final = Path(__file__).with_name("results")
SHARES: Final = {"load": 0.6, "requests": 0.25, "answers": 0.15}
ROUND_SECONDS: Final = 5.0
PEOPLE: Final = 16
KILL_EVERY: Final = 3.0
REQUESTS: Final = 100_000
JSON_FOR_EACH_CALL: Final = 500
ANSWERS: Final = 20_000
WARM_UP: Final = 0.2
"""Share of the measurements after which memory counts."""
ALLOWED_GROWTH: Final = 1.1
"""How much larger a process may be at the end than when it was warm."""
LATE: Final = 0.1
"""Seconds after its deadline of one second that a call may end."""
TRUTH_SECONDS: Final = 5.0


@define
class Memory:
    """Resident memory of a process over time, in MiB."""

    pid: int
    mib: list[float] = field(factory=list[float])

    def note(self) -> None:
        """Measure once."""
        self.mib.append(round(memory_mib(self.pid), 1))

    def report(self) -> Json:
        """Sum up."""
        warm = self.mib[int(len(self.mib) * WARM_UP)]
        is_flat = self.mib[-1] <= warm * ALLOWED_GROWTH
        return {"warm": warm, "end": self.mib[-1], "isFlat": is_flat, "each": self.mib}


def until(ends: float, items: Iterable[Item]) -> Iterator[Item]:
    """Give items as long as there is time."""
    for item in items:
        if monotonic() >= ends:
            return
        yield item


async def soak_load(server: Server, seconds: float) -> Json:
    """Play rounds of mixed load while workers are killed."""
    tally, memory, began = Tally(), Memory(server.watched()), monotonic()
    kills = asyncio.create_task(_kill_workers(server))
    limit = aiohttp.ClientTimeout(total=TRUTH_SECONDS)
    async with (
        aiohttp.ClientSession(server.url, headers={"x-genauth-app-id": APP}, timeout=limit) as http,
        AuthenticationClient(APP, server.url, deadline=4.0, timeout=2.0) as client,
    ):
        while monotonic() < began + seconds:
            await play_round(Truth(http), client, tally, people=PEOPLE, seconds=ROUND_SECONDS)
            memory.note()
    kills.cancel()
    with suppress(asyncio.CancelledError):
        await kills
    return {
        "seconds": round(monotonic() - began),
        "calls": sum(each.total() for each in tally.outcomes.values()),
        "outcomes": {name: dict(each) for name, each in sorted(tally.outcomes.items())},
        "killed": server.errors.read_text(encoding="utf-8").count("was ended by signal 9"),
        "untold": tally.untold,
        "failures": tally.lies,
        "memoryMib": memory.report(),
    }


async def _kill_workers(server: Server) -> None:
    for place in range(sys.maxsize):
        await asyncio.sleep(KILL_EVERY)
        server.kill_the_youngest_but(place)


async def soak_requests(server: Server, seconds: float, seed: int) -> Json:
    """Send malformed requests, measuring memory on the way."""
    findings, memory, began = Findings(), Memory(server.watched()), monotonic()
    per_call = max(1, round(JSON_FOR_EACH_CALL * min(1.0, seconds / 150)))
    drawn = (request_of(path, body) for path in BODIES_OF for body in generated(path, per_call))
    requests = until(began + seconds, chain(drawn, malformed_requests(seed)))
    while findings.statuses.total() < REQUESTS and monotonic() < began + seconds:
        part = [each for each, _ in zip(requests, range(1000), strict=False)]
        await send_all(server.port, part, findings)
        memory.note()
    async with aiohttp.ClientSession(server.url) as http, http.get("/_mock/health") as answer:
        is_healthy = answer.ok
    return {
        "seconds": round(monotonic() - began),
        "requests": findings.statuses.total(),
        "drawnByHypothesis": per_call * len(BODIES_OF),
        "statuses": {str(status): number for status, number in sorted(findings.statuses.items())},
        "stackTraces": server.tracebacks(),
        "isHealthyAfterwards": is_healthy,
        "failures": findings.failures,
        "memoryMib": memory.report(),
    }


async def soak_answers(seconds: float, seed: int) -> Json:
    """Call a server that spoils its answers."""
    endings, chance, began = Endings(), Random(seed), monotonic()
    asks = until(began + seconds, (chance.choice(ASKS) for _ in range(ANSWERS)))
    async with spoiling(seed) as url:
        await ask_all(url, asks, endings, late=LATE)
    return {
        "seconds": round(monotonic() - began),
        "calls": endings.counts.total(),
        "endings": dict(endings.counts.most_common()),
        "slowestSeconds": round(endings.slowest, 3),
        "slowestSecondsOfARunningLoop": round(endings.slowest_on_loop, 3),
        "failures": endings.failures,
    }


def soak(seconds: float, seed: int, console: Console) -> Json:
    """Run every part and give the report."""
    began = datetime.now(UTC)
    with redis() as store:
        if store is None:
            console.print("no redis-server here: one worker, in memory, and none is killed")
        several = () if store is None else ("--workers", "4", "--store", store)
        with serving(*several, "--journal-size", "1000", "--outbox-size", "20000") as server:
            load = asyncio.run(soak_load(server, seconds * SHARES["load"]))
    with serving("--journal-size", "1000", "--outbox-size", "1000") as server:
        requests = asyncio.run(soak_requests(server, seconds * SHARES["requests"], seed))
    answers = asyncio.run(soak_answers(seconds * SHARES["answers"], seed))
    return {
        "command": f"SOAK_SECONDS={seconds:g} make soak",
        "date": f"{began:%Y-%m-%d}",
        "workers": 1 if store is None else 4,
        "seed": seed,
        "load": load,
        "requests": requests,
        "answers": answers,
    }


def table_of(report: Json) -> Table:
    """Draw the report up for a terminal."""
    table = Table(title=f"{report['command']}, {report['date']}, {report['workers']} workers")
    for column in ("part", "sent", "seconds", "failures", "memory warm, end (MiB)"):
        table.add_column(column)
    for name in SHARES:
        part = cast("Json", report[name])
        memory = cast("Json", part.get("memoryMib", {}))
        sent = str(part.get("calls", part.get("requests")))
        failures = str(len(cast("list[str]", part["failures"])))
        shown = f"{memory.get('warm', '')}, {memory.get('end', '')}" if memory else "-"
        table.add_row(name, sent, str(part["seconds"]), failures, shown)
    return table


def has_failed(report: Json) -> bool:
    """Tell whether anything was lost, wrong, late or growing."""
    parts = [cast("Json", report[name]) for name in SHARES]
    memories = [cast("Json", part["memoryMib"]) for part in parts if "memoryMib" in part]
    return any(part["failures"] for part in parts) or not all(each["isFlat"] for each in memories)


def main() -> int:
    """Soak, print a table, write the results; end with 1 where something failed, 2 where nothing can be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=float(os.environ.get("SOAK_SECONDS", "600"))
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    console = Console()
    report = soak(given.seconds, given.seed, console)
    console.print(table_of(report))
    for name in SHARES:
        for failure in cast("list[str]", cast("Json", report[name])["failures"])[:20]:
            console.print(f"{name}: {failure}", markup=False)
    try:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "soak.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        (RESULTS / "soak.svg").write_text(soak_picture(report), encoding="utf-8")
    except OSError as error:
        console.print(f"the results cannot be written: {error}")
        return 2
    return 1 if has_failed(report) else 0


if __name__ == "__main__":
    sys.exit(main())
