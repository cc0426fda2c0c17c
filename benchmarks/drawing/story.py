"""Draw the story of a sign-in on the web, as README shows it: who talks to whom, and with which method.

Usage: python -m benchmarks.drawing.story [FILE]
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Final

from attrs import frozen

from benchmarks.keeping import PROJECT, ending_on_a_full_output, keep_results

FILE: Final = PROJECT / "docs" / "images" / "sign-in.svg"

STYLE: Final = (
    ".story{--ink:#1f2937;--faint:#6b7280;--go:#1d4ed8;--box:#eef2ff}"
    "@media(prefers-color-scheme:dark)"
    "{.story{--ink:#e5e7eb;--faint:#9ca3af;--go:#93c5fd;--box:#1e293b}}"
    ".story text{fill:var(--ink);font:13px sans-serif;text-anchor:middle}"
    ".story .name{font-weight:bold}.story .code{font-family:monospace}.story .part{fill:var(--go);"
    "font-weight:bold;text-anchor:start}.story rect{fill:var(--box);stroke:var(--faint)}"
    ".story line{stroke:var(--faint)}.story .lane{stroke-dasharray:2 4}"
    ".story .arrow{stroke:var(--go);stroke-width:1.5}.story path{fill:var(--go)}"
)

LANES: Final = {"browser": 125, "service": 405, "genauth": 690}
NAMES: Final = {"browser": "a browser", "service": "your service", "genauth": "offline GenAuth"}
WIDTH, ROW, TOP = 780, 34, 54


@frozen
class Step:
    """One arrow.

    Attributes:
        source: The lane that it begins at.
        target: The lane that it ends at.
        said: What stands above it.
        is_code: Whether that is a method.
    """

    source: str
    target: str
    said: str
    is_code: bool = False


STORY: Final[dict[str, list[Step]]] = {
    "sign in": [
        Step("service", "browser", "build_authorize_url", is_code=True),
        Step("browser", "genauth", "the login page: one click, a password, or a texted code"),
        Step("genauth", "service", "the browser comes back with a code"),
        Step("service", "genauth", "get_access_token_by_code", is_code=True),
    ],
    "bind a phone": [
        Step("service", "genauth", "send_sms", is_code=True),
        Step("genauth", "browser", "no SMS: the pass code is in the inbox"),
        Step("service", "genauth", "bind_phone", is_code=True),
    ],
    "sign out": [
        Step("service", "genauth", "revoke_token", is_code=True),
        Step("service", "browser", "build_logout_url", is_code=True),
    ],
}


def story() -> str:
    """Return the picture."""
    parts: list[str] = []
    y = TOP
    for name, steps in STORY.items():
        y += ROW - 10
        parts.append(f'<text class="part" x="8" y="{y}">{escape(name)}</text>')
        for step in steps:
            y += ROW
            parts += _arrow(step, y)
    height = y + 24
    lanes = [each for lane, x in LANES.items() for each in _lane(NAMES[lane], x, height)]
    told = _told()
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="story" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(told, quote=True)}"><title>Signing in, offline</title>'
        f"<desc>{escape(told)}</desc><style>{STYLE}</style>"
    )
    return "".join((head, *lanes, *parts, "</svg>\n"))


def _lane(name: str, x: int, height: int) -> list[str]:
    return [
        f'<line class="lane" x1="{x}" y1="44" x2="{x}" y2="{height - 6}"/>',
        f'<rect x="{x - 80}" y="12" width="160" height="32" rx="8"/>',
        f'<text class="name" x="{x}" y="33">{escape(name)}</text>',
    ]


def _arrow(step: Step, y: int) -> list[str]:
    """Draw an arrow from lane to lane, with what is said above it."""
    begin, end = LANES[step.source], LANES[step.target]
    way = 1 if end > begin else -1
    tip = end - 3 * way
    kind = ' class="code"' if step.is_code else ""
    return [
        f'<line class="arrow" x1="{begin}" y1="{y}" x2="{tip - 6 * way}" y2="{y}"/>',
        f'<path d="M{tip} {y}l{-9 * way} -5v10z"/>',
        f'<text{kind} x="{(begin + end) / 2:.0f}" y="{y - 7}">{escape(step.said)}</text>',
    ]


def _told() -> str:
    """Say the same in words."""
    parts = (
        f"{name}: " + "; ".join(f"{NAMES[s.source]} to {NAMES[s.target]}: {s.said}" for s in steps)
        for name, steps in STORY.items()
    )
    return f"How a user signs in, binds a phone and signs out, offline. {'. '.join(parts)}."


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(keep_results({Path(sys.argv[1]) if sys.argv[1:] else FILE: story()}))
