"""How fast, small and quick to start the offline GenAuth is, beside a bare aiohttp handler on the same machine.

Every figure of a round is taken right after the bare handler's, with servers on one core and the load on another
where there are two; what counts is the ratio, median of the rounds. ``--peers`` adds other mocks, from npm and PyPI.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from peers import PEERS, Peer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

HERE = Path(__file__).parent
CONNECTIONS = 32
REQUESTS = 20_000
WARM_UP = 1_000
"""How many requests come first and are not counted: with them every server imports what it needs, and grows warm."""
ROUNDS = 3
LOOK_UPS = 6_000
OUTSTANDING = 100_000

# The `fast` extra is put out of sight where the plain stack is measured; the product itself has no such switch.
PLAIN = "import sys, runpy; sys.modules['orjson'] = sys.modules['uvloop'] = None; "
FAST = "import sys, runpy; "

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
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        figures: dict[str, float] = {}
        for step in (starting, throughput, memory, looking_up, bind_flows):
            console.print(f"[dim]{step.__doc__}[/]")
            figures |= step(scratch)
        if "--peers" in sys.argv:
            figures |= beside_peers(scratch, console)
    show(console, figures)
    results = HERE / "results" / "mock.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


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
    taken: dict[str, list[dict[str, float]]] = defaultdict(list)
    ratios: dict[str, list[float]] = defaultdict(list)
    for _round in range(ROUNDS):
        for name, stack, call in (
            ("send-sms", PLAIN, "send-sms"),
            ("bind-phone", PLAIN, "bind-phone"),
            ("send-sms, fast", FAST, "send-sms"),
            ("bind-phone, fast", FAST, "bind-phone"),
        ):
            bare, measured = against_bare(scratch), against_mock(scratch, stack, call)
            taken["bare"].append(bare)
            taken[name].append(measured)
            ratios[f"{name} / bare"].append(
                measured["requests_per_second"] / bare["requests_per_second"]
            )
            # On a machine with other work, processor time is what still can be compared.
            ratios[f"{name} / bare, by processor time"].append(
                bare["processor_us"] / measured["processor_us"]
            )
    return {
        f"{name}, {figure}": statistics.median(each[figure] for each in measured)
        for name, measured in taken.items()
        for figure in ("requests_per_second", "processor_us", "p50_ms", "p99_ms")
    } | {name: statistics.median(each) for name, each in ratios.items()}


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
    cost = {
        how_many: against_mock(scratch, PLAIN, "messages", how_many)["processor_us"]
        for how_many in (100, OUTSTANDING)
    }
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
            command = peer.prepared(scratch)
        except (OSError, subprocess.SubprocessError) as error:
            console.print(f"skipped {peer.name}: cannot be installed here ({type(error).__name__})")
            continue
        figures |= against_peer(scratch, peer, command)
    return figures


def against_peer(scratch: Path, peer: Peer, command: list[str]) -> dict[str, float]:
    """Measure one peer beside the bare handler."""
    port = free_port()
    bare = against_bare(scratch)["requests_per_second"]
    with serving([part.replace("PORT", str(port)) for part in command], cwd=scratch) as server:
        wait_for_answer(port, "/", seconds=60)
        wanted = [request(*peer.request, peer.headers)] * 3000
        measured = load(scratch, port, wanted, server.pid)["requests_per_second"]
        resident = resident_mebibytes(server.pid)
    return {
        f"{peer.name}, requests per second": measured,
        f"{peer.name} / bare": measured / bare,
        f"{peer.name}, memory, MiB": resident,
    }


def against_bare(scratch: Path) -> dict[str, float]:
    """Load the bare handler."""
    port = free_port()
    with serving([*python(PLAIN, "bare_handler.py"), str(port)]) as server:
        wait_for_answer(port, "/")
        return load(scratch, port, sends(REQUESTS), server.pid)


def against_mock(scratch: Path, stack: str, call: str, outstanding: int = 0) -> dict[str, float]:
    """Load a fresh mock; every request of it must succeed."""
    port = free_port()
    binds = scratch / "binds"
    prepared = outstanding or (REQUESTS if call == "bind-phone" else 0)
    command = [*python(stack, "prepared_mock.py"), str(port), str(prepared), str(binds)]
    with serving(command) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        server.stdout.readline()
        lines = [json.loads(line) for line in binds.read_text(encoding="utf-8").splitlines()]
        wanted = {
            "send-sms": lambda: sends(REQUESTS),
            "bind-phone": lambda: (bind(*line) for line in lines),
            "messages": lambda: (look_up(lines[n % len(lines)][1]) for n in range(LOOK_UPS)),
        }[call]()
        measured = load(scratch, port, wanted, server.pid)
    if call != "messages" and measured["succeeded"] != measured["answered"]:
        sys.exit(f"{call}: {measured['succeeded']} of {measured['answered']} succeeded")
    return measured


def sends(how_many: int) -> Iterable[bytes]:
    """Ask for codes for that many numbers."""
    for number in range(how_many):
        phone = {"phoneNumber": str(15_000_000_000 + number), "phoneCountryCode": "+86"}
        yield request("POST", "/api/v3/send-sms", {"channel": "CHANNEL_BIND_PHONE", **phone})


def bind(token: str, number: str, digits: str) -> bytes:
    """Bind one prepared number for its prepared user: every one succeeds."""
    phone = {"phoneNumber": number, "phoneCountryCode": "+86", "passCode": digits}
    return request("POST", "/api/v3/bind-phone", phone, {"authorization": token})


def look_up(number: str) -> bytes:
    """Look one number's messages up."""
    return request("GET", f"/_mock/messages?phoneNumber={number}", None)


