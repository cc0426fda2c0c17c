"""The source that watches a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from genauth_contract.codes.source import NoPassCode, Surroundings, code_in
from genauth_contract.people import PassCode, Phone

POLL_SECONDS: Final = 0.2
"""How often the file is looked at."""


@attrs.define
class TextFile:
    """Watches a file that something else writes each text to."""

    path: Path
    around: Surroundings
    _before: str = attrs.field(default="", repr=False)

    def forget(self) -> None:
        """Remember what is there now: it is not the next text."""
        self._before = _content(self.path)

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Wait until the file has another code, and is the same twice: it may be half written."""
        last = self._before
        for _ in self.around.patience(phone):
            content = _content(self.path)
            code = code_in(content) if content == last != self._before else None
            if code:
                return code
            last = content
            self.around.time.wait(POLL_SECONDS, "looking at the file again")
        msg = f"no new code for {phone} and {channel} in the file of --pass-code-from"
        raise NoPassCode(msg)


def _content(file: Path) -> str:
    """Read a file that may not be there yet; digits are the same in most encodings."""
    try:
        return file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        msg = f"the file of --pass-code-from cannot be read: {error.strerror}"
        raise NoPassCode(msg) from error
