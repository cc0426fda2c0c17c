"""How fast, small and quick to start the offline GenAuth is, beside a bare aiohttp handler on the same machine.

Both serve at the same time and are loaded in short turns; what counts is the share, median of the rounds. ``--peers``
adds other mocks, from npm and PyPI.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import chain, cycle, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING

from drawing import shown
from keeping import keep_results, refuse_a_full_disk
from loaded import (
    FAST,
    PLAIN,
    REQUESTS,
    WARM_UP,
    Loaded,
    bare_handler,
    free_port,
    in_turns,
    python,
    request,
    resident_mebibytes,
    sends,
    serving,
    under_load,
    wait_for_answer,
)
from peers import PEERS, Peer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

HERE = Path(__file__).parent
LOOK_UPS = 6_000
OUTSTANDING = 100_000
PEER_SLICE = 300
"""How many requests a peer is sent in its turn: most are slow."""

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
}


def main() -> None:
    """Measure, show, and keep what was measured."""
    console = Console()
    refuse_a_full_disk()
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        figures: dict[str, float] = {}
        for step in (starting, throughput, memory, looking_up, bind_flows):
            console.print(f"[dim]{step.__doc__}[/]")
            figures |= step(scratch)
        if "--peers" in sys.argv:
            figures |= beside_peers(scratch, console)
    sys.exit(told(figures, HERE / "results" / "mock.json", console))


def told(figures: dict[str, float], path: Path, console: Console) -> int:
    """Show the figures, keep them, and hold them against their bars; give the exit code."""
    show(console, figures)
    has_missed = not all(meets_bar(name, value) for name, value in figures.items())
    return keep_results({path: json.dumps(figures, indent=2) + "\n"}) or int(has_missed)


def starting(_: Path) -> dict[str, float]:
    """Start to first answer: the command beside the bare handler."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for _round in range(7):
        for name, command, path in (
            ("bare", python(PLAIN, "bare_handler.py"), "/"),
            ("mock", [installed("genauth-mock"), "serve", "--port"], "/_mock/health"),
        ):
            port = free_port()
            began = time.perf_counter()
            with serving([*command, str(port)]):
                wait_for_answer(port, path)
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
        with bare_handler() as bare, loaded_mock(scratch, stack, call) as mock:
            first = list(islice(mock.requests, WARM_UP))  # the bare handler is sent the like
            bare.requests, mock.requests = cycle(first), chain(first, mock.requests)
            measured, shares = in_turns(bare, mock)
        if mock.succeeded != mock.answered:
            sys.exit(f"{call}: {mock.succeeded} of {mock.answered} succeeded")
        figures |= {f"{name}, {figure}": each for figure, each in measured.items()}
        figures |= {f"{name} / bare{how}": share for how, share in shares.items()}
    return figures


