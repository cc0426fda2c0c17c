"""What the SDK costs over raw aiohttp, in calls per second, CPU, import time and memory.

Everything is a ratio within one run: in each round every candidate has a short turn, the ratio is
taken within the round, and the median of the rounds counts; between which values half of the rounds
lie is told too. It is done twice, in processes of their own: on the plain stack, where both sides use
the json of the standard library, and with orjson and uvloop. The figures go to
`benchmarks/results/sdk.json` too. Exits with 1 if a bar is missed, with 26 if the figures cannot be kept
or told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import ssl
import subprocess
import sys
import tempfile
import warnings
from contextlib import ExitStack
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import cast

if __name__ == "__main__" and "plain" in sys.argv:  # as if the extra `fast` were not installed
    sys.modules["orjson"] = None  # type: ignore[assignment]

from rich.console import Console
from rich.table import Table

from benchmarks.bench.candidates import OFFICIAL, OURS, throughput
from benchmarks.bench.footprint import import_times, memory
from benchmarks.bench.turns import Figures
from benchmarks.keeping import (
    PROJECT,
    RESULTS,
    ending_on_a_full_output,
    refuse_a_full_disk,
    show_and_keep,
)

WIDTH = 110
"""Columns of the tables, also where the output is no terminal."""
STACK_OF = ("aiohttp", "httpx", "genauth", "attrs", "cattrs", "orjson", "uvloop")
STACKS = ("plain", "fast")
TARGETS = {"1 in flight": 0.95, "100 in flight": 0.90}
IMPORT_TARGET = 1.15
MEMORY_TARGET = 2048
"""KiB that the peak may grow between the first and the last tenth of the calls."""


def machine() -> dict[str, object]:
    """Say on what this was measured."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs",
        "load": round(os.getloadavg()[0], 2),
        "versions": {name: version(name) for name in STACK_OF},
    }


def certificate(where: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate of 127.0.0.1."""
    pem, key = where / "cert.pem", where / "key.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        f"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {pem}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    return pem, key


def server(stack: ExitStack, *arguments: Path | str) -> str:
    """Run the fixed server in a process of its own and give its URL."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bench.fixed_server", *map(str, arguments)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    stack.callback(process.terminate)
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    return process.stdout.readline().strip()


def show(console: Console, title: str, figures: Figures) -> None:
    """Print one comparison."""
    table = Table(title=title)
    for column in ("", "calls/s", "ratio", "half of it", "CPU µs/call", "CPU ratio", "half of it"):
        table.add_column(column, justify="left" if not column else "right", no_wrap=True)
    for name, row in figures.items():
        table.add_row(name, *(_shown(each) for each in row.values()))
    console.print(table)


def _shown(figure: object) -> str:
    if isinstance(figure, list):
        return " - ".join(map(str, cast("list[object]", figure)))
    return str(figure)


def run(what: str, stack: str, rounds: int, calls: int) -> Figures:
    """Measure one thing in this process.

    Args:
        what: `http`, `https` or `memory`.
        stack: `plain`, or `fast` for uvloop; orjson is there or not since the start.
        rounds: Turns of each candidate.
        calls: How many for `memory`.
    """
    warnings.simplefilter("ignore")  # the official SDK warns of its own unverified TLS
    go = asyncio.run
    if stack == "fast":
        import uvloop  # noqa: PLC0415 - only where it is installed

        go = uvloop.run
    with ExitStack() as stack_of_servers:
        if what == "memory":
            return go(memory(server(stack_of_servers), calls))
        if what == "http":
            return go(throughput(server(stack_of_servers), None, rounds, fast=stack == "fast"))
        where = Path(stack_of_servers.enter_context(tempfile.TemporaryDirectory()))
        pem, key = certificate(where)
        tls = ssl.create_default_context(cafile=pem)
        return go(throughput(server(stack_of_servers, pem, key), tls, rounds, fast=stack == "fast"))


def in_a_process(what: str, stack: str, arguments: argparse.Namespace) -> Figures:
    """Measure one thing in a process of its own, which has imported nothing else."""
    command = [sys.executable, "-m", "benchmarks.bench.sdk", "--only", what, "--stack", stack]
    command += ["--rounds", str(arguments.rounds), "--memory-calls", str(arguments.memory_calls)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    figures: Figures = json.loads(done.stdout)
    return figures


def main() -> int:
    """Measure everything, print it, write it down, and say whether it is enough; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", type=Path, default=RESULTS / "sdk.json", help="where the figures go"
    )
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--memory-calls", type=int, default=200_000)
    parser.add_argument("--only", choices=["http", "https", "memory"], help="print this as JSON")
    parser.add_argument("--stack", choices=STACKS, default="plain")
    arguments = parser.parse_args()
    refuse_a_full_disk()
    if arguments.only:
        figures = run(arguments.only, arguments.stack, arguments.rounds, arguments.memory_calls)
        print(json.dumps(figures))
        return 0
    console, results = Console(width=WIDTH), dict[str, Figures]({"machine": machine()})
    for scheme in ("http", "https"):
        for stack in STACKS:
            title = f"{scheme}, {stack}"
            results[title] = in_a_process(scheme, stack, arguments)
            for name, rows in results[title].items():
                show(console, f"{title} stack, {name}", rows)
    results["import"] = import_times(25)
    results["memory"] = in_a_process("memory", "plain", arguments)
    return told(results, arguments.json, console)


def told(results: dict[str, Figures], path: Path, console: Console) -> int:
    """Print what is no table, keep all figures, and say whether they are enough; give the exit code."""
    has_missed = not all(enough for _, _, enough in bars(results))
    kept = {path: json.dumps(results, indent=2) + "\n"}
    return show_and_keep(lambda: show_rest(console, results), kept) or int(has_missed)


def show_rest(console: Console, results: dict[str, Figures]) -> None:
    """Print what is no table, and how each figure stands to its bar."""
    console.print(results["machine"], results["import"], results["memory"])
    for name in TARGETS:
        rows = results["https, plain"][name]
        times = rows[OURS]["calls_per_second"] / rows[OFFICIAL]["calls_per_second"]
        console.print(f"https, verified, {name}: {times:.0f} times the calls of the official SDK")
    for text, figure, enough in bars(results):
        console.print(f"{'ok    ' if enough else 'MISSED'} {text}: {figure}")


def bars(results: dict[str, Figures]) -> list[tuple[str, float, bool]]:
    """Hold the figures against what was promised: what, how much, and whether it is enough."""
    found: list[tuple[str, float, bool]] = []
    for stack, (name, target), part in product(STACKS, TARGETS.items(), ("ratio", "cpu_ratio")):
        ratio = results[f"http, {stack}"][name][OURS][part]
        what = f"http, {stack} stack, {name}: {part} to raw aiohttp, at least {target}"
        found.append((what, ratio, ratio >= target))
    ratio = results["import"]["ratio"]
    found.append((f"import time, at most {IMPORT_TARGET}", ratio, ratio <= IMPORT_TARGET))
    growth = results["memory"]["growth_kib"]
    found.append(
        (f"growth of memory in KiB, at most {MEMORY_TARGET}", growth, growth <= MEMORY_TARGET)
    )
    return found


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(main())
