"""What an argument of a caller has to be before anything is sent."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from attrs import frozen

from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Hidden, Sealed, SealedList, Secret
from aiogenauth.vocabulary import Channel, PhoneNumber, checked_secret

secret = checked_secret


def secret_if_given(value: object, name: str) -> Secret | None:
    """Return an optional pass code or token; None for none.

    Raises:
        InvalidInput: As `secret`.
    """
    return None if value is None else secret(value, name)


_HALF_A_PAIR: Final = re.compile("[\ud800-\udfff]")


def text(value: object, name: str) -> str:
    """Return a string that is not empty.

    Raises:
        InvalidInput: Not a string, nothing in it, or half of a surrogate pair.
    """
    if isinstance(value, str) and value and not _HALF_A_PAIR.search(value):
        return value
    message = f"{name}: give a string that is not empty and can be sent as UTF-8"
    raise InvalidInput(message).with_facts(field=name)


def password(value: object, name: str = "password") -> Secret:
    """Return a password: any text, unlike a pass code, since it may hold spaces.

    Raises:
        InvalidInput: As `text`.
    """
    return Secret(text(value, name))


def password_if_given(value: object, name: str) -> Secret | None:
    """Return an optional password; None for none.

    Raises:
        InvalidInput: As `text`.
    """
    return None if value is None else password(value, name)


def mapping(value: object, name: str) -> Sealed[object] | None:
    """Return a dict whose keys are the caller's business, without those that are None.

    Raises:
        InvalidInput: No dict.
    """
    if value is None:
        return None
    given = _dict(value, name)
    return Sealed({key: item for key, item in given.items() if item is not None})


def payload(value: object, shape: type[Any], name: str) -> Sealed[object] | None:
    """Return a payload with what it holds checked, and without what is None.

    Phone numbers become `PhoneNumber` values; the body is written with both of their fields.

    Args:
        value: What the caller gave; None gives None.
        shape: A TypedDict of all keys, of `aiogenauth.given`.
        name: The parameter that an error names.

    Raises:
        InvalidInput: No dict, a key that the API does not have (it is a slip, and would be
            ignored), a key that is missing, or a value that cannot be right.
    """
    if value is None:
        return None
    given = _dict(value, name)
    fields = _fields(shape)  # type: ignore[arg-type]  # mypy takes the hash of an instance for its class's
    for key in given:
        if key not in fields:
            message = f"{name}: has a key that GenAuth does not know; known are {', '.join(fields)}"
            raise InvalidInput(message).with_facts(field=name)
    checked = Sealed[object]()
    for key, known in fields.items():
        if given.get(key) is not None:
            checked[key] = _checked(given, key, known, name)
        elif known.is_required:
            message = f"{name}.{key}: is missing"
            raise InvalidInput(message).with_facts(field=f"{name}.{key}")
    return checked


@frozen
class _Field:
    """A key of a payload: the types it may have, and whether it has to be there."""

    types: tuple[object, ...]
    is_required: bool


@cache
def _fields(shape: type[Any]) -> Mapping[str, _Field]:
    required = cast("frozenset[str]", vars(shape)["__required_keys__"])
    hints = get_type_hints(shape)
    return {key: _Field(_types(hint), key in required) for key, hint in hints.items()}


def _types(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def _dict(value: object, name: str) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    message = f"{name}: give a dict with the keys of the API reference"
    raise InvalidInput(message).with_facts(field=name)


def _checked(given: Mapping[str, object], key: str, known: _Field, name: str) -> object:
    item, full = given[key], f"{name}.{key}"
    if PhoneNumber in known.types:
        code = country_code_key(key)
        return PhoneNumber.parse(
            cast("str", item), cast("str", given.get(code)), name=full, code_name=f"{name}.{code}"
        )
    if Channel in known.types:
        return Channel.read(item, full)
    if key.lower().endswith("passcode"):
        return secret(item, full)
    if known.types == (str,):
        return text(item, full)
    return _nested(item, known, full)


def _nested(item: object, known: _Field, name: str) -> object:
    """Return a payload in a payload, or a list of them; anything else as it is."""
    for each in known.types:
        if is_typeddict(each):
            return payload(item, cast("type[Any]", each), name)
        inner = get_args(each)[0] if get_origin(each) in {list, tuple, Sequence} else None
        if is_typeddict(inner) and isinstance(item, (list, tuple)):
            items = enumerate(cast("Sequence[object]", item))
            shape = cast("type[Any]", inner)
            return SealedList([payload(one, shape, f"{name}[{at}]") for at, one in items])
    return Hidden(item) if type(item) is str else item


def country_code_key(key: str) -> str:
    """Return the key of a phone number's country calling code.

    >>> country_code_key("phone"), country_code_key("newPhoneNumber")
    ('phoneCountryCode', 'newPhoneCountryCode')
    """
    return f"{key.removesuffix('Number')}CountryCode"
