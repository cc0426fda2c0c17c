"""Two servers loaded in turns, and how one stands to the other."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import define, field

from loaded import SLICE, TURNS, WARM_UP

if TYPE_CHECKING:
    from loaded import Loaded


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
