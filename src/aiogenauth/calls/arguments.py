"""What an argument of a caller has to be before anything is sent."""

import re
from collections.abc import Mapping
from typing import Final, cast

from aiogenauth.decoding import encode
from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Secret

LONGEST_SECRET: Final = 8192
"""Characters; a token with many claims is well below."""


def checked_secret(value: object, name: str) -> Secret:
    """Take a pass code or token as it is; how long a pass code is, is GenAuth's setting.

    Raises:
        InvalidInput: Not a string, empty, or with spaces or control characters in it.
    """
    if isinstance(value, str) and _is_visible(value) and len(value) <= LONGEST_SECRET:
        return value if isinstance(value, Secret) else Secret(value)
    text = f"{name}: give a string of visible ASCII characters, without spaces around it"
    raise InvalidInput(text).having(field=name)


def _is_visible(text: str) -> bool:
    """Tell text of visible ASCII characters only. A regular expression would cost thrice as much."""
    return text.isascii() and text.isprintable() and " " not in text and bool(text)


_HALF_A_PAIR: Final = re.compile("[\ud800-\udfff]")


def checked_text(value: object, name: str) -> str:
    """Take a string that is not empty.

    Raises:
        InvalidInput: Not a string, nothing in it, or half of a surrogate pair.
    """
    if isinstance(value, str) and value and not _HALF_A_PAIR.search(value):
        return value
    text = f"{name}: give a string that is not empty and can be sent as UTF-8"
    raise InvalidInput(text).having(field=name)


def known_keys(payload: object, shape: type, name: str) -> Mapping[str, object]:
    """Refuse a payload with a key that the API does not have: it is a slip, and would be ignored.

    Args:
        payload: What the caller gave.
        shape: A TypedDict of all keys.
        name: The parameter that an error names.

    Raises:
        InvalidInput: No dict, or a key that is not in the shape.
    """
    if not isinstance(payload, Mapping):
        text = f"{name}: give a dict with the keys of the API reference"
        raise InvalidInput(text).having(field=name)
    known = shape.__annotations__
    given = cast("Mapping[str, object]", payload)
    for key in given:
        if key not in known:
            text = f"{name}: has a key that GenAuth does not know; known are {', '.join(known)}"
            raise InvalidInput(text).having(field=name)
    return given


def encoded(body: Mapping[str, object], name: str) -> bytes:
    """Encode a body that has parts of the caller's making.

    Raises:
        InvalidInput: Something in it is no JSON.
    """
    try:
        return encode(body)
    except (TypeError, ValueError, RecursionError):
        text = f"{name}: holds something that cannot be written as JSON"
        raise InvalidInput(text).having(field=name) from None
