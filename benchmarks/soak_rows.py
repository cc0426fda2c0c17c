"""A soak's report as rows, for the terminal and for the documentation alike."""

from __future__ import annotations

from typing import Final, cast

Json = dict[str, object]

COLUMNS: Final = ("part", "sent", "seconds", "failures", "MiB, warm and at the end", "flat")
NAMES: Final = {
    "load": "mixed load, faults, kills",
    "requests": "malformed requests",
    "answers": "spoiled answers",
}


def rows(report: Json) -> list[tuple[str, ...]]:
    """Give a row for each part, in words."""
    return [_row(name, cast("Json", report[part])) for part, name in NAMES.items()]


def _row(name: str, part: Json) -> tuple[str, ...]:
    sent = f"{part.get('requests', part.get('calls')):,}"
    wanted = part.get("wanted")
    failures = str(len(cast("list[str]", part["failures"])))
    memory = cast("Json | None", part.get("memoryMib"))
    return (
        name,
        sent if wanted is None else f"{sent} of {wanted:,}",
        str(part["seconds"]),
        failures,
        *(("-", "-") if memory is None else _memory(memory)),
    )


def _memory(memory: Json) -> tuple[str, str]:
    if memory["isFlat"] is None:
        return "-", "too short to tell"
    return f"{memory['warm']:g}, {memory['end']:g}", "yes" if memory["isFlat"] else "no"
