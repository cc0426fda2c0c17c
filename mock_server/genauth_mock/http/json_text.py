"""JSON in and out: by orjson where it is installed, else by the standard library; both give the same answers."""

from __future__ import annotations

import json
from math import isinf
from typing import Final, cast

DEEPEST: Final = 100
"""How many objects and lists may lie in each other: far more than any call has, and few enough to be walked through.

Source: ours.
"""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _integer(digits: str) -> int | float:
    """Read a whole number as orjson does: one of more than 64 bits as a float."""
    number = int(digits) if len(digits) <= _MOST_DIGITS else float(digits)
    return number if -(2**63) <= number < 2**64 else _finite(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        message = "a number is too large"
        raise ValueError(message)
    return number


def _refused(constant: str) -> float:
    message = f"{constant} is not JSON"
    raise ValueError(message)


_MOST_DIGITS: Final = 20
_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_finite, parse_constant=_refused)


def read_by_standard_library(text: bytes) -> object:
    """Read JSON without orjson, and take and refuse what orjson does.

    Raises:
        ValueError: It is something else, or nested too deeply.
    """
    try:
        content: object = _DECODER.decode(text.decode())  # UTF-8 alone, as orjson has it
    except RecursionError:
        message = "nested too deeply"
        raise ValueError(message) from None
    if b"\\u" in text:
        _ENCODER.encode(content).encode()  # raises where half a character was escaped
    return _not_too_deep(text, content)


def _written(content: object) -> bytes:
    return _ENCODER.encode(content).encode(errors="replace")


def _not_too_deep(text: bytes, content: object) -> object:
    """Return the content where it is not nested too deep; counting brackets spares most the walk."""
    if text.count(b"{") + text.count(b"[") <= DEEPEST:
        return content
    level = [content]
    for _ in range(DEEPEST + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return content
    message = "nested too deeply"
    raise ValueError(message)


def _inside(outer: object) -> list[object]:
    if isinstance(outer, dict):
        return list(cast("dict[str, object]", outer).values())
    return cast("list[object]", outer) if isinstance(outer, list) else []


try:
    import orjson
except ModuleNotFoundError:

    def read_json(text: bytes) -> object:
        """Read JSON.

        Raises:
            ValueError: It is something else, or nested too deeply.
        """
        return read_by_standard_library(text)

    def write_json(content: object) -> bytes:
        """Write JSON, in UTF-8."""
        return _written(content)

else:

    def read_json(text: bytes) -> object:
        """Read JSON.

        Raises:
            ValueError: It is something else, or nested too deeply.
        """
        return _not_too_deep(text, orjson.loads(text))

    def write_json(content: object) -> bytes:
        """Write JSON, in UTF-8."""
        try:
            return orjson.dumps(content)
        except TypeError:
            # A caller sent half a character, or an integer of more than 64 bits.
            return _written(content)
