"""Whether a process stays as large as it was: the last quarter of its measurements beside the second."""

from __future__ import annotations

from statistics import median
from typing import Final

from attrs import define, field

from soak_server import memory_mib

Json = dict[str, object]

ENOUGH: Final = 40
"""Fewer measurements tell nothing: rings and pools still fill in the first quarter, which is left out."""
ALLOWED_GROWTH: Final = 1.1
"""How much larger a process may be in the last quarter than in the second."""


@define
class Memory:
    """Resident memory of a process over time, in MiB."""

    pid: int
    mib: list[float] = field(factory=list[float])

    def note(self) -> None:
        """Measure once."""
        self.mib.append(round(memory_mib(self.pid), 1))

    def report(self) -> Json:
        """Sum up; ``isFlat`` is None where there is too little to tell."""
        quarter = len(self.mib) // 4
        if len(self.mib) < ENOUGH:
            return {"warm": None, "end": None, "isFlat": None, "each": self.mib}
        warm, end = median(self.mib[quarter : 2 * quarter]), median(self.mib[-quarter:])
        is_flat = end <= warm * ALLOWED_GROWTH
        return {"warm": warm, "end": end, "isFlat": is_flat, "each": self.mib}
