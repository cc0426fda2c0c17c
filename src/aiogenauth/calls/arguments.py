"""What an argument of a caller has to be before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import cast, get_args

from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Sealed, SealedList, Secret
from aiogenauth.vocabulary import checked_code

secret = checked_code


def secret_if_given(value: object, name: str) -> Secret | None:
    """Return an optional pass code or token; None for none.

    Raises:
        InvalidInput: As `secret`.
    """
    return None if value is None else secret(value, name)


def text(value: object, name: str) -> str:
    """Return a string that is not empty.

    Raises:
        InvalidInput: Not a string, nothing in it, or half of a surrogate pair.
    """
    if isinstance(value, str) and value and (value.isascii() or _can_be_encoded(value)):
        return value
    message = f"{name}: give a string that is not empty and can be sent as UTF-8"
    raise InvalidInput(message).with_facts(field=name)


def _can_be_encoded(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def text_if_given(value: object, name: str) -> str | None:
    """Return an optional string; None for none. It may be empty, where that means something.

    Raises:
        InvalidInput: Not a string, or half of a surrogate pair.
    """
    return None if value is None else "" if value == "" else text(value, name)


def texts(value: object, name: str) -> Sequence[str]:
    """Return a list of strings none of which is empty.

    Raises:
        InvalidInput: No list or tuple, nothing in it, or something else than such strings.
    """
    if isinstance(value, (list, tuple)) and value:
        many = enumerate(cast("Sequence[object]", value))
        return SealedList([text(each, f"{name}[{at}]") for at, each in many])
    message = f"{name}: give a list of strings with at least one in it"
    raise InvalidInput(message).with_facts(field=name)


def texts_if_given(value: object, name: str) -> Sequence[str] | None:
    """Return an optional list of strings; None for none.

    Raises:
        InvalidInput: As `texts`.
    """
    return None if value is None else texts(value, name)


def number_if_given(value: object, name: str) -> int | None:
    """Return an optional whole number; None for none.

    Raises:
        InvalidInput: Not a whole number, or a negative one.
    """
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    message = f"{name}: give a whole number"
    raise InvalidInput(message).with_facts(field=name)


def flag_if_given(value: object, name: str) -> bool | None:
    """Return an optional truth value; None for none.

    Raises:
        InvalidInput: Neither True nor False.
    """
    if value is None or isinstance(value, bool):
        return value
    message = f"{name}: give True or False"
    raise InvalidInput(message).with_facts(field=name)


def choice(value: object, choices: object, name: str) -> str:
    """Return one of the choices that the API gives.

    Args:
        value: What the caller gave.
        choices: A Literal, of `aiogenauth.given`.
        name: The parameter that an error names.

    Raises:
        InvalidInput: There is no such choice; the text lists those that exist.
    """
    if isinstance(value, str) and value in get_args(choices):
        return value
    message = f"{name}: not known to GenAuth; give one of {', '.join(get_args(choices))}"
    raise InvalidInput(message).with_facts(field=name)


def choice_if_given(value: object, choices: object, name: str) -> str | None:
    """Return an optional choice; None for none.

    Raises:
        InvalidInput: As `choice`.
    """
    return None if value is None else choice(value, choices, name)


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
    given = dictionary(value, name)
    return Sealed({key: item for key, item in given.items() if item is not None})


def dictionary(value: object, name: str) -> Mapping[str, object]:
    """Return a dict.

    Raises:
        InvalidInput: No dict.
    """
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    message = f"{name}: give a dict with the keys of the API reference"
    raise InvalidInput(message).with_facts(field=name)
