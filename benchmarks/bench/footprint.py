"""What the SDK costs besides its calls: the time of its import, and memory over many calls."""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from aiogenauth import AuthenticationClient
from benchmarks.bench.candidates import OURS
from benchmarks.bench.turns import Figures, middle_half
from benchmarks.processes import compiled_into


def import_times(rounds: int) -> Figures:
    """Compare fresh processes: what the SDK imports on top of what it stands on."""
    programs = {
        "aiohttp + attrs + cattrs": "import aiohttp, attrs, cattrs",
        OURS: "import aiogenauth",
        "nothing": "pass",
    }
    runs: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, **compiled_into(compiled)}
        for number in range(rounds + 1):
            for name, program in programs.items():
                began = time.perf_counter()
                subprocess.run([sys.executable, "-c", program], check=True, env=environment)
                if number:
                    runs[name].append((time.perf_counter() - began) * 1000)
    base, ours = (runs[name] for name in list(programs)[:2])
    ratios = [mine / theirs for mine, theirs in zip(ours, base, strict=True)]
    return {
        "milliseconds": {name: round(statistics.median(each), 1) for name, each in runs.items()},
        "ratio": round(statistics.median(ratios), 3),
        "ratio_middle_half": middle_half(ratios),
    }


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
