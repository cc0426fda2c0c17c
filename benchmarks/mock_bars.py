"""The bars that the figures of the offline GenAuth have to meet, and the table that tells whether they do."""

from __future__ import annotations

from rich.table import Table

from drawing import shown

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


def meets_bar(name: str, value: float) -> bool:
    """Tell whether a figure meets its bar; one without a bar does."""
    bar, side = BARS.get(name, (value, "at least"))
    return value >= bar if side == "at least" else value <= bar


def table_of(figures: dict[str, float]) -> Table:
    """Draw every figure up for a terminal, with the bar it has to meet."""
    table = Table("figure", "measured", "bar", "met")
    for name, value in figures.items():
        bar, side = BARS.get(name, (None, ""))
        is_met = "" if bar is None else str(meets_bar(name, value))
        table.add_row(name, shown(value), "" if bar is None else f"{side} {bar:g}", is_met)
    return table
