"""Makes a `Call` out of an endpoint and its fields: query, JSON or form. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Final, TypeVar, cast
from urllib.parse import quote_plus, urlencode

import attrs

from aiogenauth.calls.payloads import country_code_key, snake
from aiogenauth.channels import Purpose
from aiogenauth.decoding import ShapeError, encode, encode_any, is_object, read
from aiogenauth.errors import InvalidInput
from aiogenauth.models import Confirmation, Envelope
from aiogenauth.protocol import FORM, Call, Endpoint
from aiogenauth.redaction import Hidden, Sealed, SealedList, Secret
from aiogenauth.vocabulary import PhoneNumber

T = TypeVar("T")


def make_call(
    endpoint: Endpoint, parse: Callable[[Envelope], T], fields: Mapping[str, object]
) -> Call[T]:
    """Return a call that is ready to be sent.

    Args:
        endpoint: What is called.
        parse: Makes the result out of the envelope.
        fields: By their names in the API; None is left out. A `PhoneNumber` is written as two
            fields, and names the call in errors. `Secret` values, and every longer text inside a
            payload, are taken out of what a server writes back.

    Raises:
        InvalidInput: A field cannot be written as JSON.
    """
    written: Sealed[object] = Sealed()
    secrets: SealedList[str] = SealedList()
    phone = None
    for key, value in fields.items():  # one walk: this is done for every call
        if isinstance(value, str):
            written[key] = value
            if isinstance(value, Secret):
                secrets.append(value)
        elif isinstance(value, PhoneNumber):
            phone = phone or value
            secrets.append(_write_phone(written, key, value))
        elif value is not None:
            phone = phone or next(_phones(value), None)
            written[key] = plain = _value(value)
            if not isinstance(plain, (int, float)):
                secrets += texts(plain)
    if endpoint.method == "GET":
        query = Sealed({key: _query_text(value) for key, value in written.items()})
        return Call(endpoint, parse, None, query or None, phone, tuple(secrets))
    return Call(endpoint, parse, _body(endpoint, written), None, phone, tuple(secrets))


def parser(shape: type[T]) -> Callable[[Envelope], T]:
    """Return what reads an envelope as a shape; `Confirmation` is one that says only yes."""
    if shape is Confirmation:
        return cast("Callable[[Envelope], T]", confirmation)
    return data_as(shape)


def confirmation(envelope: Envelope) -> Confirmation:
    """Return the result of an answer that says only yes.

    Raises:
        ShapeError: It says so twice and the second time it says no, or nothing that is known.
    """
    if is_object(envelope.data) and envelope.data.get("success", True) is not True:
        message = "data.success: expected true"
        raise ShapeError(message)
    return Confirmation(envelope.request_id, envelope.message)


def data_as(shape: type[T]) -> Callable[[Envelope], T]:
    """Return what reads the envelope's data as a shape; one of attrs gets the request id too."""
    keeps_request_id = _is_of_attrs(shape)

    def parse(envelope: Envelope) -> T:
        data = envelope.data
        if keeps_request_id and is_object(data):
            data = {**data, "requestId": envelope.request_id}
        return read(shape, data)

    return parse


def _is_of_attrs(shape: object) -> bool:
    return isinstance(shape, type) and attrs.has(shape)


def _written(fields: Mapping[str, object]) -> Sealed[object]:
    """Return fields as JSON has them: without None, a phone number in its two parts."""
    written: Sealed[object] = Sealed()
    for key, value in fields.items():
        if isinstance(value, PhoneNumber):
            _write_phone(written, key, value)
        elif value is not None:
            written[key] = _value(value)
    return written


def _write_phone(written: Sealed[object], key: str, phone: PhoneNumber) -> str:
    """Write a number as two fields; return the one that is a secret."""
    written[key] = number = phone.national_number
    if phone.country_code is not None:
        written[country_code_key(key)] = phone.country_code
    return number


def _value(value: object) -> object:
    if isinstance(value, Mapping):
        return _written(cast("Mapping[str, object]", value))
    if isinstance(value, (list, tuple)):
        return SealedList([_value(each) for each in cast("list[object]", value)])
    return value


def _phones(value: object) -> Iterator[PhoneNumber]:
    if isinstance(value, PhoneNumber):
        yield value
    elif isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            yield from _phones(each)


