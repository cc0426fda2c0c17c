"""The call of any path that has no method of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar, cast, overload
from urllib.parse import parse_qsl, urlencode

from attrs import frozen

from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import form_body, json_body, texts
from aiogenauth.decoding import read
from aiogenauth.errors import InvalidInput, OutcomeUnknown, ReadOutcomeUnknown
from aiogenauth.models import Envelope
from aiogenauth.protocol import FORM, JSON, Auth, Call, Endpoint
from aiogenauth.redaction import Hidden

T = TypeVar("T")


class RawCalls(CallGroup):
    """Any other call of the API."""

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: type[T],
    ) -> T: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: None = None,
    ) -> object: ...

    async def request(  # noqa: PLR0913 - each is one part of an HTTP request
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        cast_to: type[T] | None = None,
    ) -> T | object:
        """Make any other call of the API, with the same headers, errors and timeouts.

        A GET may be repeated; a POST only if certainly nothing of it arrived.

        Args:
            method: `"GET"` or `"POST"`.
            path: On the app host, such as `/api/v3/get-my-login-history`.
            json: Body of a POST, by the names of the API.
            form: Body of a POST to `/oidc/...`, which takes a form.
            params: Query parameters.
            cast_to: Shape of `data`: an attrs class or dataclass with names in snake_case, or
                another type. `Envelope` gives the whole answer.

        Returns:
            The answer's `data`: as `cast_to`, or as decoded JSON when that is left out. The
            endpoints under `/oidc/` have no envelope; theirs is the whole answer.

        Raises:
            GenAuthError: As any other call.

        Source: API reference, of the path that is called.
        """
        request = RawRequest(method.upper(), path, json, form, params)
        return await self._executor.execute(raw_call(request, cast_to))


_PATH: Final = re.compile(r"/(?!/)[!-~]*")


@frozen(repr=False)
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
    json: Mapping[str, object] | None
    form: Mapping[str, str] | None
    params: Mapping[str, str] | None

    def __attrs_post_init__(self) -> None:
        """Refuse what GenAuth has no call for."""
        if self.method not in {"GET", "POST"}:
            message = "method: GenAuth knows GET and POST only"
            raise InvalidInput(message).with_facts(field="method")
        if not _PATH.fullmatch(self.path) or "#" in self.path:
            message = "path: give a path on the app host that begins with one slash, '/api/v3/...'"
            raise InvalidInput(message).with_facts(field="path")
        json, form = self.json, self.form
        if (json is not None and form is not None) or (self.method == "GET" and (json or form)):
            message = "json: a POST has either json or form, and a GET has neither"
            raise InvalidInput(message).with_facts(field="json")


def raw_call(request: RawRequest, cast_to: type[T] | None) -> Call[T | object]:
    """Describe a call of a path that this package has no method for."""
    parse = _whole_data if cast_to is None else _cast(cast_to)
    path, params = request.path, request.params
    of_path = [value for _, value in parse_qsl(path.partition("?")[2])]
    secrets = tuple(texts((request.json, request.form, params, of_path)))
    if params and "?" in path:  # an HTTP library might drop one of the two
        path, params = Hidden(f"{path}&{urlencode(params)}"), None
    return Call(_endpoint(request, path), parse, _body(request), params, secrets=secrets)


def _endpoint(request: RawRequest, path: str) -> Endpoint:
    is_get = request.method == "GET"
    return Endpoint(
        "request",
        request.method,
        path,
        ReadOutcomeUnknown if is_get else OutcomeUnknown,
        Auth.OPTIONAL,
        is_safe=is_get,
        has_envelope=not path.startswith(("/oidc/", "/oauth/")),
        content_type=JSON if request.form is None else FORM,
    )


def _body(request: RawRequest) -> bytes | None:
    if request.form is not None:
        return form_body(request.form)
    return None if request.method == "GET" else json_body(request.json or {}, "json")


def _whole_data(envelope: Envelope) -> object:
    return envelope.data


def _cast(shape: type[T]) -> Callable[[Envelope], T]:
    def parse(envelope: Envelope) -> T:
        return cast("T", envelope) if shape is Envelope else read(shape, envelope.data)

    return parse
