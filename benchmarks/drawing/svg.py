"""Lines and bars as SVG: readable in light and dark, with words for those who cannot see them."""

from __future__ import annotations

from html import escape
from typing import Final

STYLE: Final = (
    ".measured{--ink:#1f2937;--faint:#6b7280;--one:#1d4ed8;--two:#b45309}"
    "@media(prefers-color-scheme:dark)"
    "{.measured{--ink:#e5e7eb;--faint:#9ca3af;--one:#93c5fd;--two:#fbbf24}}"
    ".measured text{fill:var(--ink);font:13px sans-serif}.measured .name{font-weight:bold}"
    ".measured line{stroke:var(--faint);stroke-dasharray:2 3}.measured polyline{fill:none;stroke-width:2}"
    ".measured .line-one{stroke:var(--one)}.measured .line-two{stroke:var(--two)}"
    ".measured .bar-one{fill:var(--one)}.measured .bar-two{fill:var(--two)}"
)
"""Colours are variables, so that a page with a switch of its own can set them."""

WIDTH: Final = 720
LEFT: Final = 20
NAMES: Final = 250
"""Where bars begin: the names stand before."""
LONGEST: Final = 380
ROW: Final = 22

Groups = dict[str, dict[str, float]]


def lines(title: str, description: str, series: dict[str, list[float]], caption: str) -> str:
    """Draw series over their own length, all from 0, with their last value.

    Args:
        title: What is shown, in a few words.
        description: The same in a sentence, with the figures.
        series: Values by name; two at most.
        caption: The command and the date.
    """
    top = max((max(values) for values in series.values() if values), default=1.0) * 1.2
    parts = [f'<line x1="{LEFT}" y1="220" x2="600" y2="220"/>']
    for kind, (name, values) in zip(("one", "two"), series.items(), strict=False):
        step = 580 / max(1, len(values) - 1)
        points = " ".join(
            f"{LEFT + i * step:.1f},{220 - 180 * v / top:.1f}" for i, v in enumerate(values)
        )
        parts.append(f'<polyline class="line-{kind}" points="{points}"/>')
        if values:
            parts.append(_text(606, 224 - 180 * values[-1] / top, f"{name} {values[-1]:g}"))
    return _picture(title, description, [*parts, _text(LEFT, 250, caption)], 270)


def bars(title: str, groups: Groups, caption: str, *, mark: float | None = None) -> str:
    """Draw bars in groups, all from 0, each with its name and figure.

    Args:
        title: What is shown, in a few words.
        groups: Figures by name, by group.
        caption: The command.
        mark: A figure to draw a line at, that the others are held against.
    """
    figures = [figure for group in groups.values() for figure in group.values()]
    top = max([*figures, mark or 0.0, 1e-9])
    parts: list[str] = []
    y = 50
    for name, group in groups.items():
        parts.append(_text(LEFT, y, name, kind="name"))
        for each, figure in group.items():
            y += ROW
            kind = "one" if each.startswith(("aiogenauth", "genauth-mock")) else "two"
            width = max(1.0, LONGEST * figure / top)
            box = f'x="{NAMES}" y="{y - 12}" width="{width:.1f}" height="14"'
            parts += [
                _text(LEFT, y, each),
                f'<rect class="bar-{kind}" {box}/>',
                _text(NAMES + width + 6, y, shown(figure)),
            ]
        y += ROW + 14
    if mark is not None:  # behind everything else
        x = NAMES + LONGEST * mark / top
        parts.insert(0, f'<line x1="{x:.1f}" y1="34" x2="{x:.1f}" y2="{y - 30}"/>')
    parts.append(_text(LEFT, y, caption))
    return _picture(title, _said(title, groups), parts, y + 20)


def shown(figure: float) -> str:
    """Give a figure with as many digits as tell something."""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"  # noqa: PLR2004 - enough digits


def _said(title: str, groups: Groups) -> str:
    told = (
        f"{name}: {', '.join(f'{each} {shown(figure)}' for each, figure in group.items())}"
        for name, group in groups.items()
    )
    return f"{title}. {'; '.join(told)}."


def _text(x: float, y: float, said: str, *, kind: str | None = None) -> str:
    given = "" if kind is None else f' class="{kind}"'
    return f'<text{given} x="{x:.0f}" y="{y:.0f}">{escape(said)}</text>'


def _picture(title: str, description: str, parts: list[str], height: int) -> str:
    label = escape(description, quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="measured" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{label}"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc><style>{STYLE}</style>"
    )
    return "".join((head, _text(LEFT, 22, title, kind="name"), *parts, "</svg>\n"))
