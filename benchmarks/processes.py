"""Processes as Linux counts them: processor time and memory, and memory over time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Final

from attrs import define, field

KIB_IN_MIB: Final = 1024


def processor_seconds(pid: int) -> float:
    """Tell how much processor time a process and its children have had, by Linux's own count."""
    ticks = 0
    for each in family(pid):
        stat = Path(f"/proc/{each}/stat").read_text(encoding="ascii")
        fields = stat.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_mebibytes(pid: int) -> float:
    """Tell how much memory a process and its children have, by Linux's own count."""
    files = [Path(f"/proc/{each}/statm") for each in family(pid)]
    pages = sum(int(file.read_text(encoding="ascii").split()[1]) for file in files)
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def family(pid: int) -> list[int]:
    """Name a process and everything that it started."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").iterdir():
            with suppress(FileNotFoundError):  # a thread may have ended meanwhile
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory_mib(pid: int | str) -> float:
    """Read the resident memory of a process by its number, or of this one (`self`), on Linux."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / KIB_IN_MIB


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


def compiled_into(folder: str) -> dict[str, str]:
    """Give the variables with which Python compiles a program once, at its first start.

    An installer compiles what it installs; an editable checkout may never be.
    """
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
