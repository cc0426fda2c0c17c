"""The bars that the figures of the SDK have to meet."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from sdk_candidates import OURS

if TYPE_CHECKING:
    from sdk_turns import Figures

STACKS = ("plain", "fast")
TARGETS = {"1 in flight": 0.95, "100 in flight": 0.90}
IMPORT_TARGET = 1.15
MEMORY_TARGET = 2048
"""KiB that the peak may grow between the first and the last tenth of the calls."""


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
