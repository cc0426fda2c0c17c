"""Readers of single settings: each returns the value of an attribute, or raises a ValueError with what it must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from genauth_mock.engine.address import RECIPIENT, masked_recipient, recipient_key

if TYPE_CHECKING:
    from collections.abc import Callable


def addresses(value: object) -> frozenset[str]:
    """Read recipients, as their keys.

    Raises:
        ValueError: With what it must be.
    """
    if not isinstance(value, list):
        msg = f'a list, such as ["+8618812348888"]; each is {RECIPIENT}'
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return frozenset(_key(each) for each in cast("list[object]", value))


_ORIGIN: Final = re.compile(r"[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")


def origins(value: object) -> frozenset[str]:
    """Read the origins of web pages, in lower case.

    Raises:
        ValueError: With what it must be.
    """
    given = cast("list[object]", value) if isinstance(value, list) else [None]
    named = [item.lower() for item in given if isinstance(item, str)]
    if len(named) < len(given) or not all(
        _ORIGIN.fullmatch(each) and is_url(each) for each in named
    ):
        msg = 'a list of origins, scheme, host and port without a path, such as ["http://localhost:3000"]'
        raise ValueError(msg)
    return frozenset(named)


def fixed_codes(value: object) -> dict[str, str]:
    """Read the pass codes of recipients, by the keys of these.

    Raises:
        ValueError: With what it must be.
    """
    if not isinstance(value, dict):
        msg = 'an object from recipient to pass code, such as {"+8618812348888": "123456"}'
        raise ValueError(msg)  # noqa: TRY004 - as above
    codes: dict[str, str] = {}
    for recipient, code in cast("dict[object, object]", value).items():
        if not isinstance(code, str) or _CODE.fullmatch(code) is None:
            msg = "an object whose values are pass codes: strings of 4 to 8 digits from 0 to 9"
            raise ValueError(msg)
        key = _key(recipient)
        if codes.setdefault(key, code) != code:
            msg = f"an object with one code for each recipient: {masked_recipient(key)} has two"
            raise ValueError(msg)
    return codes


def urls(value: object) -> tuple[str, ...]:
    """Read absolute URLs.

    Raises:
        ValueError: With what it must be.
    """
    given = cast("list[object]", value) if isinstance(value, list) else [None]
    urls = tuple(item for item in given if isinstance(item, str) and is_url(item))
    if len(urls) < len(given):
        msg = (
            "a list of absolute URLs without a fragment, blanks and backslashes, "
            'such as ["https://app.example.com/callback"]'
        )
        raise ValueError(msg)
    return urls


_UNFIT: Final = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]|^[^/]*//[^/?]*[\"'<>,;]")
"""What a browser reads in its own way, what ends a header, and what in a host would end a rule of a security policy."""


def is_url(text: str) -> bool:
    """Return whether a text is an absolute URL without a fragment that a browser may be sent to."""
    if _UNFIT.search(text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port  # of more than 65535 is a ValueError
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and "#" not in text and port != 0


def one_of(*choices: str) -> Callable[[object], str | None]:
    """Return a reader of one of several words, or null."""

    def read(value: object) -> str | None:
        if value is None or (isinstance(value, str) and value in choices):
            return value
        msg = f"one of {', '.join(choices)}, or null for GenAuth's default"
        raise ValueError(msg)

    return read


def host_name(value: object) -> str | None:
    """Read the name of a host, or null.

    Raises:
        ValueError: With what it must be.
    """
    if value is None or (isinstance(value, str) and _HOST.fullmatch(value)):
        return value
    msg = 'a host name without scheme and port, such as "example.com", or null'
    raise ValueError(msg)


_HOST: Final = re.compile("[a-z0-9-]+([.][a-z0-9-]+)*")


def user_name(value: object) -> str | None:
    """Read what names a user, or null.

    Raises:
        ValueError: With what it must be.
    """
    if value is None or (isinstance(value, str) and value):
        return value
    msg = "the username, phone number, e-mail address or id of a user, or null for the login page"
    raise ValueError(msg)


def _key(value: object) -> str:
    return recipient_key(value if isinstance(value, str) else "")


_CODE: Final = re.compile("[0-9]{4,8}")
