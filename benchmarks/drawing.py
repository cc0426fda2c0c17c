"""Results as SVG: lines over time, readable in light and dark, with words for those who cannot see them."""

from __future__ import annotations

from html import escape
from typing import cast

Json = dict[str, object]

STYLE = (
    "text{fill:#1f2937;font:13px sans-serif}.axis{stroke:#6b7280}polyline{fill:none;stroke-width:2}"
    ".a{stroke:#1d4ed8}.b{stroke:#b45309}@media(prefers-color-scheme:dark){text{fill:#e5e7eb}"
    ".a{stroke:#93c5fd}.b{stroke:#fbbf24}}"
)


def lines(title: str, description: str, series: dict[str, list[float]], caption: str) -> str:
    """Draw series over their own length, all from 0, with their first and last value.

    Args:
        title: What is shown, in a few words.
        description: The same in a sentence, with the figures.
        series: Values in MiB by name; two at most.
        caption: The command and the date.
    """
    top = max((max(values) for values in series.values() if values), default=1.0) * 1.2
    parts = [
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 270" role="img" '
            f'aria-labelledby="t d"><title id="t">{escape(title)}</title>'
            f'<desc id="d">{escape(description)}</desc><style>{STYLE}</style>'
        ),
        f'<text x="20" y="22">{escape(title)}</text>',
        '<line class="axis" x1="20" y1="220" x2="600" y2="220"/>',
    ]
    for kind, (name, values) in zip("ab", series.items(), strict=False):
        step = 580 / max(1, len(values) - 1)
        points = " ".join(
            f"{20 + i * step:.1f},{220 - 180 * v / top:.1f}" for i, v in enumerate(values)
        )
        parts.append(f'<polyline class="{kind}" points="{points}"/>')
        if values:
            height = 224 - 180 * values[-1] / top
            parts.append(f'<text x="606" y="{height:.0f}">{escape(name)} {values[-1]:g}</text>')
    return "".join((*parts, f'<text x="20" y="250">{escape(caption)}</text></svg>\n'))


def soak_picture(report: Json) -> str:
    """Draw the memory of the servers over the soak."""
    series: dict[str, list[float]] = {}
    for name in ("load", "requests"):
        memory = cast("Json", cast("Json", report[name])["memoryMib"])
        series[name] = cast("list[float]", memory["each"])
    ends = "; ".join(
        f"{name}: from {each[0]:g} to {each[-1]:g} MiB" for name, each in series.items() if each
    )
    title = "Resident memory of a worker during the soak, MiB"
    return lines(title, f"{title}. {ends}.", series, f"{report['command']}, {report['date']}")
