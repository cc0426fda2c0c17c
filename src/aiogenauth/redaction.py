"""What may never be shown, and how it looks when something tries: `***` and `188****8888`."""

import json
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from typing import Final, Self, SupportsIndex, TypeVar, cast
from urllib.parse import quote, quote_plus

T = TypeVar("T")

REDACTED: Final = "***"
"""What stands where a secret was."""


class Hidden(str):
    """A string that works as itself and shows `***` in every repr, and so does each part of it.

    Frames of ours hold what a caller gave as this type, so that a traceback printed with its
    locals, as error trackers do, has nothing to show.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED

    __sentry_repr__ = __repr__

    def __getitem__(self, key: SupportsIndex | slice) -> Self:
        """Return a part, hidden too: printers of tracebacks cut long texts before they show them."""
        return type(self)(super().__getitem__(key))


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
    """A dict that works as itself and shows `***`: headers with a token, payloads with a code.

    Error trackers walk a mapping whatever its repr says; `__sentry_repr__` is what one of them
    asks for, and `sealed` hides the values for the others.
    """

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED

    __sentry_repr__ = __repr__


class SealedList(list[T]):
    """A list that works as itself and shows `***`."""

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED

    __sentry_repr__ = __repr__


class SealedNumber(int):
    """A number that shows `***`; a pass code out of JSON may be one. `int(it)` is a plain number."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED

    __sentry_repr__ = __repr__


_DEEPEST: Final = 16
_LONGEST: Final = 1000


def sealed(value: T, depth: int = 0) -> T:
    """Return an argument of a caller as a value that our frames show nothing of.

    What is nested very deeply, or very long, is hidden as a whole only.

    >>> print([sealed("123456"), sealed({"passCode": "123456"}), sealed(123456), sealed(True)])
    [***, ***, ***, True]
    """
    if type(value) is str:  # what nearly every argument is; the next line costs three times as much
        return cast("T", Hidden(value))
    if isinstance(value, str):
        return value if isinstance(value, (Hidden, Enum)) else cast("T", Hidden(value))
    if isinstance(value, int):
        is_plain = isinstance(value, (bool, Enum, SealedNumber))
        return value if is_plain else cast("T", SealedNumber(value))
    if isinstance(value, dict):
        items = cast("dict[str, object]", value)
        is_walked = depth < _DEEPEST and len(items) <= _LONGEST
        inside = (
            {key: sealed(each, depth + 1) for key, each in items.items()} if is_walked else items
        )
        return cast("T", Sealed(inside))
    if isinstance(value, list):
        many = cast("list[object]", value)
        is_walked = depth < _DEEPEST and len(many) <= _LONGEST
        return cast(
            "T", SealedList([sealed(each, depth + 1) for each in many] if is_walked else many)
        )
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
    """Take secrets and phone numbers out of a text that a server wrote.

    A server may quote the request in its refusal, and an error page often does: as the caller gave
    it, or in any form that it was sent in.

    >>> scrubbed("code 123456 for 18812348888", ["123456"], ["18812348888"])
    'code *** for 188****8888'
    >>> scrubbed("password=a%26b, or a&amp;b", ["a&b"])
    'password=***, or ***'
    >>> scrubbed("a password such as 'a' says nothing", ["a"])
    "*** password such as '***' says nothing"
    """
    for phone in sorted(filter(None, phones), key=len, reverse=True):
        text = text.replace(phone, masked(phone))
    for secret in sorted(_forms(secrets), key=len, reverse=True):
        if len(secret) >= SHORTEST_IN_WORDS:
            text = text.replace(secret, REDACTED)
        elif secret in text:
            text = re.sub(rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])", REDACTED, text)
    return text


SHORTEST_IN_WORDS: Final = 4
"""Characters of a secret that is taken out of words too; a shorter one is part of half of them, and
only taken out where it stands alone. GenAuth's pass codes have four to eight. Source: ours."""


def _forms(secrets: Iterable[str]) -> set[str]:
    """Return secrets as JSON, forms, queries and pages of HTML have them, and as they are."""
    from html import escape  # noqa: PLC0415 - a millisecond that only errors need

    forms = set[str]()
    for secret in filter(None, secrets):
        plain = str(secret)
        forms |= {plain, json.dumps(plain)[1:-1], json.dumps(plain, ensure_ascii=False)[1:-1]}
        forms.add(escape(plain))
        with suppress(UnicodeEncodeError):  # half of a pair, which was never sent
            forms |= {quote(plain), quote(plain, safe=""), quote_plus(plain)}
    return forms


LONGEST_MESSAGE: Final = 2000
"""Characters of a server's message that an error keeps. Source: ours."""
LONGEST_REQUEST_ID: Final = 200
"""Characters of a request id that an error keeps; GenAuth's have 36. Source: ours."""


def as_data(text: str, longest: int) -> str:
    r"""Return a text of a server as one that may stand in a log line, a terminal and a report.

    Control characters, line breaks, halves of surrogate pairs, and marks that turn the direction of
    writing are written as escapes; the rest stays as it is, up to a bound.

    >>> as_data("no\x1b[2J\r\nINFO forged", 2000)
    'no\\x1b[2J\\r\\nINFO forged'
    """
    if not text.isprintable():
        text = "".join(map(_shown, text[: longest + 1]))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode()


UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""What GenAuth's request ids look like; digits in one that happen to be a pass code are none."""
