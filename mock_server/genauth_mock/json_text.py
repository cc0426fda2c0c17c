"""JSON in and out: by orjson where it is installed, else by the standard library; both give the same answers."""

from __future__ import annotations

import json
from typing import Final

try:
    import orjson
except ModuleNotFoundError:
    orjson = None  # type: ignore[assignment]  # checked where it is used

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def read_json(text: bytes) -> object:
    """Read JSON.

    Raises:
        ValueError: It is something else.
    """
    if orjson is not None:
        return orjson.loads(text)
    try:
        return json.loads(text)
    except RecursionError:
        message = "nested too deeply"
        raise ValueError(message) from None


def write_json(content: object) -> bytes:
    """Write JSON, in UTF-8."""
    if orjson is not None:
        return orjson.dumps(content)
    return _ENCODER.encode(content).encode(errors="replace")
