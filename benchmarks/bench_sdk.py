"""What the SDK costs over raw aiohttp, in calls per second, CPU, import time and memory.

Everything is a ratio within one run: rounds of all candidates alternate, medians are compared.
The figures go to `benchmarks/results/sdk.json` too.
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
TARGETS = {"1 in flight": 0.95, "100 in flight": 0.90}
IMPORT_TARGET = 1.15

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


async def compare(
    candidates: dict[str, Call], calls: dict[str, int], in_flight: int, rounds: int
) -> Figures:
    """Let the candidates run in turns, each round in the other order, and take medians."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in candidates}
    for name, call in candidates.items():
        await measure(call, max(in_flight, calls[name] // 5), in_flight)
    for number in range(rounds):
        order = list(candidates) if number % 2 else list(reversed(candidates))
        for name in order:
            runs[name].append(await measure(candidates[name], calls[name], in_flight))
    base = next(iter(candidates))
    medians = {
        name: [statistics.median(run[part] for run in each) for part in (0, 1)]
        for name, each in runs.items()
    }
    return {
        name: {
            "calls_per_second": round(rate),
            "ratio": round(rate / medians[base][0], 3),
            "cpu_us_per_call": round(cpu, 1),
            "cpu_ratio": round(medians[base][1] / cpu, 3),
        }
        for name, (rate, cpu) in medians.items()
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

        candidates: dict[str, Call] = {
            "raw aiohttp": raw,
            "raw aiohttp, same headers": raw_with_headers,
            "aiogenauth": bind(ours),
            "aiogenauth over httpx": bind(over_httpx),
        }
        if (synchronous := official(url)) is not None:
            candidates["genauth (official) in threads"] = synchronous
        figures: Figures = {}
        for name, in_flight, calls in (("1 in flight", 1, 1000), ("100 in flight", 100, 3000)):
            slow = 100 if tls else 400
            counts = {
                each: slow if "official" in each or "httpx" in each else calls
                for each in candidates
            }
            figures[name] = await compare(candidates, counts, in_flight, rounds)
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


def main() -> None:
    """Measure everything, print it, and write it down if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", type=Path, default=HERE / "results" / "sdk.json", help="where the figures go"
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--memory-calls", type=int, default=200_000)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")  # the official SDK warns of its own unverified TLS
    console, results = Console(), dict[str, Figures]()
    with ExitStack() as stack:
        pem, key = certificate(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        url = server(stack)
        results["http"] = asyncio.run(throughput(url, None, arguments.rounds))
        tls = ssl.create_default_context(cafile=pem)
        results["https"] = asyncio.run(throughput(server(stack, pem, key), tls, arguments.rounds))
        results["import"] = import_times(max(arguments.rounds, 9))
        results["memory"] = asyncio.run(memory(url, arguments.memory_calls))
    for scheme in ("http", "https"):
        for name, figures in results[scheme].items():
            show(console, f"{scheme}, {name}", figures)
    for name, target in TARGETS.items():
        ratio = results["http"][name]["aiogenauth"]["ratio"]
        console.print(f"http, {name}: {ratio} of raw aiohttp (wanted: {target})")
    console.print(f"import: {results['import']} (wanted: at most {IMPORT_TARGET})")
    console.print(f"memory: {results['memory']}")
    arguments.json.parent.mkdir(exist_ok=True)
    arguments.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
