"""When a phone may be texted again: one text per phone and channel in each gap."""

from __future__ import annotations

from typing import Final

import attrs

from genauth_contract.people import Phone

RESEND_GAP_SECONDS: Final = 60.0
"""Source: API reference, send-sms: one per minute for each number and channel."""


@attrs.define
class Pacing:
    """Remembers the last text to each phone and channel."""

    gap_seconds: float = RESEND_GAP_SECONDS
    _last: dict[tuple[str, str, str], float] = attrs.field(
        factory=dict[tuple[str, str, str], float], repr=False
    )

    def sent(self, phone: Phone, channel: str, now: float) -> None:
        """Note a text; `now` in seconds of any clock that only goes forward."""
        self._last[_line(phone, channel)] = now

    def wait_seconds(self, phone: Phone, channel: str, now: float) -> float:
        """Return how long to wait before the next text; 0 when it may go at once."""
        last = self._last.get(_line(phone, channel))
        return 0.0 if last is None else max(0.0, last + self.gap_seconds - now)


def _line(phone: Phone, channel: str) -> tuple[str, str, str]:
    return phone.country_code, phone.number, channel
