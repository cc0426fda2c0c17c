"""What the SDK costs over raw aiohttp, in calls per second, CPU, import time and memory.

Everything is a ratio within one run: in each round every candidate has a short turn, the ratio is
taken within the round, and the median of the rounds counts. It is done twice, in processes of their
own: on the plain stack, and with orjson and uvloop. The figures go to `benchmarks/results/sdk.json`
too. Exits with 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib.util
import json
import resource
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import aiohttp
import httpx
from rich.console import Console
from rich.table import Table

if "plain" in sys.argv:  # as if the extra `fast` were not installed
    sys.modules["orjson"] = None  # type: ignore[assignment]

from aiogenauth import AuthenticationClient, HttpxTransport

HERE = Path(__file__).parent
PATH = "/api/v3/bind-phone"
BODY = {"passCode": "123456", "phoneNumber": "18812348888", "phoneCountryCode": "+86"}
HEADERS = {
    "x-genauth-app-id": "app",
    "x-genauth-sdk-version": "python:5.1.0",
    "x-genauth-request-from": "sdk",
    "authorization": "token",
}
BASE = "raw aiohttp"
TARGETS = {"1 in flight": 0.95, "100 in flight": 0.90}
STACKS = ("plain", "fast")
IMPORT_TARGET = 1.15
MEMORY_TARGET = 2048

Call = Callable[[], Awaitable[object]]
Figures = dict[str, Any]


async def measure(call: Call, calls: int, in_flight: int) -> tuple[float, float]:
    """Give calls per second, and microseconds of CPU per call."""
    left = calls

    async def worker() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await call()

    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return calls / wall, cpu / calls * 1e6


async def compare(candidates: dict[str, Call], calls: int, in_flight: int, rounds: int) -> Figures:
    """Let the candidates run in turns, each round in the other order; the first is the base."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in candidates}
    for call in candidates.values():
        await measure(call, max(in_flight, calls // 2), in_flight)
    for number in range(rounds):
        for name in list(candidates) if number % 2 else list(reversed(candidates)):
            runs[name].append(await measure(candidates[name], calls, in_flight))
    base = next(iter(runs.values()))
    return {name: _row(each, base) for name, each in runs.items()}


def _row(runs: list[tuple[float, float]], base: list[tuple[float, float]]) -> Figures:
    pairs = list(zip(runs, base, strict=True))
    ratios = [mine[0] / theirs[0] for mine, theirs in pairs]
    return {
        "calls_per_second": round(statistics.median(rate for rate, _ in runs)),
        "ratio": round(statistics.median(ratios), 3),
        "cpu_us_per_call": round(statistics.median(cpu for _, cpu in runs), 1),
        "cpu_ratio": round(statistics.median(theirs[1] / mine[1] for mine, theirs in pairs), 3),
    }


def official(url: str) -> Call | None:
    """Call through the official synchronous SDK in threads, where it is installed."""
    if importlib.util.find_spec("genauth") is None:
        return None
    from genauth import AuthenticationClient as Official  # type: ignore[import-not-found]  # noqa: PLC0415 - optional

    client: Any = Official(app_id="app", app_host=url, access_token="token")  # noqa: S106 - a stand-in
    return lambda: asyncio.to_thread(client.bind_phone, "123456", "18812348888", "+86")


async def throughput(url: str, tls: ssl.SSLContext | None, rounds: int) -> Figures:
    """Compare raw aiohttp, this SDK over each transport, and the official SDK."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=tls or True))
        )
        theirs = await stack.enter_async_context(httpx.AsyncClient(verify=tls or True))
        ours = await stack.enter_async_context(
            AuthenticationClient("app", url, access_token="token", ssl_context=tls)  # noqa: S106 - a stand-in
        )
        over_httpx = AuthenticationClient(
            "app",
            url,
            access_token="token",  # noqa: S106 - a stand-in
            transport=HttpxTransport(theirs),
        )

        async def raw() -> object:
            async with session.post(url + PATH, json=BODY) as response:
                return await response.json()

        async def raw_with_headers() -> object:
            async with session.post(url + PATH, json=BODY, headers=HEADERS) as response:
                return await response.json()

        def bind(client: AuthenticationClient) -> Call:
            return lambda: client.bind_phone("123456", "18812348888", "+86")

        quick: dict[str, Call] = {
            BASE: raw,
            "raw aiohttp, same headers": raw_with_headers,
            "aiogenauth": bind(ours),
        }
        slow: dict[str, Call] = {BASE: raw, "aiogenauth over httpx": bind(over_httpx)}
        if (synchronous := official(url)) is not None:
            slow["genauth (official) in threads"] = synchronous
        figures: Figures = {}
        for name, in_flight, calls in (("1 in flight", 1, 300), ("100 in flight", 100, 1000)):
            figures[name] = await compare(quick, calls, in_flight, rounds)
            others = await compare(slow, 100, in_flight, 3)
            figures[name] |= {each: row for each, row in others.items() if each != BASE}
        return figures


def import_times(rounds: int) -> Figures:
    """Compare fresh processes: what the SDK imports on top of what it stands on."""
    programs = {
        "aiohttp + attrs + cattrs": "import aiohttp, attrs, cattrs",
        "aiogenauth": "import aiogenauth",
        "nothing": "pass",
    }
    runs: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds + 1):
        for name, program in programs.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            runs[name].append((time.perf_counter() - began) * 1000)
    medians = {name: statistics.median(each[1:]) for name, each in runs.items()}
    ratio = medians["aiogenauth"] / medians["aiohttp + attrs + cattrs"]
    return {"milliseconds": {name: round(each, 1) for name, each in medians.items()},
            "ratio": round(ratio, 3)}  # fmt: skip


async def memory(url: str, calls: int) -> Figures:
    """Tell whether memory grows over many calls: the peak after a tenth, and at the end."""
    peaks: list[int] = []
    async with AuthenticationClient("app", url) as client:
        for _ in range(10):
            for number in range(calls // 1000):
                user = client.as_user(f"token-{number}")
                binds = (user.bind_phone("123456", "18812348888") for _ in range(100))
                await asyncio.gather(*binds)
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return {"calls": calls, "peak_kib_per_tenth": peaks, "growth_kib": peaks[-1] - peaks[0]}


def certificate(where: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate of 127.0.0.1."""
    pem, key = where / "cert.pem", where / "key.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        f"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {pem}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    return pem, key


def server(stack: ExitStack, *arguments: Path) -> str:
    """Run the fixed server in a process of its own and give its URL."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, str(HERE / "fixed_server.py"), *map(str, arguments)],
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    stack.callback(process.terminate)
    return (process.stdout or sys.stdin).readline().strip()


def show(console: Console, title: str, figures: Figures) -> None:
    """Print one comparison."""
    table = Table(title=title)
    for column in ("", "calls/s", "ratio", "CPU µs/call", "CPU ratio"):
        table.add_column(column, justify="left" if not column else "right")
    for name, row in figures.items():
        table.add_row(name, *(str(each) for each in row.values()))
    console.print(table)


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
        import uvloop  # noqa: PLC0415 - the plain stack goes without

        go = uvloop.run
    with ExitStack() as stack_of_servers:
        if what == "memory":
            return go(memory(server(stack_of_servers), calls))
        if what == "http":
            return go(throughput(server(stack_of_servers), None, rounds))
        where = Path(stack_of_servers.enter_context(tempfile.TemporaryDirectory()))
        pem, key = certificate(where)
        tls = ssl.create_default_context(cafile=pem)
        return go(throughput(server(stack_of_servers, pem, key), tls, rounds))


def in_a_process(what: str, stack: str, arguments: argparse.Namespace) -> Figures:
    """Measure one thing in a process of its own, which has imported nothing else."""
    command = [sys.executable, __file__, "--only", what, "--stack", stack]
    command += ["--rounds", str(arguments.rounds), "--memory-calls", str(arguments.memory_calls)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def bars(results: dict[str, Figures]) -> list[tuple[str, float, bool]]:
    """Hold the figures against what was promised: what, how much, and whether it is enough."""
    found = [
        (f"http, {stack} stack, {name}: {part} to raw aiohttp, at least {target}", ratio, enough)
        for stack in STACKS
        for name, target in TARGETS.items()
        for part in ("ratio", "cpu_ratio")
        for ratio in (results[f"http, {stack}"][name]["aiogenauth"][part],)
        for enough in (ratio >= target,)
    ]
    ratio = results["import"]["ratio"]
    found.append((f"import time, at most {IMPORT_TARGET}", ratio, ratio <= IMPORT_TARGET))
    growth = results["memory"]["growth_kib"]
    found.append(
        (f"growth of memory in KiB, at most {MEMORY_TARGET}", growth, growth <= MEMORY_TARGET)
    )
    return found


def main() -> None:
    """Measure everything, print it, write it down, and say whether it is enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", type=Path, default=HERE / "results" / "sdk.json", help="where the figures go"
    )
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--memory-calls", type=int, default=200_000)
    parser.add_argument("--only", choices=["http", "https", "memory"], help="print this as JSON")
    parser.add_argument("--stack", choices=STACKS, default="plain")
    arguments = parser.parse_args()
    if arguments.only:
        figures = run(arguments.only, arguments.stack, arguments.rounds, arguments.memory_calls)
        print(json.dumps(figures))
        return
    console, results = Console(), dict[str, Figures]()
    for scheme in ("http", "https"):
        for stack in STACKS:
            title = f"{scheme}, {stack}"
            results[title] = in_a_process(scheme, stack, arguments)
            for name, rows in results[title].items():
                show(console, f"{title} stack, {name}", rows)
    results["import"] = import_times(15)
    results["memory"] = in_a_process("memory", "plain", arguments)
    console.print(results["import"], results["memory"])
    arguments.json.parent.mkdir(exist_ok=True)
    arguments.json.write_text(json.dumps(results, indent=2) + "\n")
    verdicts = bars(results)
    for text, figure, enough in verdicts:
        console.print(f"{'ok    ' if enough else 'MISSED'} {text}: {figure}")
    sys.exit(not all(enough for _, _, enough in verdicts))


if __name__ == "__main__":
    main()
