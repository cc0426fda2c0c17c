"""How fast, small and quick to start the offline GenAuth is, beside a bare aiohttp handler on the same machine.

Both serve at the same time and are loaded in short turns; what counts is the share, median of all turns. Its
peers are mocks from npm and PyPI.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import chain, cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.bench.crowd import among_many, large_bodies
from benchmarks.bench.fixture_cost import fixture_cost
from benchmarks.bench.loaded import (
    FAST,
    PLAIN,
    WARM_UP,
    bare_handler,
    free_port,
    installed,
    loaded_mock,
    python,
    serving,
    wait_for_answer,
)
from benchmarks.bench.peers import beside_peers
from benchmarks.bench.turns import Turns
from benchmarks.drawing.svg import shown
from benchmarks.keeping import (
    PROJECT,
    RESULTS,
    ending_on_a_full_output,
    refuse_a_full_disk,
    show_and_keep,
)
from benchmarks.processes import compiled_into, resident_mebibytes

STARTS = 15
PAIRS = 5
"""How many fresh bare handlers and mocks are loaded in turns: no two processes are equally fast."""
OUTSTANDING = 100_000
BARS = {
    "send-sms / bare": (0.70, "at least"),
    "bind-phone / bare": (0.70, "at least"),
    "send-sms, fast / bare": (1.0, "at least"),
    "bind-phone, fast / bare": (1.0, "at least"),
    "start to first answer / bare": (1.3, "at most"),
    "memory idle, MiB": (50, "at most"),
    "memory of a million sends, last tenth / second tenth": (1.1, "at most"),
    "look-up, 100,000 outstanding / 100": (1.2, "at most"),
    "bind flows, loopback / in process": (3.0, "at least"),
    "fixture and a new user, more than an empty test, processor ms": (1.0, "at most"),
    "call beside 1,000 readers and 5,000 abandoned polls, ms": (2.0, "at most"),
    "reading a body, twice as large / half": (3.0, "at most"),
}


def main() -> int:
    """Measure, show, and keep what was measured; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure other mocks, too")
    given = parser.parse_args()
    console = Console()
    refuse_a_full_disk()
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        figures: dict[str, float] = {}
        for step in (
            starting,
            throughput,
            memory,
            looking_up,
            bind_flows,
            fixture_cost,
            in_a_crowd,
        ):
            console.print(f"[dim]{step.__doc__}[/]")
            figures |= step(scratch)
        if given.peers:
            figures |= beside_peers(scratch, console)
    return told(figures, RESULTS / "mock.json", console)


def told(figures: dict[str, float], path: Path, console: Console) -> int:
    """Show the figures, keep them, and hold them against their bars; give the exit code."""
    has_missed = not all(meets_bar(name, value) for name, value in figures.items())
    kept = {path: json.dumps(figures, indent=2) + "\n"}
    return show_and_keep(lambda: console.print(table_of(figures)), kept) or int(has_missed)


def starting(scratch: Path) -> dict[str, float]:
    """Start to first answer: the command beside the bare handler."""
    seconds: dict[str, list[float]] = defaultdict(list)
    compiled = compiled_into(str(scratch / "compiled"))
    for number in range(STARTS + 1):
        for name, command, path in (
            ("bare", python(PLAIN, "bare_handler.py"), "/"),
            ("mock", [installed("genauth-mock"), "serve", "--port"], "/_mock/health"),
        ):
            port = free_port()
            began = time.perf_counter()
            with serving([*command, str(port)], None, **compiled):
                wait_for_answer(port, path)
                if number:
                    seconds[name].append(time.perf_counter() - began)
    bare, mock = statistics.median(seconds["bare"]), statistics.median(seconds["mock"])
    return {
        "start to first answer, bare, ms": bare * 1000,
        "start to first answer, ms": mock * 1000,
        "start to first answer / bare": mock / bare,
    }


