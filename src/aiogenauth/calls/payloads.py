"""What a payload of a caller has to be, whose keys the API defines, before anything is sent."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from aiogenauth.calls.arguments import choice, dictionary, password, secret, text
from aiogenauth.channels import Purpose
from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Sealed, SealedList, sealed
from aiogenauth.vocabulary import PhoneNumber


def chosen(
    name: str, value: object, payloads: Mapping[str, tuple[str, type[Any], object]]
) -> Sealed[object]:
    """Return a choice and the one payload that goes with it, as fields of a call.

    Args:
        name: The field that says the choice.
        value: The choice.
        payloads: By choice: the field of its payload, its shape as `payload` takes it, and what
            the caller gave, which is None for all but one.

    Raises:
        InvalidInput: There is no such choice, its payload is not the only one, or as `payload`.
    """
    parameter, known = snake(name), ", ".join(payloads)
    if not isinstance(value, str) or value not in payloads:
        message = f"{parameter}: not known to GenAuth; give one of {known}"
        raise InvalidInput(message).with_facts(field=parameter)
    key, shape, fitting = payloads[value]
    if fitting is None or sum(each is not None for _, _, each in payloads.values()) > 1:
        message = f"{parameter}: {value!s} goes with {snake(key)}, and with that alone"
        raise InvalidInput(message).with_facts(field=parameter)
    return Sealed({name: value, key: payload(fitting, shape, snake(key))})


def pair(given: Sealed[object] | None, keys: tuple[str, str], name: str) -> Sealed[object] | None:
    """Return a payload in which two keys stand together, or neither does.

    Args:
        given: The payload, as `payload` returned it.
        keys: The two.
        name: The parameter that an error names.

    Raises:
        InvalidInput: One of them is missing.
    """
    for missing, there in (keys, keys[::-1]):
        if given is not None and there in given and missing not in given:
            message = f"{name}.{missing}: is missing; it goes together with {there}"
            raise InvalidInput(message).with_facts(field=f"{name}.{missing}")
    return given


def snake(name: str) -> str:
    """Return the parameter that a field of the API is filled from.

    >>> snake("emailCodePayload")
    'email_code_payload'
    """
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name)


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
    given = dictionary(value, name)
    fields = _fields(shape)  # type: ignore[arg-type]  # mypy takes the hash of an instance for its class's
    for key in given:
        if key not in fields:
            message = f"{name}: has a key that GenAuth does not know; known are {', '.join(fields)}"
            raise InvalidInput(message).with_facts(field=name)
    checked = Sealed[object]()
    for key, (types, is_required) in fields.items():
        if given.get(key) is not None:
            checked[key] = _checked(given, key, types, name)
        elif is_required:
            message = f"{name}.{key}: is missing"
            raise InvalidInput(message).with_facts(field=f"{name}.{key}")
    return checked


_Field = tuple[tuple[object, ...], bool]
"""A key of a payload: the types it may have, and whether it has to be there."""


@cache
def _fields(shape: type[Any]) -> Mapping[str, _Field]:
    required = cast("frozenset[str]", vars(shape)["__required_keys__"])
    hints = get_type_hints(shape)
    return {key: (_types(hint), key in required) for key, hint in hints.items()}


def _types(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def _checked(given: Mapping[str, object], key: str, types: tuple[object, ...], name: str) -> object:
    item, full = sealed(given[key]), f"{name}.{key}"
    if PhoneNumber in types:
        code = country_code_key(key)
        return PhoneNumber.parse(
            cast("str", item), cast("str", given.get(code)), name=full, code_name=f"{name}.{code}"
        )
    for each in types:
        if get_origin(each) is Literal:
            return choice(item, each, full)
        if isinstance(each, type) and issubclass(each, Purpose):
            return each.read(item, full)
    if types == (str,):
        return _text(item, key, full)
    return _nested(item, types, full)


def _text(item: object, key: str, name: str) -> str:
    """Return a text; a password may hold what no pass code does."""
    if key.startswith("password"):
        return password(item, name)
    return secret(item, name) if key.lower().endswith("passcode") else text(item, name)


def _nested(item: object, types: tuple[object, ...], name: str) -> object:
    """Return a payload in a payload, or a list of them; anything else as it is."""
    for each in types:
        if is_typeddict(each):
            return payload(item, cast("type[Any]", each), name)
        inner = get_args(each)[0] if get_origin(each) in {list, tuple, Sequence} else None
        if is_typeddict(inner) and isinstance(item, (list, tuple)):
            items = enumerate(cast("Sequence[object]", item))
            shape = cast("type[Any]", inner)
            return SealedList([payload(one, shape, f"{name}[{at}]") for at, one in items])
    return item


def country_code_key(key: str) -> str:
    """Return the key of a phone number's country calling code.

    >>> country_code_key("phone"), country_code_key("newPhoneNumber")
    ('phoneCountryCode', 'newPhoneCountryCode')
    """
    return f"{key.removesuffix('Number')}CountryCode"
