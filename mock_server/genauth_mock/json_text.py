"""JSON in and out: by orjson where it is installed, else by the standard library; both give the same answers."""

from __future__ import annotations

import json
from typing import Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder()


def _written(content: object) -> bytes:
    return _ENCODER.encode(content).encode(errors="replace")


try:
    import orjson
except ModuleNotFoundError:

    def read_json(text: bytes) -> object:
        """Read JSON.

        Raises:
            ValueError: It is something else.
        """
        try:
            return _DECODER.decode(text.decode())  # UTF-8 alone, as orjson has it
        except RecursionError:
            message = "nested too deeply"
            raise ValueError(message) from None

    def write_json(content: object) -> bytes:
        """Write JSON, in UTF-8."""
        return _written(content)

else:

    def read_json(text: bytes) -> object:
        """Read JSON.

        Raises:
            ValueError: It is something else.
        """
        return orjson.loads(text)

    def write_json(content: object) -> bytes:
        """Write JSON, in UTF-8."""
        try:
            return orjson.dumps(content)
        except (
            TypeError
        ):  # half a character, or an integer of more than 64 bits, that a caller sent
            return _written(content)
