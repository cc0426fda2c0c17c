"""Speaks HTTP to a target: turns an `ApiCall` into a request and the reply into an `Answer`."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlencode

import attrs
import httpx

from genauth_contract.api.call import ApiCall
from genauth_contract.api.exchange import TIMEOUT_SECONDS, TooMuch, exchanged
from genauth_contract.outcomes.models import is_object
from genauth_contract.outcomes.outcome import Answer

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
    """The plain HTTP caller. The contract does not depend on the SDK.

    Attributes:
        seconds_left: How long the run may still take; no answer is read for longer.
    """

    client: httpx.Client
    application: Application
    seconds_left: Callable[[], float] = lambda: TIMEOUT_SECONDS

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
            seconds = min(TIMEOUT_SECONDS, self.seconds_left())
            came = exchanged(self.client, request, seconds)
        except httpx.HTTPError as error:
            msg = f"{call.operation}: no answer ({type(error).__name__})"
            raise Unreachable(msg) from error
        except TooMuch as error:
            msg = f"{call.operation}: {error}"
            raise Unreachable(msg) from error
        return Answer(came.status, came.content(), came.headers)

    def _body(self, call: ApiCall) -> Mapping[str, object] | str | None:
        """Return a body with which the application proves itself at sign-in, where it has a secret.

        Source: official Python SDK, which sends both in the body.
        """
        application = self.application
        if call.operation != "signin" or not application.app_secret or not is_object(call.body):
            return call.body
        secret = {"client_id": application.app_id, "client_secret": application.app_secret}
        return {**secret, **call.body}

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


def client(certificate: Path | None = None) -> httpx.Client:
    """Return a client that follows no redirect: a redirect would carry the token elsewhere.

    Args:
        certificate: Of a stand-in on this machine: nobody else is trusted, and no proxy used; None for what the
            environment says.
    """
    if certificate is None:
        return httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False)
    trusted = ssl.create_default_context(cafile=certificate)
    return httpx.Client(
        timeout=TIMEOUT_SECONDS, follow_redirects=False, verify=trusted, trust_env=False
    )


def client_of_own_mock() -> httpx.Client:
    """Return a client for a mock on this machine, without TLS: nobody is trusted, and no proxy used."""
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.Client(
        timeout=TIMEOUT_SECONDS, follow_redirects=False, verify=nobody, trust_env=False
    )


def _content(body: Mapping[str, object] | str | None, *, is_form: bool) -> bytes | None:
    if body is None:
        return None
    if is_form and is_object(body):
        return urlencode(body).encode()
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()
