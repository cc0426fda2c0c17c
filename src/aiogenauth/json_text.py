"""JSON text in and out, by orjson where it is installed."""

import json
from collections.abc import Callable, Mapping
from typing import Final, NoReturn, TypeGuard


class ShapeError(ValueError):
    """JSON that does not have the shape it was read as; names fields, never values."""


def decode(body: bytes) -> object:
    """Decode a JSON body, with orjson where it is installed.

    Raises:
        ShapeError: It is not JSON.
    """
    try:
        return _loads(body)
    except (ValueError, RecursionError):
        text = "it is not JSON"
        raise ShapeError(text) from None


def encode(value: Mapping[str, object]) -> bytes:
    """Encode a JSON body, with orjson where it is installed."""
    return _dumps(value)


def _no_json(constant: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(constant)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=_no_json)
_BLANKS: Final = " \t\n\r"
"""What may stand around a JSON text. Source: RFC 8259, 2."""


def _plain_dumps(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _plain_loads(body: bytes) -> object:
    text = body.decode().strip(_BLANKS)
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        message = "more than one value"
        raise ValueError(message)
    return value


try:
    import orjson
except ImportError:  # the extra `fast` is not installed
    _loads: Callable[[bytes], object] = _plain_loads
    _dumps: Callable[[object], bytes] = _plain_dumps
else:
    _loads, _dumps = orjson.loads, orjson.dumps


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Tell a JSON object from everything else."""
    return isinstance(value, dict)
