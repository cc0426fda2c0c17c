"""A soak, `make soak`: mixed load under faults and kills, malformed requests, spoiled answers; bounded in time.

The load takes the time it is given. The other parts end when their count is reached or their share of that time is
over on top, and the report says how far they came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count, islice
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar, cast

import aiohttp
from fuzz_answers import ASKS, Endings, ask_all
from fuzz_json import BODIES_OF, generated
from fuzz_requests import Findings, malformed_requests, request_of, send_all
from fuzz_schema import drawn_from_schema
from keeping import keep_results, refuse_a_full_disk
from pictures import RESULTS
from pictures import soak as show_soak
from rich.console import Console
from rich.table import Table
from soak_load import APP, Tally, Truth, play_round
from soak_memory import Memory
from soak_rows import COLUMNS, rows
from soak_server import Server, redis, serving
from spoiling_server import spoiling

from aiogenauth import AuthenticationClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Item = TypeVar("Item")
Json = dict[str, object]

SHARES: Final = {"load": 1.0, "requests": 0.5, "answers": 0.2}
"""How long each part may take at most, of the seconds that were asked for."""
ROUND_SECONDS: Final = 5.0
PEOPLE: Final = 16
KILL_EVERY_SECONDS: Final = 3.0
REQUESTS: Final = 100_000
DRAWN: Final = 500
"""How many requests Hypothesis and schemathesis draw for each call in a run of ten minutes; the rest is bytes."""
ANSWERS: Final = 20_000
BATCH: Final = 1000
LATE_SECONDS: Final = 0.1
"""How long after its deadline of one second a call may end, by the beats of the event loop."""
TRUTH_SECONDS: Final = 5.0


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
    for turn in count():
        await asyncio.sleep(KILL_EVERY_SECONDS)
        server.kill_a_younger_worker(turn)


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
    """Give the requests, and count where they come from."""
    for source, requests in (
        ("schemathesis", drawn_from_schema(number)),
        ("Hypothesis", (request_of(path, each) for path in BODIES_OF for each in generated(path, number))),
        ("bytes", malformed_requests(seed)),
    ):  # fmt: skip
        for request in requests:
            sources[source] += 1
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


def soak(seconds: float, seed: int, console: Console) -> Json:
    """Run every part and give the report."""
    began = datetime.now(UTC)
    with redis() as store:
        if store is None:
            console.print("no redis-server here: one worker, in memory, and none is killed")
        several = () if store is None else ("--workers", "4", "--store", store)
        with serving(*several, "--journal-size", "100", "--outbox-size", "20000") as server:
            load = asyncio.run(soak_load(server, seconds * SHARES["load"]))
    with serving("--journal-size", "100", "--outbox-size", "100") as server:
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
    for column in COLUMNS:
        table.add_column(column)
    for row in rows(report):
        table.add_row(*row)
    return table


def has_failed(report: Json) -> bool:
    """Tell whether anything was lost, wrong, late or growing; too short a run has not shown growth."""
    parts = [cast("Json", report[name]) for name in SHARES]
    memories = [cast("Json", part["memoryMib"]) for part in parts if "memoryMib" in part]
    requests = cast("Json", report["requests"])
    is_ill = bool(requests["stackTraces"]) or not requests["isHealthyAfterwards"]
    is_growing = any(each["isFlat"] is False for each in memories)
    return is_ill or is_growing or any(part["failures"] for part in parts)


def main() -> int:
    """Soak; end with 1 where something failed, with 26 where the results cannot be kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=float(os.environ.get("SOAK_SECONDS", "600"))
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    refuse_a_full_disk()
    console = Console()
    return told(soak(given.seconds, given.seed, console), RESULTS, console)


def told(report: Json, folder: Path, console: Console) -> int:
    """Print a table and the failures, keep the results; give the exit code."""
    console.print(table_of(report))
    for name in SHARES:
        for failure in cast("list[str]", cast("Json", report[name])["failures"])[:20]:
            console.print(f"{name}: {failure}", markup=False)
    results = {
        folder / "soak.json": json.dumps(report, indent=2) + "\n",
        folder / "soak.svg": show_soak(report).pictures["soak"],
    }
    return keep_results(results) or int(has_failed(report))


if __name__ == "__main__":
    sys.exit(main())
