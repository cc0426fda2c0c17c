"""The call of any path that has no method of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar, cast, overload
from urllib.parse import parse_qsl

from attrs import frozen

from aiogenauth.calls.arguments import text
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import form_body, json_body, plain_fields, texts
from aiogenauth.decoding import is_readable, read
from aiogenauth.errors import InvalidInput, OutcomeUnknown, ReadOutcomeUnknown
from aiogenauth.models import Envelope
from aiogenauth.protocol import FORM, JSON, Auth, Call, Endpoint
from aiogenauth.redaction import Secret, sealed

T = TypeVar("T")

Plain = str | float | None
"""A value of a query or form: texts, numbers and truth; None is left out."""


class RawCalls(CallGroup):
    """Any other call of the API."""

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | Sequence[object] | None = None,
        form: Mapping[str, Plain] | None = None,
        params: Mapping[str, Plain] | None = None,
        cast_to: type[T],
    ) -> T: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | Sequence[object] | None = None,
        form: Mapping[str, Plain] | None = None,
        params: Mapping[str, Plain] | None = None,
        cast_to: None = None,
    ) -> object: ...

    async def request(  # noqa: PLR0913 - each is one part of an HTTP request
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | Sequence[object] | None = None,
        form: Mapping[str, Plain] | None = None,
        params: Mapping[str, Plain] | None = None,
        cast_to: type[T] | None = None,
    ) -> T | object:
        """Make any other call of the API, with the same headers, errors and timeouts.

        A GET may be repeated; a POST only if certainly nothing of it arrived.

        Args:
            method: `"GET"` or `"POST"`.
            path: On the app host, such as `/api/v3/get-my-login-history`.
            json: Body of a POST, by the names of the API.
            form: Body of a POST to `/oidc/...`, which takes a form; None is left out.
            params: Query parameters; None is left out, and truth is written `true` or `false`.
            cast_to: Shape of `data`: an attrs class or dataclass with names in snake_case, a model
                of pydantic, or another type. `Envelope` gives the whole answer.

        Returns:
            The answer's `data`: as `cast_to`, or as decoded JSON when that is left out. The
            endpoints under `/oidc/` have no envelope; theirs is the whole answer.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            GenAuthError: As any other call.

        Source: API reference, of the path that is called.
        """
        given = plain_fields(form, "form"), plain_fields(params, "params")
        request = RawRequest(text(method, "method").upper(), path, json, *given)
        return await self._executor.execute(raw_call(request, cast_to))


_PATH: Final = re.compile(r"/(?!/)[!-~]*")


@frozen(eq=False, repr=False)
class RawRequest:
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
    json: Mapping[str, object] | Sequence[object] | None
    form: Mapping[str, str] | None
    params: Mapping[str, str] | None

    def __attrs_post_init__(self) -> None:
        """Refuse what GenAuth has no call for."""
        if self.method not in {"GET", "POST"}:
            message = "method: GenAuth knows GET and POST only"
            raise InvalidInput(message).with_facts(field="method")
        if not isinstance(self.path, str) or not _PATH.fullmatch(self.path) or "#" in self.path:  # pyright: ignore[reportUnnecessaryIsInstance] - callers without types
            message = "path: give a path on the app host that begins with one slash, '/api/v3/...'"
            raise InvalidInput(message).with_facts(field="path")
        json, form = self.json, self.form
        if (json is not None and form is not None) or (self.method == "GET" and (json or form)):
            message = "json: a POST has either json or form, and a GET has neither"
            raise InvalidInput(message).with_facts(field="json")


def raw_call(request: RawRequest, cast_to: type[T] | None) -> Call[T | object]:
    """Describe a call of a path that this package has no method for."""
    parse = _whole_data if cast_to is None else _cast(cast_to)
    of_path = sealed([value for _, value in parse_qsl(request.path.partition("?")[2])])
    body = _body(request)
    try:
        found = texts((request.json, request.form, request.params, of_path))
        secrets = tuple(map(Secret, found))
    except RecursionError:
        secrets = None
    if secrets is None:
        message = "json: is nested too deeply"
        raise InvalidInput(message).with_facts(field="json")
    return Call(_endpoint(request), parse, body, request.params, secrets=secrets)


def _endpoint(request: RawRequest) -> Endpoint:
    is_get = request.method == "GET"
    is_of_oauth = request.path.startswith(("/oidc/", "/oauth/"))
    is_userinfo = _USERINFO.fullmatch(request.path.partition("?")[0]) is not None
    return Endpoint(
        "request",
        request.method,
        request.path,
        ReadOutcomeUnknown if is_get else OutcomeUnknown,
        Auth.OPTIONAL if is_userinfo or not is_of_oauth else Auth.EXPLICIT,
        is_safe=is_get,
        has_envelope=not is_of_oauth,
        content_type=JSON if request.form is None else FORM,
        takes_bearer=is_userinfo,
    )


_USERINFO: Final = re.compile("/(oidc|oauth)/me/?")
"""The one endpoint of OAuth that is asked in the name of a user. Source: RFC 6750, 2.1."""


def _body(request: RawRequest) -> bytes | None:
    if request.form is not None:
        return form_body(request.form)
    if request.method == "GET":
        return None
    return json_body({} if request.json is None else request.json, "json")


def _whole_data(envelope: Envelope) -> object:
    return envelope.data


def _cast(shape: type[T]) -> Callable[[Envelope], T]:
    if not is_readable(shape):
        message = "cast_to: give an attrs class, a dataclass, a model of pydantic, or a plain type"
        raise InvalidInput(message).with_facts(field="cast_to")

    def parse(envelope: Envelope) -> T:
        return cast("T", envelope) if shape is Envelope else read(shape, envelope.data)

    return parse
