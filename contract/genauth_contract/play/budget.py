"""How much a run may spend: texts, calls and minutes, counted before they are spent."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import attrs

from genauth_contract.api.call import SEND_SMS, ApiCall
from genauth_contract.outcomes.models import Phone
from genauth_contract.outcomes.outcome import Answer

if TYPE_CHECKING:
    from genauth_contract.api.http import Caller  # with httpx, which `--help` does without

MAX_SMS: Final = 250
"""How many texts a live run sends at most by default."""

MAX_CALLS: Final = 1500
"""How many calls a live run makes at most by default."""

MAX_MINUTES: Final = 240.0
"""How long a live run takes at most by default."""


UNDOING_SECONDS: Final = 10.0
"""How long a call may take that puts something back when the time is spent."""


class BudgetSpent(Exception):
    """The next call would go beyond what the run may spend."""


@attrs.define
class Budget:
    """Counts what is spent and stops at the caps.

    Attributes:
        now: Seconds on a clock that only goes forward.
        started: When the run began, on that clock.
        is_undoing: Whether what was changed is being put back.
    """

    max_sms: int
    max_calls: int
    max_minutes: float
    now: Callable[[], float]
    started: float
    sms: int = 0
    calls: int = 0
    is_undoing: bool = False

    @property
    def minutes(self) -> float:
        """How long the run has taken."""
        return (self.now() - self.started) / 60

    def seconds_left(self) -> float:
        """Return how long the run may still take; a little while where it only puts things back."""
        left = (self.max_minutes - self.minutes) * 60
        return max(left, UNDOING_SECONDS) if self.is_undoing else max(left, 1.0)

    def spend(self, call: ApiCall) -> None:
        """Count a call that is about to be made.

        Raises:
            BudgetSpent: It would be one too many.
        """
        is_sms = call.operation == SEND_SMS
        if not self.is_undoing:
            self.check(int(is_sms), 1, 0.0)
        self.sms += is_sms
        self.calls += 1

    def check(self, sms: int, calls: int, minutes: float) -> None:
        """Make sure that this much may still be spent.

        Raises:
            BudgetSpent: It may not.
        """
        caps = (
            ("texts (--max-sms)", self.sms + sms, self.max_sms),
            ("calls (--max-calls)", self.calls + calls, self.max_calls),
            ("minutes (--max-minutes)", self.minutes + minutes, self.max_minutes),
        )
        for what, spent, cap in caps:
            if spent > cap:
                msg = f"the run may take no more than {cap:g} {what}"
                raise BudgetSpent(msg)

    @contextmanager
    def undoing(self) -> Generator[None, None, None]:
        """Count, but do not stop: what was changed is put back even when the budget is spent."""
        self.is_undoing = True
        try:
            yield
        finally:
            self.is_undoing = False


@attrs.frozen
class BudgetedCaller:
    """A caller whose calls are counted."""

    caller: Caller
    budget: Budget

    def call(self, call: ApiCall) -> Answer:
        """Make a call, once the budget allows it."""
        self.budget.spend(call)
        return self.caller.call(call)


RESEND_GAP_SECONDS: Final = 60.0
"""Source: API reference, send-sms: one per minute for each number and channel."""


@attrs.define
class ResendLimiter:
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
