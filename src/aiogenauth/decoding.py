"""Reads decoded JSON as a shape, without coercing anything; the only place that knows cattrs."""

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, lru_cache
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


_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""What some gateways put in front of UTF-8."""


class ShapeError(ValueError):
    """JSON that does not have the shape it was read as; names fields, never values."""


def decode(body: bytes) -> object:
    """Decode a JSON body, with orjson where it is installed.

    Raises:
        ShapeError: It is not JSON.
    """
    try:
        return _loads(body.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        message = "it is not JSON"
        raise ShapeError(message) from None


def encode(fields: Mapping[str, object]) -> bytes:
    """Encode the fields of a JSON body, the same with orjson and without."""
    return _dumps(fields)


def _no_json(constant: str) -> NoReturn:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(constant)


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether decoded JSON is an object."""
    return isinstance(value, dict)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_DECODER: Final = json.JSONDecoder(parse_constant=_no_json)
_BLANKS: Final = b" \t\n\r"
"""What may stand around a JSON text. Source: RFC 8259, 2."""


def encode_any(value: object) -> bytes:
    """Encode a JSON body of the caller's making."""
    return _ENCODER.encode(value).encode()


_quoted: Final = json.encoder.encode_basestring


@lru_cache(maxsize=512)
def _form(names: tuple[str, ...]) -> str:
    """Return an object of these names with `%s` for each value."""
    fields = [f"{_quoted(name).replace('%', '%%')}:%s" for name in names]
    return f"{{{','.join(fields)}}}"


def _plain_dumps_fields(value: Mapping[str, object]) -> bytes:
    """Encode texts alone, as nearly all bodies are, in a third of the time that an encoder takes."""
    try:
        return (_form(tuple(value)) % tuple(map(_quoted, value.values()))).encode()  # type: ignore[arg-type]  # the next line
    except TypeError:  # one of them is not text
        return encode_any(value)


def _plain_loads(body: bytes) -> object:
    text = body.strip(_BLANKS).decode()
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        message = "more than one value"
        raise ValueError(message)
    return value


try:
    import orjson
except ImportError:  # the extra `fast` is not installed
    _loads: Callable[[bytes], object] = _plain_loads
    _dumps: Callable[[Mapping[str, object]], bytes] = _plain_dumps_fields
else:

    def _fast_loads(body: bytes) -> object:
        """Decode what orjson refuses as Python does: it may hold half of a surrogate pair."""
        try:
            return orjson.loads(body)
        except ValueError:
            return _plain_loads(body)

    def _fast_dumps(value: Mapping[str, object]) -> bytes:
        """Encode texts alone by orjson: of numbers and other objects it has its own idea."""
        for each in value.values():
            if not isinstance(each, str):
                return encode_any(value)
        return orjson.dumps(value)

    _loads, _dumps = _fast_loads, _fast_dumps


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
    validate = getattr(shape, "model_validate", None)
    try:
        if validate is not None:
            return cast("T", validate(value))
        return cast("T", _converter().get_structure_hook(shape)(value, shape))
    except ShapeError:
        raise
    except Exception as exc:  # noqa: BLE001 - hooks and models of callers raise what they like
        from cattrs import transform_error  # noqa: PLC0415 - see _converter

        # What a model of pydantic says quotes the values.
        flaw = "; ".join(transform_error(exc)) if validate is None else f"no {shape.__name__}"
    raise ShapeError(flaw)


def is_readable(shape: object) -> bool:
    """Whether `read` knows how to read a shape, before there is anything to read."""
    if shape is None or shape is type(None):
        return False
    if hasattr(shape, "model_validate"):
        return True
    try:
        _converter().get_structure_hook(shape)
    except Exception:  # noqa: BLE001 - whatever the library finds wrong with it
        return False
    return True


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


def _bare_list(value: object, shape: object) -> object:
    if not isinstance(value, list):
        _mismatch("a list")
    return tuple(cast("list[object]", value)) if shape is tuple else cast("object", value)


def _bare_dict(value: object, _: object) -> object:
    return value if is_object(value) else _mismatch("an object")


_MISSING: Final = object()

_LARGEST: Final = 2**63 - 1
"""What a log or span keeps as a number."""

_LONGEST_CODE: Final = 20
"""Digits of an apiCode at most; known ones have seven. Source: ours."""


def envelope(value: Mapping[str, object]) -> Envelope:
    """Read the one shape that every call needs, five times as fast as `read` would.

    `statusCode` alone decides between done and refused; any other field that is odd is left out.

    Raises:
        ShapeError: There is no `statusCode` that is a whole number.
    """
    status_code, message = value.get("statusCode", _MISSING), value.get("message")
    api_code, request_id = value.get("apiCode"), value.get("requestId")
    if type(status_code) is not int or abs(status_code) > _LARGEST:
        text = "statusCode: missing" if status_code is _MISSING else "statusCode: no whole number"
        raise ShapeError(text)
    if message is not None and not isinstance(message, str):
        message = _joined(message)
    if request_id is not None and not isinstance(request_id, str):
        request_id = str(request_id) if type(request_id) is int else None
    code = None if api_code is None else _api_code(api_code)
    return Envelope(status_code, message, code, request_id, value.get("data"))


