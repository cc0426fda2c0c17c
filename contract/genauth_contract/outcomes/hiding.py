"""Which fields hold a secret, and how what may be one is hidden."""

from __future__ import annotations

import re
from typing import Final

SECRET_KINDS: Final = {
    "passcode": "code",
    "recoverycode": "code",
    "totp": "code",
    "qrcodeuri": "secret",
    "ticket": "token",
    "password": "password",
    "secret": "secret",
    "token": "token",
    "authorization": "token",
    "phone": "phone",
    "email": "email",
    "username": "username",
    "account": "account",
}
"""What a field holds, by a part of its name; the first that fits."""

HARMLESS_ENDS: Final = (
    "countrycode",
    "type",
    "verified",
    "binded",
    "_endpoint",
    "_supported",
)
"""Ends of names that hold no secret, whatever else the name has: what kind, whether, and where."""


def kind_of(name: str) -> str:
    """Return by its name what kind of secret a field holds; empty for none."""
    lowered = name.lower()
    if lowered.endswith(HARMLESS_ENDS):
        return ""
    return next((kind for part, kind in SECRET_KINDS.items() if part in lowered), "")


SHORTEST_SECRET: Final = 4
"""Anything shorter is in every other sentence, and is not looked for."""

_SHOWN_AT_START: Final = 3
_SHOWN_AT_END: Final = 4

HIDDEN: Final = "<hidden>"
"""What stands where something looked like a secret."""

_LOOKS_SECRET: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w.-]+"  # an e-mail address
    r"|(?<![\w-])(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]+)*"  # a token
    r"|\d{4,}",  # a pass code or a phone number
    re.ASCII,
)
"""Each is looked for at the start of a word only: from every letter of one that is endless it would take for ever."""

LONGEST_MESSAGE: Final = 2000
"""Characters of a message of the target that are kept."""


_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, marks that turn the direction of text, zero-width ones, and halves of a pair."""


def printable(text: str) -> str:
    """Return a text with everything escaped that a terminal obeys, or that no file can hold."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def without_lookalikes(text: str) -> str:
    """Return a text of the target, cut, without anything that looks like a secret, known or not."""
    shown = _LOOKS_SECRET.sub(HIDDEN, text)
    return shown if len(shown) <= LONGEST_MESSAGE else f"{shown[: LONGEST_MESSAGE - 1]}…"


def masked(number: str) -> str:
    """Show a phone number as `188****8888`; a short one is hidden whole."""
    if len(number) <= _SHOWN_AT_START + _SHOWN_AT_END:
        return "****"
    return f"{number[:_SHOWN_AT_START]}****{number[-_SHOWN_AT_END:]}"
