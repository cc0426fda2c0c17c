"""What may never be shown, and how it looks when something tries: `***` and `188****8888`."""

import re
from collections.abc import Iterable
from typing import Final, TypeVar, cast

T = TypeVar("T")

STARS: Final = "***"
"""What stands where a secret was."""


class Secret(str):
    """A string that works as itself on the wire and shows `***` in every repr.

    Frames of ours hold pass codes and tokens as this type, so that a traceback printed with its
    locals, as error trackers do, has nothing to show.

    >>> print([Secret("123456")])
    [***]
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return STARS


class Sealed(dict[str, T]):
    """A dict that works as itself and shows `***`: headers with a token, payloads with a code."""

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return STARS


class SealedNumber(int):
    """A number where a string should be, such as a pass code out of JSON: refused, and not shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return STARS


def sealed(value: T) -> T:
    """Hold an argument of a caller so that our frames show nothing of it.

    >>> print([sealed("123456"), sealed({"passCode": "123456"}), sealed(123456)])
    [***, ***, ***]
    """
    if isinstance(value, str):
        return cast("T", Secret(value))
    if isinstance(value, dict):
        return cast("T", Sealed(cast("dict[str, object]", value)))
    if isinstance(value, int):
        return cast("T", SealedNumber(value))
    return value


def stars(_value: object) -> str:
    """Stand in for the repr of a secret field."""
    return STARS


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
    """Take out of a text whatever looks like a phone number or a token.

    >>> without_likely_secrets("18812348888 has eyJhbGciOiJIUzI1NiIsInR5cCI6")
    '188****8888 has ***'
    """
    return _LIKELY_TOKEN.sub(STARS, _LIKELY_PHONE.sub(lambda found: masked(found[0]), text))


def scrubbed(text: str, secrets: Iterable[str], phones: Iterable[str] = ()) -> str:
    """Take secrets and phone numbers out of a text that a server wrote.

    A server may quote the request in its refusal, and an error page often does.

    >>> scrubbed("code 123456 for 18812348888", ["123456"], ["18812348888"])
    'code *** for 188****8888'
    """
    for phone in sorted(filter(None, phones), key=len, reverse=True):
        text = text.replace(phone, masked(phone))
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, STARS)
    return text
