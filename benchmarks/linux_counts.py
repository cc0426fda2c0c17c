"""What Linux counts of a process and everything that it started: processor time and memory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


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
