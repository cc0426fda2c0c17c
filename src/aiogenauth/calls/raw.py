"""The call of a path that this package has no method for. Pure, as `endpoints`."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from attrs import frozen

from aiogenauth.calls.arguments import encoded
from aiogenauth.decoding import read
from aiogenauth.errors import InvalidInput, OutcomeUnknown, ReadOutcomeUnknown
from aiogenauth.models import Envelope
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.redaction import sealed

T = TypeVar("T")

_PATH: Final = re.compile(r"/(?!/)[!-~]*")


@frozen(repr=False)
class Asked:
    """What a caller wants to be sent. It may hold secrets anywhere, and shows nothing.

    Attributes:
        method: `GET` or `POST`.
        path: On the app host, perhaps with a query.
        json: Body of a POST.
        form: Body of a POST that takes a form.
        params: Query parameters.
    """

    method: str
    path: str
    json: Mapping[str, object] | None
    form: Mapping[str, str] | None
    params: Mapping[str, str] | None

    def __attrs_post_init__(self) -> None:
        """Refuse what GenAuth has no call for."""
        if self.method not in {"GET", "POST"}:
            text = "method: GenAuth knows GET and POST only"
            raise InvalidInput(text).having(field="method")
        if not _PATH.fullmatch(self.path) or "#" in self.path:
            text = "path: give a path on the app host that begins with one slash, '/api/v3/...'"
            raise InvalidInput(text).having(field="path")
        json, form = self.json, self.form
        if (json is not None and form is not None) or (self.method == "GET" and (json or form)):
            text = "json: a POST has either json or form, and a GET has neither"
            raise InvalidInput(text).having(field="json")


def any_call(asked: Asked, cast_to: type[T] | None) -> Call[T | object]:
    """Describe a call of a path that this package has no method for."""
    body, content_type = _body(asked)
    answer = _whole_data if cast_to is None else _cast(cast_to)
    path, params = asked.path, asked.params
    of_path = [value for _, value in parse_qsl(path.partition("?")[2])]
    secrets = tuple(_texts((asked.json, asked.form, params, of_path)))
    if params and "?" in path:  # an HTTP library might drop one of the two
        path, params = sealed(f"{path}&{urlencode(params)}"), None
    endpoint = _endpoint(asked.method, path)
    return Call(endpoint, answer, body, params, secrets=secrets, content_type=content_type)


_TELLING: Final = 4
"""Characters of the shortest text in a body that is kept out of errors: `+86` tells nothing."""


def _texts(value: object) -> Iterator[str]:
    """Find every text in a body: any of them may be a secret."""
    if isinstance(value, str) and len(value) >= _TELLING:
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(cast("Mapping[str, object]", value).values()))
    elif isinstance(value, (list, tuple)):
        for each in cast("list[object]", value):
            yield from _texts(each)


def _endpoint(method: str, path: str) -> Endpoint:
    kind = Kind.READ if method == "GET" else Kind.CHANGE
    unknown = ReadOutcomeUnknown if method == "GET" else OutcomeUnknown
    is_oidc = path.startswith(("/oidc/", "/oauth/"))
    return Endpoint(
        "request", method, path, kind, Login.OPTIONAL, unknown, has_envelope=not is_oidc
    )


def _body(asked: Asked) -> tuple[bytes | None, str]:
    if asked.form is not None:
        return _form(asked.form), "application/x-www-form-urlencoded"
    if asked.method == "GET":
        return None, "application/json"
    return encoded(asked.json or {}, "json"), "application/json"


def _form(form: Mapping[str, str]) -> bytes:
    try:
        return urlencode(form).encode()
    except (TypeError, ValueError):
        text = "form: give a dict of strings that can be sent as UTF-8"
        raise InvalidInput(text).having(field="form") from None


def _whole_data(envelope: Envelope) -> object:
    return envelope.data


def _cast(shape: type[T]) -> Callable[[Envelope], T]:
    def answer(envelope: Envelope) -> T:
        return cast("T", envelope) if shape is Envelope else read(shape, envelope.data)

    return answer
