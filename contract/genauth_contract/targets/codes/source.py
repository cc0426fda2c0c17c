"""A source of texted codes, what every one of them may need, and how a code is found in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, Protocol

import attrs

from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.play.clock import Clock, Say
from genauth_contract.play.fixtures import NotPlayable

TIMEOUT_SECONDS: Final = 120.0
"""How long a text may take to arrive."""

FIRST_TOLD_SECONDS: Final = 2.0
"""A text that takes no longer is nothing to talk about."""

TELL_EVERY_SECONDS: Final = 10.0
"""Seconds between two notices of how long a person may still wait for a text."""

_CODE: Final = re.compile(r"(?<!\d)\d{4,8}(?!\d)")
_ESCAPED: Final = re.compile(r"\\u[0-9A-Fa-f]{4}")
"""A letter as JSON may write it; its number is not a code."""

Ask = Callable[[str], str]


class PassCodeSource(Protocol):
    """Where texted codes come from."""

    def forget(self) -> None:
        """Discard earlier texts: a new one is about to be sent."""
        ...

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Return the code that was texted since.

        Raises:
            NoPassCode: None came.
        """
        ...


class NoPassCode(NotPlayable):
    """No code came. The text says from where; it never says what came instead."""


@attrs.frozen
class SourceContext:
    """What a source may need.

    Attributes:
        ask: Asks a person without showing what they type.
        say: Tells a person something.
        time: Waits.
        timeout_seconds: How long to wait for a code.
    """

    ask: Ask
    say: Say
    time: Clock
    timeout_seconds: float = TIMEOUT_SECONDS

    def seconds_left(self, phone: Phone) -> Iterator[float]:
        """Yield the seconds that are left for a text to arrive, and tell now and then how many."""
        now = self.time.now()
        end, tell_at = now + self.timeout_seconds, now + FIRST_TOLD_SECONDS
        while (left := end - now) > 0:
            if now >= tell_at:
                self.say(f"waiting for the code texted to {phone}: {left:.0f} s left")
                tell_at = now + TELL_EVERY_SECONDS
            yield left
            now = self.time.now()


def code_in(text: str) -> PassCode | None:
    """Find the code in a text message or whatever carries it: the last 4 to 8 digits in a row."""
    found = _CODE.findall(_ESCAPED.sub(" ", text))
    return PassCode(found[-1]) if found else None


def must_have_code(text: str, origin: str) -> PassCode:
    """Find the code in a text that has to have one.

    Raises:
        NoPassCode: It has none; the error names where it is from, and nothing of it.
    """
    code = code_in(text)
    if code is None:
        msg = f"{origin} has no run of 4 to 8 digits"
        raise NoPassCode(msg)
    return code