def throughput(scratch: Path) -> dict[str, float]:
    """Requests per second on 32 connections: send-sms and bind-phone beside the bare handler."""
    figures: dict[str, float] = {}
    for name, stack, call in (
        ("send-sms", PLAIN, "send-sms"),
        ("bind-phone", PLAIN, "bind-phone"),
        ("send-sms, fast", FAST, "send-sms"),
        ("bind-phone, fast", FAST, "bind-phone"),
    ):
        turns = beside_bare(scratch, stack, call)
        bare_us, mock_us = turns.processor_us()
        figures |= {f"{name}, {figure}": each for figure, each in turns.medians().items()}
        figures |= {
            f"{name}, processor_us": mock_us,
            f"{name} / bare": turns.ratio(),
            f"{name} / bare, by processor time": bare_us / mock_us,
        }
    return figures


def beside_bare(scratch: Path, stack: str, call: str) -> Turns:
    """Load mocks and bare handlers in turns with one call, all of which succeed."""
    turns = Turns()
    for _pair in range(PAIRS):
        with bare_handler() as bare, loaded_mock(scratch, stack, call) as mock:
            first = list(islice(mock.requests, WARM_UP))  # the bare handler is sent the like
            bare.requests, mock.requests = cycle(first), chain(first, mock.requests)
            turns.take(bare, mock)
        if mock.succeeded != mock.answered:
            sys.exit(f"{call}: {mock.succeeded} of {mock.answered} succeeded")
    return turns


def memory(_: Path) -> dict[str, float]:
    """Memory: idle, and in a run of a million sends in one process."""
    port = free_port()
    with serving([installed("genauth-mock"), "serve", "--port", str(port)]) as server:
        wait_for_answer(port, "/_mock/health")
        idle = resident_mebibytes(server.pid)
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench.million_sends", "1000000"],
        stdout=subprocess.PIPE,
        check=True,
        cwd=PROJECT,
    )
    told = json.loads(run.stdout)
    steps = [step["mebibytes"] for step in told["steps"]]
    return {
        "memory idle, MiB": idle,
        "memory of a million sends, at the end, MiB": steps[-1],
        "memory of a million sends, last tenth / second tenth": steps[-1] / steps[2],
        "sends per second without HTTP": told["sends_per_second"],
    }


def looking_up(scratch: Path) -> dict[str, float]:
    """Finding one number's code, with few and with many codes out."""
    turns = Turns()
    with (
        loaded_mock(scratch, PLAIN, "messages", 100) as few,
        loaded_mock(scratch, PLAIN, "messages", OUTSTANDING) as many,
    ):
        turns.take(few, many)
    few_us, many_us = turns.processor_us()
    return {
        "look-up, 100 outstanding, processor us": few_us,
        "look-up, 100,000 outstanding, processor us": many_us,
        "look-up, 100,000 outstanding / 100": many_us / few_us,
    }


def bind_flows(_: Path) -> dict[str, float]:
    """Whole bind flows through the SDK: without a socket, and over loopback."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench.bind_flows", "1000"],
        stdout=subprocess.PIPE,
        check=True,
        cwd=PROJECT,
    )
    told = json.loads(run.stdout)
    return {
        "bind flow in process, us": told["in_process_us"],
        "bind flow over loopback, us": told["loopback_us"],
        "bind flows, loopback / in process": told["loopback_us"] / told["in_process_us"],
    }


def in_a_crowd(_: Path) -> dict[str, float]:
    """Calls beside a thousand readers of events and five thousand abandoned polls; bodies that are large."""
    return among_many() | large_bodies()


def meets_bar(name: str, value: float) -> bool:
    """Tell whether a figure meets its bar; one without a bar does."""
    bar, side = BARS.get(name, (value, "at least"))
    return value >= bar if side == "at least" else value <= bar


def table_of(figures: dict[str, float]) -> Table:
    """Draw every figure up for a terminal, with the bar it has to meet."""
    table = Table("figure", "measured", "bar", "met")
    for name, value in figures.items():
        bar, side = BARS.get(name, (None, ""))
        is_met = "" if bar is None else str(meets_bar(name, value))
        table.add_row(name, shown(value), "" if bar is None else f"{side} {bar:g}", is_met)
    return table


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(main())