def _joined(message: object) -> str | None:
    """Return a list of texts as one, as validators of NestJS write them; None for anything else."""
    if not isinstance(message, list):
        return None
    parts = [part for part in cast("list[object]", message) if isinstance(part, str)]
    return ", ".join(parts) or None


def _envelope(value: object, _: object) -> Envelope:
    return envelope(value) if is_object(value) else _mismatch("an object")


def _api_code(value: object) -> int | None:
    """Return apiCode, which the V2 reference writes as text and live answers as a number."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        # Python refuses to read thousands of digits, with an error of its own.
        value = int(value) if len(value) <= _LONGEST_CODE else None
    return value if type(value) is int and abs(value) <= _LARGEST else None


def _has_fields(shape: object) -> bool:
    return isinstance(shape, type) and (attrs.has(shape) or dataclasses.is_dataclass(shape))


def _without(
    known: Mapping[str, object],
    odd: Sequence[str],
    spelt: Mapping[str, str],
    *,
    takes_extra: bool,
) -> dict[str, object]:
    """Return the fields without the odd ones, which `extra` keeps under their own names where it is there."""
    left = {key: item for key, item in known.items() if key not in odd}
    if takes_extra:
        extra = cast("dict[str, object]", left["extra"])
        left["extra"] = extra | {spelt.get(name, name): known[name] for name in odd}
    return left


def _by_our_names(
    value: Mapping[str, object], names: Mapping[str, str], *, takes_extra: bool
) -> dict[str, object]:
    """Return an object's fields by our names; `names` has them by the API's spelling."""
    ours = frozenset(names.values())
    known = {names[key]: item for key, item in value.items() if key in names}
    unknown = {key: item for key, item in value.items() if key not in names}
    known |= {key: item for key, item in unknown.items() if key not in known}
    if takes_extra:
        known["extra"] = {key: item for key, item in unknown.items() if key not in ours}
    return known


def _by_api_names(shape: type[Any], converter: "Converter") -> Callable[[object, object], object]:
    """Build a reader that finds each field under the API's spelling of its name.

    In a shape of this package, an optional field that is odd does not spoil the rest: it is left
    out, and kept in `extra` where the shape has one.
    """
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - see _converter

    inner = make_dict_structure_fn(shape, converter)
    fields = attrs.fields(shape) if attrs.has(shape) else dataclasses.fields(shape)
    names = {camel(each.name): each.name for each in fields if each.name != "extra"}
    takes_extra = any(each.name == "extra" for each in fields)
    optional = _optional(shape)

    def structure(value: object, _: object) -> object:
        if not is_object(value):
            _mismatch("an object")
        spelt = {names[key]: key for key in value if key in names}
        known = _by_our_names(value, names, takes_extra=takes_extra)
        for name in optional:
            if name.endswith("expires_in") and name in known:
                known[name] = seconds(known[name])
        try:
            return inner(known, shape)
        except Exception:
            odd = [name for name in optional if not _fits(converter, optional[name], known, name)]
            if not odd:
                raise
        return inner(_without(known, odd, spelt, takes_extra=takes_extra), shape)

    return structure


def _optional(shape: type[Any]) -> Mapping[str, object]:
    """Return the types of the fields that an answer may lack, of a shape of this package."""
    if not shape.__module__.startswith("aiogenauth.") or not attrs.has(shape):
        return {}
    fields = attrs.fields(attrs.resolve_types(shape))
    return {each.name: each.type for each in fields if each.default is None}


def _fits(converter: "Converter", shape: object, known: Mapping[str, object], name: str) -> bool:
    if name not in known:
        return True
    try:
        converter.structure(known[name], cast("type[object]", shape))
    except Exception:  # noqa: BLE001 - whatever a hook finds wrong with it
        return False
    return True


def seconds(value: object) -> float | None:
    """Return how long a token lives, also where it is written as text; None where nobody can tell.

    >>> seconds("7200"), seconds(60), seconds(None), seconds("soon")
    (7200.0, 60, None, None)
    """
    if isinstance(value, str):
        with suppress(ValueError):
            value = float(value)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST else None


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
    converter.register_structure_hook_func(lambda shape: shape in {list, tuple}, _bare_list)
    converter.register_structure_hook_func(lambda shape: shape is dict, _bare_dict)
    converter.register_structure_hook_factory(_has_fields, _by_api_names)
    return converter
