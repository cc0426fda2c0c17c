"""What a user agent says of the device and the program behind it, roughly.

Source: RFC 9110, 10.1.5, and what browsers send; GenAuth's own reading is not known, so all of it is assumed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_BROWSERS: Final = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("WeChat", r"MicroMessenger/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
"""The first that fits: most of them name those below them, too."""

_SYSTEMS: Final = (
    ("iOS", r"iPhone|iPad|iOS|CFNetwork"),
    ("Android", r"Android|okhttp"),
    ("Windows", r"Windows"),
    ("Mac OS", r"Mac OS X|Macintosh|Darwin"),
    ("Linux", r"Linux|X11"),
)

_HAND_HELD: Final = {"iOS", "Android"}

_UNKNOWN: Final = "unknown"


@frozen
class UserAgent:
    """What a user agent says.

    Attributes:
        browser: The browser's name, or the program's; ``unknown`` where there is none.
        system: The operating system; ``unknown`` where it is not said.
        is_browser: Whether it is a browser.
    """

    browser: str
    system: str
    is_browser: bool

    @property
    def form(self) -> str:
        """``Mobile`` or ``Desktop``. Source: API reference, parsedUserAgent.device."""
        return "Mobile" if self.system in _HAND_HELD else "Desktop"

    @property
    def kind(self) -> str:
        """``Browser``, ``Mobile`` or ``Desktop``. Source: API reference, mydevices/list, device.type."""
        return "Browser" if self.is_browser else self.form


def read_user_agent(text: str) -> UserAgent:
    """Read the header ``user-agent``; a program other than a browser says only its name."""
    system = _first(_SYSTEMS, text) or _UNKNOWN
    browser = _first(_BROWSERS, text) if text.startswith("Mozilla/") else ""
    program = text.partition("/")[0].strip()
    return UserAgent(browser or program or _UNKNOWN, system, is_browser=bool(browser))


def _first(table: Sequence[tuple[str, str]], text: str) -> str:
    return next((name for name, pattern in table if re.search(pattern, text)), "")
