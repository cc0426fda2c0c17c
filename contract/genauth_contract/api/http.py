"""Speaks HTTP to a target: turns an `ApiCall` into a request and the reply into an `Answer`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, Protocol
from urllib.parse import urlencode

import attrs
import httpx

from genauth_contract.api.call import ApiCall
from genauth_contract.outcomes.models import is_object
from genauth_contract.outcomes.outcome import Answer

TIMEOUT_SECONDS: Final = 30.0
"""How long one reply may take."""

CLIENT_NAME: Final = "aiogenauth-contract"


class Unreachable(Exception):
    """The target did not answer at all."""


class Caller(Protocol):
    """Makes calls; over the wire, or through the SDK."""

    def call(self, call: ApiCall) -> Answer:
        """Make one call and return what came back."""
        ...


@attrs.frozen
class Application:
    """The application the calls are made for.

    Attributes:
        host: Root URL, without a slash at the end.
        app_id: Sent as `x-genauth-app-id`.
        app_secret: For sign-in of applications that need it; empty for none.
        language: Sent as `x-genauth-lang`.
    """

    host: str
    app_id: str
    app_secret: str = attrs.field(default="", repr=False)
    language: str = "zh-CN"


@attrs.frozen
class Wire:
    """The plain HTTP caller. The contract does not depend on the SDK."""

    client: httpx.Client
    application: Application

    def call(self, call: ApiCall) -> Answer:
        """Make one call over HTTP.

        Raises:
            Unreachable: No answer came back.
        """
        request = self.client.build_request(
            call.method,
            self.application.host + call.path,
            headers=self._headers(call),
            content=_content(self._body(call), is_form=call.is_form),
        )
        try:
            response = self.client.send(request)
        except httpx.HTTPError as error:
            msg = f"{call.operation}: no answer ({type(error).__name__})"
            raise Unreachable(msg) from error
        return Answer(response.status_code, _decoded(response), dict(response.headers))

    def _body(self, call: ApiCall) -> Mapping[str, object] | str | None:
        """Return a body with which the application proves itself at sign-in, where it has a secret.

        Source: official Python SDK, which sends both in the body.
        """
        application = self.application
        if call.operation != "signin" or not application.app_secret or not is_object(call.body):
            return call.body
        secret = {"client_id": application.app_id, "client_secret": application.app_secret}
        return {**call.body, **secret}

    def _headers(self, call: ApiCall) -> dict[str, str]:
        headers = {
            "x-genauth-app-id": self.application.app_id,
            "x-genauth-lang": self.application.language,
            "x-genauth-request-from": CLIENT_NAME,
            "accept": "application/json",
        }
        if call.body is not None:
            kind = "x-www-form-urlencoded" if call.is_form else "json"
            headers["content-type"] = f"application/{kind}"
        if call.user.access_token:
            headers["authorization"] = call.user.access_token
        return {key: value for key, value in (headers | dict(call.headers)).items() if value}


def is_url(text: str) -> bool:
    """Return whether this is the URL of something that speaks HTTP."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


def client() -> httpx.Client:
    """Return a client that follows no redirect: a redirect would carry the token elsewhere."""
    return httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False)


def _content(body: Mapping[str, object] | str | None, *, is_form: bool) -> bytes | None:
    if body is None:
        return None
    if is_form and is_object(body):
        return urlencode(body).encode()
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()


def _decoded(response: httpx.Response) -> object:
    try:
        return json.loads(response.content)
    except ValueError:
        return response.text
