"""What surrounds a source of texted codes: a phone, time that is stepped, somebody who types."""

from __future__ import annotations

from pathlib import Path

import attrs

from genauth_contract.outcomes.models import Phone
from genauth_contract.targets.codes.source import SourceContext

PHONE = Phone("18812348888")
GBK_TEXT = "验证码 2222".encode("gbk")


@attrs.define
class SteppedTime:
    """Time that passes only when somebody waits; something may happen meanwhile."""

    seconds: float = 0.0
    happening: tuple[Path, str] | None = None

    def now(self) -> float:
        """Return what has passed."""
        return self.seconds

    def wait(self, seconds: float, why: str) -> None:
        """Let it pass, and the other thing happen."""
        assert "18812348888" not in why
        self.seconds += seconds
        if self.happening:
            path, text = self.happening
            path.write_text(text)


def around(time: SteppedTime | None = None, typed: str = "") -> SourceContext:
    """Give a source what it may need; nobody is told anything."""
    return SourceContext(
        ask=lambda _: typed, say=lambda _: None, time=time or SteppedTime(), timeout_seconds=1.0
    )
