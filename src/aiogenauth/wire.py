"""Shapes of GenAuth's answers, and `read`, which turns JSON into them without coercing anything."""

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Literal,
    NoReturn,
    TypeGuard,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

import attrs
from attrs import field, frozen

from aiogenauth.secrets import masked, stars

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

ConfirmedBy = Literal["answer", "profile"]
"""What showed that a call took effect: GenAuth's answer, or the account as it was read later."""


class ShapeError(ValueError):
    """JSON that does not have the shape it was read as; names fields, never values."""


@frozen
class Envelope:
    """What every call of the API is answered with.

    Attributes:
        status_code: Business status; 200 means success, whatever the HTTP status.
        message: Text for people, in the language asked for.
        api_code: What happened exactly; absent, 0 or 20001 on success.
        request_id: Identifies the call to GenAuth's support.
        data: What was asked for; None where the call has nothing to say.

    Source: API reference, CommonResponseDto.
    """

    status_code: int
    message: str | None = field(default=None, repr=False)
    api_code: int | None = None
    request_id: str | None = field(default=None, repr=False)
    data: object = field(default=None, repr=False)


@frozen
class Confirmation:
    """What the caller asked for holds now.

    Attributes:
        request_id: Identifies the call to GenAuth's support; None when confirmed by the profile.
        message: Text for people; None when confirmed by the profile.
        confirmed_by: `"answer"`, or `"profile"` when the answer was lost and the account, read
            afterwards, was found in the state that was asked for.
    """

    request_id: str | None = None
    message: str | None = None
    confirmed_by: ConfirmedBy = "answer"


@frozen
class PassCodeCheck:
    """Whether a pass code would be accepted now. True and false as the code is.

    Attributes:
        is_valid: The code fits and is still good.
        message: Why it is not.
        request_id: Identifies the call to GenAuth's support.
    """

    is_valid: bool
    message: str | None = None
    request_id: str | None = None

    def __bool__(self) -> bool:
        """Be as true as the code is."""
        return self.is_valid


@frozen
class PhoneUpdateGrant:
    """Permission to change the phone number, for a short time and once.

    Attributes:
        update_phone_token: What `update_phone` wants; shown as `***`.
        token_expires_in: Seconds it lives. Source: assumed; the reference gives no unit.
        request_id: Identifies the call to GenAuth's support.
        new_phone: The number it was given for, in E.164, so that `update_phone` can look it up in
            the profile should its answer get lost. Masked when shown.
    """

    update_phone_token: str = field(repr=stars)
    token_expires_in: float
    request_id: str | None = None
    new_phone: str | None = field(default=None, repr=lambda phone: repr(masked(phone or "")))


@frozen
class SignIn:
    """Tokens of a user who signed in. None of them is shown.

    Attributes:
        access_token: Give it to `client.as_user`.
        id_token: Who the user is, as a JWT.
        refresh_token: Present when the scope had `offline_access`.
        token_type: `"bearer"`.
        scope: What the tokens may be used for.
        expires_in: Seconds from the answer until the access token expires.
        expires_at: The same as a moment in UTC, by the clock of this machine.
        request_id: Identifies the call to GenAuth's support.
    """

    access_token: str = field(repr=stars)
    token_type: str
    expires_in: float
    id_token: str | None = field(default=None, repr=stars)
    refresh_token: str | None = field(default=None, repr=stars)
    scope: str | None = None
    expires_at: datetime | None = None
    request_id: str | None = None


@frozen
class SecurityLevel:
    """How well an account is protected.

    Source: API reference, get-security-info; its spelling `binded` is kept.
    """

    password_security_level: float
    mfa_enrolled: bool
    password_set: bool
    email_binded: bool
    phone_binded: bool
    security_score: float
    request_id: str | None = None


@frozen
class UserProfile:
    """A user as GenAuth knows them. Which fields come depends on the scope of the access token.

    Attributes:
        phone: National number; masked when shown. Comes with the scope `phone`.
        extra: Every field of the answer that has no attribute here, by its name in the API.

    Source: API reference, get-profile, UserDto.
    """

    user_id: str
    status: str | None = None
    work_status: str | None = None
    username: str | None = None
    name: str | None = None
    nickname: str | None = None
    photo: str | None = None
    gender: str | None = None
    email: str | None = None
    email_verified: bool | None = None
    phone: str | None = field(default=None, repr=lambda phone: repr(phone and masked(phone)))
    phone_country_code: str | None = None
    phone_verified: bool | None = None
    external_id: str | None = None
    tenant_id: str | None = None
    user_source_type: str | None = None
    logins_count: float | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    last_login: datetime | None = None
    department_ids: tuple[str, ...] | None = None
    identities: tuple[Mapping[str, object], ...] | None = field(default=None, repr=False)
    custom_data: Mapping[str, object] | None = field(default=None, repr=False)
    extra: Mapping[str, object] = field(factory=dict[str, object], repr=False)
    request_id: str | None = None


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


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder()
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


def _mismatch(expected: str) -> NoReturn:
    text = f"expected {expected}"
    raise TypeError(text)


def _text(value: object, _: object) -> str:
    return value if isinstance(value, str) else _mismatch("text")


def _whole(value: object, _: object) -> int:
    return value if type(value) is int else _mismatch("a whole number")


def _number(value: object, _: object) -> float:
    return value if type(value) in {int, float} else _mismatch("a number")  # type: ignore[return-value]


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
        return int(value)
    if type(value) is int:
        return value
    text = "apiCode: no whole number"
    raise ShapeError(text)


def _has_fields(shape: object) -> bool:
    return isinstance(shape, type) and (attrs.has(shape) or dataclasses.is_dataclass(shape))


def _by_api_names(shape: type[Any], converter: "Converter") -> Callable[[object, object], object]:
    """Build a reader that finds each field under the API's spelling of its name."""
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - see _converter

    inner = make_dict_structure_fn(shape, converter)
    fields = attrs.fields(shape) if attrs.has(shape) else dataclasses.fields(shape)
    names = {camel(each.name): each.name for each in fields if each.name != "extra"}
    takes_extra = any(each.name == "extra" for each in fields)

    def structure(value: object, _: object) -> object:
        if not is_object(value):
            _mismatch("an object")
        known = {names.get(key, key): item for key, item in value.items()}
        if takes_extra:
            known["extra"] = {key: item for key, item in value.items() if key not in names}
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