def request(method: str, path: str, body: object, headers: dict[str, str] | None = None) -> bytes:
    """Write a request as a client does."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = {
        "host": "127.0.0.1",
        "x-genauth-app-id": "bench",
        "content-type": "application/json",
        "content-length": len(content),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def load(scratch: Path, port: int, requests: Iterable[bytes], server: int) -> dict[str, float]:
    """Send the requests from a process of its own; the server's own processor time is told too."""
    wanted = list(requests)
    sent(scratch, port, wanted[:WARM_UP])
    before = processor_seconds(server)
    measured = sent(scratch, port, wanted[WARM_UP:])
    spent = processor_seconds(server) - before
    return measured | {"processor_us": spent / measured["answered"] * 1e6}


def sent(scratch: Path, port: int, requests: list[bytes]) -> dict[str, float]:
    """Send requests on 32 connections; give what came back."""
    file = scratch / "requests"
    lengths = json.dumps([len(one) for one in requests]).encode()
    file.write_bytes(lengths + b"\n" + b"".join(requests))
    command = [*pinned(1), sys.executable, HERE / "load.py", str(port), str(CONNECTIONS), file]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=120)
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


def processor_seconds(pid: int) -> float:
    """Tell how much processor time a process has had, by Linux's own count."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: list[str], cwd: Path | None = None) -> Generator[subprocess.Popen[str]]:
    """Run a server on the first core."""
    with subprocess.Popen(
        [*pinned(0), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=cwd,
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def pinned(core: int) -> list[str]:
    """Say how a command is kept on one core, where that can be done."""
    taskset = shutil.which("taskset")
    return [] if taskset is None or (os.cpu_count() or 1) < 2 else [taskset, "-c", str(core)]  # noqa: PLR2004 - one for each side


def python(stack: str, script: str) -> list[str]:
    """Run one of our scripts on a stack."""
    path = str(HERE / script)
    code = f"sys.argv[0] = {path!r}; runpy.run_path({path!r}, run_name='__main__')"
    return [sys.executable, "-c", stack + code]


def installed(name: str) -> str:
    """Find a command beside this Python."""
    return str(Path(sys.executable).with_name(name))


def wait_for_answer(port: int, path: str, seconds: float = 20) -> None:
    """Ask until something answers."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode())
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.002)
    sys.exit(f"nothing answers on port {port}")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def resident_mebibytes(pid: int) -> float:
    """Tell how much memory a process has, by Linux's own count."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def show(console: Console, figures: dict[str, float]) -> None:
    """Show every figure, and the bar it has to meet."""
    table = Table("figure", "measured", "bar", "met")
    for name, value in figures.items():
        shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"  # noqa: PLR2004 - enough digits
        bar, side = BARS.get(name, (None, ""))
        is_met = "" if bar is None else str(value >= bar if side == "at least" else value <= bar)
        table.add_row(name, shown, "" if bar is None else f"{side} {bar:g}", is_met)
    console.print(table)


if __name__ == "__main__":
    main()
