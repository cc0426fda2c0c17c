"""Reads decoded JSON as a shape, without coercing anything; the only place that knows cattrs."""

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NoReturn,
    TypeGuard,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

import attrs

from aiogenauth.models import Envelope

if TYPE_CHECKING:
    from cattrs import Converter


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
        message = "it is not JSON"
        raise ShapeError(message) from None


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
    """Whether decoded JSON is an object."""
    return isinstance(value, dict)


T = TypeVar("T")


def camel(name: str) -> str:
    """Spell a name as the API does.

    >>> camel("phone_country_code")
    'phoneCountryCode'
    """
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def read(shape: type[T], value: object) -> T:
    """Read decoded JSON as a shape, strictly: no text becomes a number, no null the text "None".

    Args:
        shape: An attrs class or dataclass (fields in snake_case), or any type cattrs knows.
        value: What the JSON decoder gave.

    Raises:
        ShapeError: The value has another shape.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - see _converter

    try:
        return cast("T", _converter().get_structure_hook(shape)(value, shape))
    except ShapeError:
        raise
    except (BaseValidationError, TypeError, ValueError, KeyError, AttributeError) as exc:
        raise ShapeError("; ".join(transform_error(exc))) from None


def _mismatch(expected: str) -> NoReturn:
    message = f"expected {expected}"
    raise TypeError(message)


def _text(value: object, _: object) -> str:
    return value if isinstance(value, str) else _mismatch("text")


def _whole(value: object, _: object) -> int:
    return value if type(value) is int else _mismatch("a whole number")


def _number(value: object, _: object) -> float:
    return value if type(value) in {int, float} else _mismatch("a number")  # type: ignore[return-value]  # no checker narrows by `in`


def _truth(value: object, _: object) -> bool:
    return value if isinstance(value, bool) else _mismatch("true or false")


def _moment(value: object, _: object) -> datetime:
    return datetime.fromisoformat(_text(value, _))


def _anything(value: object, _: object) -> object:
    return value


def _is_list(shape: object) -> bool:
    return get_origin(shape) in {list, tuple, Sequence}


def _many(value: object, shape: object) -> Sequence[object]:
    if not isinstance(value, list):
        _mismatch("a list")
    inner = get_args(shape)[0]
    converter = _converter()
    items = (converter.structure(item, inner) for item in cast("list[object]", value))
    return tuple(items) if get_origin(shape) is tuple else list(items)


_MISSING: Final = object()

_LONGEST_CODE: Final = 20
"""Digits of an apiCode at most; known ones have seven. Source: ours."""


def envelope(value: Mapping[str, object]) -> Envelope:
    """Read the one shape that every call needs, five times as fast as `read` would.

    Raises:
        ShapeError: A field has another type.
    """
    status_code, message = value.get("statusCode", _MISSING), value.get("message")
    api_code, request_id = value.get("apiCode"), value.get("requestId")
    if type(status_code) is not int:
        text = "statusCode: missing" if status_code is _MISSING else "statusCode: no whole number"
        raise ShapeError(text)
    if message is not None and not isinstance(message, str):
        text = "message: no text"
        raise ShapeError(text)
    if request_id is not None and not isinstance(request_id, str):
        text = "requestId: no text"
        raise ShapeError(text)
    code = None if api_code is None else _api_code(api_code)
    return Envelope(status_code, message, code, request_id, value.get("data"))


def _envelope(value: object, _: object) -> Envelope:
    return envelope(value) if is_object(value) else _mismatch("an object")


def _api_code(value: object) -> int:
    """Read apiCode, which the V2 reference writes as text and live answers as a number."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        # Python refuses to read thousands of digits, with an error of its own.
        return int(value) if len(value) <= _LONGEST_CODE else _mismatched_code()
    return value if type(value) is int else _mismatched_code()


def _mismatched_code() -> NoReturn:
    message = "apiCode: no whole number"
    raise ShapeError(message)


def _has_fields(shape: object) -> bool:
    return isinstance(shape, type) and (attrs.has(shape) or dataclasses.is_dataclass(shape))


def _by_api_names(shape: type[Any], converter: "Converter") -> Callable[[object, object], object]:
    """Build a reader that finds each field under the API's spelling of its name."""
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - see _converter

    inner = make_dict_structure_fn(shape, converter)
    fields = attrs.fields(shape) if attrs.has(shape) else dataclasses.fields(shape)
    names = {camel(each.name): each.name for each in fields if each.name != "extra"}
    of_shape = frozenset(names.values())
    takes_extra = any(each.name == "extra" for each in fields)

    def structure(value: object, _: object) -> object:
        if not is_object(value):
            _mismatch("an object")
        known = {names.get(key, key): item for key, item in value.items()}
        if takes_extra:
            known["extra"] = {
                key: item for key, item in value.items() if names.get(key, key) not in of_shape
            }
        return inner(known, shape)

    return structure


@cache
def _converter() -> "Converter":
    """Make the strict converter when data is read for the first time.

    A bind is answered by an envelope alone, which `envelope` reads; so a process that only binds
    phones never waits for cattrs to be imported.
    """
    from cattrs import Converter  # noqa: PLC0415 - as said

    converter = Converter()
    converter.register_structure_hook(Envelope, _envelope)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(datetime, _moment)
    converter.register_structure_hook_func(lambda shape: shape is object, _anything)
    converter.register_structure_hook_func(_is_list, _many)
    converter.register_structure_hook_factory(_has_fields, _by_api_names)
    return converter
