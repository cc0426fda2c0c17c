"""What may never be shown, and how it looks when something tries: `***` and `188****8888`."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final, TypeVar, cast

T = TypeVar("T")

REDACTED: Final = "***"
"""What stands where a secret was."""


class Hidden(str):
    """A string that works as itself and shows `***` in every repr.

    Frames of ours hold what a caller gave as this type, so that a traceback printed with its
    locals, as error trackers do, has nothing to show.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED


class Secret(Hidden):
    """A pass code, password or token: hidden, and taken out of what a server writes back.

    >>> print([Secret("123456")])
    [***]
    """

    __slots__ = ()


def secret_or_none(value: str | None) -> Secret | None:
    """Return a secret that an answer may lack; None for none."""
    return None if value is None else Secret(value)


class Sealed(dict[str, T]):
    """A dict that works as itself and shows `***`: headers with a token, payloads with a code."""

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED


class SealedList(list[T]):
    """A list that works as itself and shows `***`."""

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED


class SealedNumber(int):
    """A number that shows `***`; a pass code out of JSON may be one. `int(it)` is a plain number."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED


def sealed(value: T) -> T:
    """Return an argument of a caller as a value that our frames show nothing of.

    >>> print([sealed("123456"), sealed({"passCode": "123456"}), sealed(123456), sealed(True)])
    [***, ***, ***, True]
    """
    if isinstance(value, str):
        return value if isinstance(value, (Hidden, Enum)) else cast("T", Hidden(value))
    if isinstance(value, dict):
        return cast("T", Sealed(cast("dict[str, object]", value)))
    if isinstance(value, list):
        return cast("T", SealedList(cast("list[object]", value)))
    if isinstance(value, int) and not isinstance(value, (bool, Enum)):
        return cast("T", SealedNumber(value))
    return value


def redacted(_value: object) -> str:
    """Stand in for the repr of a secret field."""
    return REDACTED


def masked(number: str) -> str:
    """Mask a phone number: three digits, four stars, four digits; fewer when it is short.

    >>> masked("18812348888")
    '188****8888'
    >>> masked("123456")
    '1****56'
    """
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) >= 10:  # noqa: PLR2004 - the shape every phone operator prints
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 5:  # noqa: PLR2004 - below that, what is left would be the number
        return f"{digits[:1]}****{digits[-2:]}"
    return "****"


_WHOLE_NUMBER: Final = re.compile(r"[0-9]{10,}")


def without_whole_numbers(text: str) -> str:
    """Mask whatever is long enough to be a whole phone number; codes and dates stay readable.

    >>> without_whole_numbers("2001: 18812348888 is bound")
    '2001: 188****8888 is bound'
    """
    return _WHOLE_NUMBER.sub(lambda found: masked(found[0]), text)


_LIKELY_PHONE: Final = re.compile(r"[0-9]{7,}")
_LIKELY_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,}")


def without_likely_secrets(text: str) -> str:
    """Return a text without what looks like a phone number or a token.

    >>> without_likely_secrets("18812348888 has eyJhbGciOiJIUzI1NiIsInR5cCI6")
    '188****8888 has ***'
    """
    return _LIKELY_TOKEN.sub(REDACTED, _LIKELY_PHONE.sub(lambda found: masked(found[0]), text))


def scrubbed(text: str, secrets: Iterable[str], phones: Iterable[str] = ()) -> str:
    """Return a text that a server wrote without secrets and phone numbers.

    A server may quote the request in its refusal, and an error page often does.

    >>> scrubbed("code 123456 for 18812348888", ["123456"], ["18812348888"])
    'code *** for 188****8888'
    """
    for phone in sorted(filter(None, phones), key=len, reverse=True):
        text = text.replace(phone, masked(phone))
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, REDACTED)
    return text
