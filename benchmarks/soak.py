"""A soak, `make soak`: phones are bound under faults, and every outcome is held against the truth.

What the SDK says of a bind is compared with what the server knows of the user. A bind that returned and is not
there, or was refused although the code was good, is a lie; so is every exception that is not a `GenAuthError`.
The server's memory is read after each round, when its state was reset.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import aiohttp
from attrs import define, field

from aiogenauth import ApiError, AuthenticationClient, Channel, GenAuthError, OutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS: Final = Path(__file__).with_name("results")
ROUND_SECONDS: Final = 5.0
TASKS: Final = 16
WARM_UP: Final = 0.2
"""Share of the rounds after which memory counts."""

FAULTS: Final[tuple[dict[str, object], ...]] = (
    {"kind": "drop", "when": "before", "probability": 0.05},
    {"kind": "drop", "when": "after", "probability": 0.05},
    {"kind": "reset", "when": "after", "probability": 0.05},
    {"kind": "cut", "probability": 0.05},
    {"kind": "notJson", "probability": 0.05},
    {"kind": "status", "httpStatus": 503, "probability": 0.05},
    {"kind": "delay", "delay": {"distribution": "uniform", "fromSeconds": 0, "toSeconds": 0.05}},
)


@define
class Soak:
    """What happened so far."""

    host: str
    pid: int
    outcomes: Counter[str] = field(factory=Counter[str])
    lies: list[str] = field(factory=list[str])
    memory_mib: list[float] = field(factory=list[float])
    numbers: Iterator[int] = field(factory=lambda: count(13_000_000_000))

    async def round(self, mock: aiohttp.ClientSession, client: AuthenticationClient) -> None:
        """Bind for a few seconds, then forget everything, and read the memory."""
        for fault in FAULTS:
            for route in ("bind-phone", "get-profile"):
                await _post(mock, "/_mock/faults", {**fault, "route": route})
        ends = monotonic() + ROUND_SECONDS
        async with asyncio.TaskGroup() as tasks:
            for _ in range(TASKS):
                tasks.create_task(self._bind_until(ends, mock, client))
        await _post(mock, "/_mock/reset", {})
        self.memory_mib.append(memory_mib(self.pid))

    async def _bind_until(
        self, ends: float, mock: aiohttp.ClientSession, client: AuthenticationClient
    ) -> None:
        while monotonic() < ends:
            number = str(next(self.numbers))
            user = await _post(mock, "/_mock/users", {})
            view = client.as_user(str(user["accessToken"]))
            await view.send_sms(Channel.BIND_PHONE, number)
            async with mock.get("/_mock/messages", params={"phoneNumber": number}) as answer:
                code = (await answer.json())["messages"][0]["passCode"]
            outcome = await _outcome(view, number, str(code))
            async with mock.get(f"/_mock/users/{user['userId']}") as answer:
                is_bound = (await answer.json()).get("phoneNumber") == number
            self.outcomes[f"{outcome}, {'bound' if is_bound else 'not bound'}"] += 1
            if {"returned": is_bound, "unknown": True}.get(outcome, not is_bound) is False:
                self.lies.append(f"{outcome}, but {'bound' if is_bound else 'not bound'}")

    def report(self, wanted: float, seconds: float) -> dict[str, object]:
        """Sum up."""
        warm = self.memory_mib[int(len(self.memory_mib) * WARM_UP) :]
        return {
            "command": f"python benchmarks/soak.py --seconds {wanted:g}",
            "seconds": round(seconds),
            "binds": self.outcomes.total(),
            "outcomes": dict(sorted(self.outcomes.items())),
            "lies": len(self.lies),
            "memoryMibAfterWarmUp": round(warm[0], 1),
            "memoryMibAtTheEnd": round(warm[-1], 1),
            "memoryMib": [round(each, 1) for each in self.memory_mib],
        }


def memory_mib(pid: int) -> float:
    """Read the resident memory of a process, on Linux."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


async def _outcome(client: AuthenticationClient, number: str, code: str) -> str:
    try:
        done = await client.bind_phone(phone_number=number, pass_code=code)
    except OutcomeUnknown:
        return "unknown"
    except ApiError as error:
        return f"refused ({type(error).__name__})"
    except GenAuthError as error:
        return f"failed ({type(error).__name__})"
    return "returned" if done.confirmed_by else "never"


async def _post(
    mock: aiohttp.ClientSession, path: str, body: dict[str, object]
) -> dict[str, object]:
    async with mock.post(path, json=body) as answer:
        answer.raise_for_status()
        content: dict[str, object] = await answer.json()
        return content


async def soak(host: str, pid: int, seconds: float) -> dict[str, object]:
    """Bind until the time is over."""
    told, began = Soak(host, pid), monotonic()
    async with (
        aiohttp.ClientSession(host, headers={"x-genauth-app-id": "soak"}) as mock,
        AuthenticationClient("soak", host, deadline=4.0, timeout=2.0) as client,
    ):
        while monotonic() < began + seconds:
            await told.round(mock, client)
    return told.report(seconds, monotonic() - began)


def picture(report: dict[str, object]) -> str:
    """Draw the server's memory over the rounds."""
    memory = [float(each) for each in report["memoryMib"]]  # type: ignore[attr-defined]
    top, step = max(memory) * 1.25, 640 / max(1, len(memory) - 1)
    points = " ".join(
        f"{60 + i * step:.1f},{220 - 180 * m / top:.1f}" for i, m in enumerate(memory)
    )
    title = (
        f"{report['binds']} binds under faults in {report['seconds']} s: "
        f"{report['lies']} wrong answers; memory of the server after each round"
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 250" font-family="sans-serif" font-size="13">'
        '<rect width="720" height="250" fill="#fff"/>'
        f'<text x="20" y="22">{title}</text>'
        f'<text x="14" y="{224 - 180 * memory[0] / top:.0f}">{memory[0]:.0f} MiB</text>'
        '<line x1="60" y1="220" x2="700" y2="220" stroke="#888"/>'
        f'<polyline points="{points}" fill="none" stroke="#2563eb" stroke-width="2"/>'
        f'<text x="660" y="{210 - 180 * memory[-1] / top:.0f}">{memory[-1]:.0f} MiB</text>'
        '<text x="60" y="240">begin</text><text x="676" y="240">end</text></svg>\n'
    )


def main() -> int:
    """Serve, soak, write the results; end with 1 where there was a lie."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    seconds: float = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        command = [
            sys.executable,
            "-m",
            "genauth_mock",
            "serve",
            "--port",
            "0",
            "--ready-file",
            str(ready),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None  # noqa: S101 - it is a pipe
                host = server.stdout.readline().split()[-1]
                report = asyncio.run(soak(host, server.pid, seconds))
            finally:
                server.terminate()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    (RESULTS / "soak.svg").write_text(picture(report), encoding="utf-8")
    print(json.dumps({k: v for k, v in report.items() if k != "memoryMib"}, indent=2))
    return 1 if report["lies"] else 0


if __name__ == "__main__":
    sys.exit(main())