def memory(_: Path) -> dict[str, float]:
    """Memory: idle, and in a run of a million sends in one process."""
    port = free_port()
    with serving([installed("genauth-mock"), "serve", "--port", str(port)]) as server:
        wait_for_answer(port, "/_mock/health")
        idle = resident_mebibytes(server.pid)
    run = subprocess.run(
        [sys.executable, HERE / "million_sends.py", "1000000"], stdout=subprocess.PIPE, check=True
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
    cost: dict[int, float] = {}
    for how_many in (100, OUTSTANDING):
        with loaded_mock(scratch, PLAIN, "messages", how_many) as mock:
            mock.sent(WARM_UP)
            cost[how_many] = mock.sent(LOOK_UPS)["processor_us"]
    return {
        "look-up, 100 outstanding, processor us": cost[100],
        "look-up, 100,000 outstanding, processor us": cost[OUTSTANDING],
        "look-up, 100,000 outstanding / 100": cost[OUTSTANDING] / cost[100],
    }


def bind_flows(_: Path) -> dict[str, float]:
    """Whole bind flows through the SDK: without a socket, and over loopback."""
    run = subprocess.run(
        [sys.executable, HERE / "bind_flows.py", "1000"], stdout=subprocess.PIPE, check=True
    )
    told = json.loads(run.stdout)
    return {
        "bind flow in process, us": told["in_process_us"],
        "bind flow over loopback, us": told["loopback_us"],
        "bind flows, loopback / in process": told["loopback_us"] / told["in_process_us"],
    }


def beside_peers(scratch: Path, console: Console) -> dict[str, float]:
    """Other mocks: one call that each of them answers, on 32 connections."""
    figures: dict[str, float] = {}
    for peer in PEERS:
        try:
            figures |= against_peer(scratch, peer)
        except (OSError, subprocess.SubprocessError) as error:
            console.print(f"skipped {peer.name}: does not run here ({type(error).__name__})")
    return figures


def against_peer(scratch: Path, peer: Peer) -> dict[str, float]:
    """Measure one peer beside the bare handler: how soon it answers, how fast, and with how much memory."""
    port = free_port()
    command = peer.prepared(scratch, port)
    with bare_handler() as bare, serving(command, scratch, PORT=str(port)) as server:
        began = time.perf_counter()
        wait_for_answer(port, "/", seconds=90)
        started = time.perf_counter() - began
        with under_load(port, server, repeat(request(*peer.request, peer.headers))) as loaded:
            measured, shares = in_turns(bare, loaded, warm_up=PEER_SLICE, size=PEER_SLICE)
        resident = resident_mebibytes(server.pid)
    return {
        f"{peer.name}, requests per second": measured["requests_per_second"],
        f"{peer.name}, p99_ms": measured["p99_ms"],
        f"{peer.name} / bare": shares[""],
        f"{peer.name}, start to first answer, ms": started * 1000,
        f"{peer.name}, memory, MiB": resident,
    }


@contextmanager
def loaded_mock(scratch: Path, stack: str, call: str, outstanding: int = 0) -> Generator[Loaded]:
    """Serve a fresh mock, with the requests that all of them succeed."""
    port = free_port()
    binds = scratch / "binds"
    prepared = outstanding or (REQUESTS if call == "bind-phone" else 0)
    command = [*python(stack, "prepared_mock.py"), str(port), str(prepared), str(binds)]
    with serving(command) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        server.stdout.readline()
        lines = [json.loads(line) for line in binds.read_text(encoding="utf-8").splitlines()]
        requests: dict[str, Iterable[bytes]] = {
            "send-sms": sends(REQUESTS),
            "bind-phone": (bind(*line) for line in lines),
            "messages": (look_up(number) for _, number, _ in cycle(lines)),
        }
        with under_load(port, server, requests[call]) as loaded:
            yield loaded


def bind(token: str, number: str, digits: str) -> bytes:
    """Bind one prepared number for its prepared user: every one succeeds."""
    phone = {"phoneNumber": number, "phoneCountryCode": "+86", "passCode": digits}
    return request("POST", "/api/v3/bind-phone", phone, {"authorization": token})


def look_up(number: str) -> bytes:
    """Look one number's messages up."""
    return request("GET", f"/_mock/messages?phoneNumber={number}", None)


def installed(name: str) -> str:
    """Find a command beside this Python."""
    return str(Path(sys.executable).with_name(name))


def meets_bar(name: str, value: float) -> bool:
    """Tell whether a figure meets its bar; one without a bar does."""
    bar, side = BARS.get(name, (value, "at least"))
    return value >= bar if side == "at least" else value <= bar


def show(console: Console, figures: dict[str, float]) -> None:
    """Show every figure, and the bar it has to meet."""
    table = Table("figure", "measured", "bar", "met")
    for name, value in figures.items():
        bar, side = BARS.get(name, (None, ""))
        is_met = "" if bar is None else str(meets_bar(name, value))
        table.add_row(name, shown(value), "" if bar is None else f"{side} {bar:g}", is_met)
    console.print(table)


if __name__ == "__main__":
    main()
