"""Taking turns: candidates run a little each, round by round, and are compared within a round."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from benchmarks.bench.loaded import SLICE, TURNS, WARM_UP

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from benchmarks.bench.loaded import Loaded

    Call = Callable[[], Awaitable[object]]

Figures = dict[str, Any]


@frozen
class Turn:
    """What one turn came to."""

    calls_per_second: float
    cpu_us_per_call: float


async def taken(call: Call, calls: int, in_flight: int) -> Turn:
    """Make so many calls, so many at a time, on connections that are open already."""
    await asyncio.gather(*(call() for _ in range(in_flight)))
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
    return Turn(calls / wall, cpu / calls * 1e6)


async def compared(
    candidates: Mapping[str, Call], calls: int, in_flight: int, rounds: int
) -> Figures:
    """Let the candidates take turns, each round in the other order.

    Args:
        candidates: Calls by name; the first is what the others are held against.
        calls: In one turn.
        in_flight: At a time.
        rounds: How often each has its turn.
    """
    names = list(candidates)
    turns: dict[str, list[Turn]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 else reversed(names):
            turns[name].append(await taken(candidates[name], calls, in_flight))
    base = next(iter(turns.values()))
    return {name: _row(each, base) for name, each in turns.items()}


def _row(turns: Sequence[Turn], base: Sequence[Turn]) -> Figures:
    """Sum up: medians, the ratios of each round to the base, and how far these are apart."""
    pairs = list(zip(turns, base, strict=True))
    rates = [mine.calls_per_second / theirs.calls_per_second for mine, theirs in pairs]
    cpus = [theirs.cpu_us_per_call / mine.cpu_us_per_call for mine, theirs in pairs]
    return {
        "calls_per_second": round(statistics.median(each.calls_per_second for each in turns)),
        "ratio": round(statistics.median(rates), 3),
        "ratio_middle_half": middle_half(rates),
        "cpu_us_per_call": round(statistics.median(each.cpu_us_per_call for each in turns), 1),
        "cpu_ratio": round(statistics.median(cpus), 3),
        "cpu_ratio_middle_half": middle_half(cpus),
    }


def middle_half(ratios: Sequence[float]) -> list[float]:
    """Give the quartiles: between them lies half of what was measured."""
    if len(ratios) == 1:
        return [round(ratios[0], 3)] * 2
    low, _, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return [round(low, 3), round(high, 3)]


@define
class Turns:
    """What came of all turns so far, of one pair of servers or of several.

    Attributes:
        ratios: Requests per second of the other server over those of the first, turn by turn.
        figures: What was measured of the other, turn by turn.
        spent: Processor time of both for a request in microseconds, turn by turn.
    """

    ratios: list[float] = field(factory=list[float])
    figures: dict[str, list[float]] = field(factory=lambda: defaultdict[str, list[float]](list))
    spent: list[tuple[float, float]] = field(factory=list[tuple[float, float]])

    def take(self, first: Loaded, other: Loaded, size: int = SLICE) -> None:
        """Warm two servers up, and load them in turns; the other may be sent less in its turn."""
        first.sent(WARM_UP)
        other.sent(min(size, WARM_UP))
        for _turn in range(TURNS):
            beside, measured = first.sent(SLICE), other.sent(size)
            self.ratios.append(measured["requests_per_second"] / beside["requests_per_second"])
            self.spent.append((beside["processor_us"], measured["processor_us"]))
            for name in ("requests_per_second", "p50_ms", "p99_ms"):
                self.figures[name].append(measured[name])

    def ratio(self) -> float:
        """Give the median of the ratios."""
        return statistics.median(self.ratios)

    def medians(self) -> dict[str, float]:
        """Give the medians of what was measured of the other server."""
        return {name: statistics.median(each) for name, each in self.figures.items()}

    def processor_us(self) -> tuple[float, float]:
        """Give what a request cost each server.

        Linux counts processor time in hundredths of a second: only the sum of all turns is exact enough.
        """
        firsts, others = zip(*self.spent, strict=True)
        return statistics.mean(firsts), statistics.mean(others)
