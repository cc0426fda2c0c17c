"""A soak, `make soak`: mixed load under faults and kills, malformed requests, attacks, spoiled answers; bounded.

The load takes the time it is given. The other parts end when their count is reached or their share of that time is
over on top, and the report says how far they came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from rich.console import Console
from rich.table import Table

from benchmarks.drawing.pictures import COLUMNS, rows
from benchmarks.drawing.pictures import soak as show_soak
from benchmarks.keeping import RESULTS, ending_on_a_full_output, refuse_a_full_disk, show_and_keep
from benchmarks.soak.attacks import soak_attacks
from benchmarks.soak.load import soak_load
from benchmarks.soak.messages import soak_answers, soak_requests
from benchmarks.soak.server import redis, serving

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, object]

SHARES: Final = {"load": 1.0, "requests": 0.5, "attacks": 0.2, "answers": 0.2}
"""How long each part may take at most, of the seconds that were asked for."""


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
    with serving("--journal-size", "100", "--outbox-size", "100") as server:
        attacks = asyncio.run(soak_attacks(server, seconds * SHARES["attacks"]))
    answers = asyncio.run(soak_answers(seconds * SHARES["answers"], seed))
    return {
        "command": f"SOAK_SECONDS={seconds:g} make soak",
        "date": f"{began:%Y-%m-%d}",
        "workers": 1 if store is None else 4,
        "seed": seed,
        "load": load,
        "requests": requests,
        "attacks": attacks,
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
    parts = [cast("Json", report[name]) for name in SHARES if name in report]
    memories = [cast("Json", part["memoryMib"]) for part in parts if "memoryMib" in part]
    requests = cast("Json", report["requests"])
    is_ill = bool(requests["stackTraces"]) or not requests["isHealthyAfterwards"]
    is_growing = any(each["isFlat"] is False for each in memories)
    return is_ill or is_growing or any(part["failures"] for part in parts)


def main() -> int:
    """Soak; end with 1 where something failed, with 26 where the results cannot be kept or told."""
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
    results = {
        folder / "soak.json": json.dumps(report, indent=2) + "\n",
        folder / "soak.svg": show_soak(report).pictures["soak"],
    }
    return show_and_keep(lambda: show(report, console), results) or int(has_failed(report))


def show(report: Json, console: Console) -> None:
    """Print a table, and the first failures of each part."""
    console.print(table_of(report))
    for name in [name for name in SHARES if name in report]:
        for failure in cast("list[str]", cast("Json", report[name])["failures"])[:20]:
            console.print(f"{name}: {failure}", markup=False)


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(main())