SHORTEST_SECRET: Final = 4
"""Characters of the shortest text in a payload that is kept out of errors: `+86` tells nothing."""


_TELLING_KEY: Final = re.compile(
    "pass|pwd|secret|token|code|key|auth|credential|otp|pin|phone|mobile|e-?mail|ticket|assertion",
    re.IGNORECASE,
)
"""Keys whose values are secrets even where they look like an ordinary word."""
_WORDS: Final = re.compile(r"[^\W\d]+([ _-][^\W\d]+)*")
_LONGEST_WORDS: Final = 16


def texts(value: object, key: str = "") -> Iterator[str]:
    """Yield every text and number in a payload that may be a secret.

    Not short ones, channels, and ordinary words such as `admin` under a key that tells of no
    secret: a refusal that lost its words could not be read.
    """
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, str):
        if len(value) < SHORTEST_SECRET or isinstance(value, Purpose):
            return
        is_ordinary = len(value) < _LONGEST_WORDS and _WORDS.fullmatch(value) is not None
        if not is_ordinary or _TELLING_KEY.search(key):
            yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from texts(Hidden(int(value)), key)
    elif isinstance(value, Mapping):
        for name, each in cast("Mapping[str, object]", value).items():
            yield from texts(each, name if isinstance(name, str) else "")  # pyright: ignore[reportUnnecessaryIsInstance] - callers without types
    elif isinstance(value, (list, tuple)):
        for each in cast("list[object]", value):
            yield from texts(each, key)


def plain_fields(fields: object, name: str) -> Sealed[Hidden] | None:
    """Return query parameters or the fields of a form as texts, without those that are None.

    Raises:
        InvalidInput: No dict, or something in it is not text, a number, truth or None.
    """
    if fields is None:
        return None
    if isinstance(fields, Mapping):
        given = cast("Mapping[object, object]", fields)
        known = {key: each for key, each in given.items() if each is not None}
        if all(
            isinstance(key, str) and isinstance(each, str | int | float)
            for key, each in known.items()
        ):
            plain = Sealed({cast("str", key): _query_text(each) for key, each in known.items()})
            with suppress(UnicodeEncodeError):
                urlencode(plain)
                return plain
    message = f"{name}: give a dict of strings, numbers or booleans that can be sent as UTF-8"
    raise InvalidInput(message).with_facts(field=name)


def _query_text(value: object) -> Hidden:
    """Return a value as a query has it, hidden also from printers that look into dicts themselves."""
    if isinstance(value, bool):
        return Hidden("true" if value else "false")
    return Hidden(int(value) if isinstance(value, int) else value)


def _body(endpoint: Endpoint, fields: Mapping[str, object]) -> bytes:
    if endpoint.content_type == FORM:
        return form_body(Sealed({key: _query_text(value) for key, value in fields.items()}))
    try:
        return encode(fields)
    except (TypeError, ValueError, RecursionError):
        name = next((key for key, value in fields.items() if not _is_json(value)), "")
    message = f"{snake(name)}: holds something that cannot be written as JSON"
    raise InvalidInput(message).with_facts(field=snake(name))


def form_body(fields: Mapping[str, str], name: str = "form") -> bytes:
    """Encode a form.

    Raises:
        InvalidInput: Something in it is not text that can be sent.
    """
    try:
        return "&".join(
            [f"{_quoted(key)}={_quoted(each)}" for key, each in fields.items()]
        ).encode()
    except UnicodeEncodeError:
        message = f"{name}: holds half of a surrogate pair, which cannot be sent as UTF-8"
    raise InvalidInput(message).with_facts(field=name)


_UNRESERVED: Final = re.compile(r"[A-Za-z0-9_.~-]*")
"""Source: RFC 3986, section 2.3; codes, tokens and most secrets have nothing else."""


def _quoted(value: str) -> str:
    return value if _UNRESERVED.fullmatch(value) else quote_plus(value)


def json_body(fields: object, name: str) -> bytes:
    """Encode a body of the caller's making.

    Raises:
        InvalidInput: Something in it is not JSON.
    """
    try:
        return encode_any(fields)
    except (TypeError, ValueError, RecursionError):
        message = f"{name}: holds something that cannot be written as JSON"
    raise InvalidInput(message).with_facts(field=name)


def _is_json(value: object) -> bool:
    try:
        encode({"value": value})
    except (TypeError, ValueError, RecursionError):
        return False
    return True
