"""The official synchronous SDK, asked for the same: the same parameters, and the same on the wire."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import genauth  # type: ignore[import-untyped]
import pytest
import requests
from attrs import define, evolve, field, frozen

from aiogenauth import AuthenticationClient, GenAuthError
from aiogenauth.protocol import FORM, Reply, Request
from tests.sdk.support.samples import CANARY, arguments, methods

OFFICIAL: dict[str, Callable[..., Any]] = {
    name: member
    for name, member in inspect.getmembers(genauth.AuthenticationClient, inspect.isfunction)
    if not name.startswith("_")
}

NEVER_HERE = {"set_access_token"}
"""One client serves many users, so it has no token that could be set: `client.as_user` instead."""

BACK: dict[str, Any] = {"redirect_uri": "https://app.example/cb"}


@frozen
class Wire:
    """What a call puts on the wire, but for its headers."""

    verb: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: object


def _as_python_writes(wire: Wire) -> Wire:
    """`requests` writes `True`; GenAuth reads `true`."""
    query = tuple((key, {"True": "true", "False": "false"}.get(v, v)) for key, v in wire.query)
    return evolve(wire, query=query)


def _with_the_token(wire: Wire) -> Wire:
    """Theirs takes the token and never sends it."""
    return evolve(wire, body={"token": CANARY})


def _with_the_id(wire: Wire) -> Wire:
    """Theirs sends the braces of the path's template, for it knows no id."""
    return evolve(wire, path=wire.path.replace("%7BcredentialID%7D", "some-credential_id"))


def _unchanged(wire: Wire) -> Wire:
    return wire


WANTED: dict[str, Callable[[Wire], Wire]] = {
    "get_login_history": _as_python_writes,
    "get_profile": _as_python_writes,
    "list_public_accounts_for_switch_logged_in": _as_python_writes,
    "remove_credential": _with_the_id,
    "verify_mfa_token": _with_the_token,
}
"""What we do differently on purpose: each makes ours out of theirs, and its docstring says why."""


OURS: dict[str, Callable[..., Any]] = {
    name: member
    for name, member in inspect.getmembers(AuthenticationClient, inspect.isfunction)
    if name in OFFICIAL
}
"""Those that send nothing are among them."""


@pytest.mark.parametrize("name", sorted(OURS))
def test_positional_parameters_are_the_official_ones(name: str) -> None:
    theirs = [each for each in inspect.signature(OFFICIAL[name]).parameters if each != "self"]
    ours = [each for each in inspect.signature(OURS[name]).parameters if each != "self"]
    assert ours[: len(theirs)] == theirs


@pytest.mark.parametrize("name", sorted(set(OFFICIAL) & set(methods())))
async def test_the_same_is_on_the_wire(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = arguments(name)
    theirs = _theirs(name, given, monkeypatch)
    ours = await _ours(name, given)
    assert ours == WANTED.get(name, _unchanged)(theirs)


def test_what_is_wanted_differently_is_different(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is no longer needed is taken out again."""
    for name, wanted in WANTED.items():
        theirs = _theirs(name, arguments(name), monkeypatch)
        assert wanted(theirs) != theirs, name


def test_no_official_method_is_missing_but_the_one_that_is_named() -> None:
    missing = set(OFFICIAL) - set(OURS) - NEVER_HERE
    assert sorted(missing) == [], "write them in src/aiogenauth/calls, in the files of their groups"
    assert set(OURS).isdisjoint(NEVER_HERE)


def _theirs(name: str, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Call the official SDK and catch what it hands to `requests`."""
    sent: list[requests.PreparedRequest] = []

    def request(verify: object, headers: object, **what: Any) -> requests.Response:  # noqa: ANN401, ARG001
        sent.append(requests.Request(**what).prepare())
        answer = requests.Response()
        answer.status_code, answer.raw = 200, BytesIO(b"{}")
        return answer

    monkeypatch.setattr(requests, "request", request)
    client = genauth.AuthenticationClient(
        "app-1", "https://x.example", "app-secret", "token", **BACK
    )
    known = inspect.signature(OFFICIAL[name]).parameters
    with suppress(KeyError, AttributeError):  # it cannot read what it is answered
        OFFICIAL[name](client, **{key: value for key, value in given.items() if key in known})
    [one] = sent
    assert one.method is not None
    assert isinstance(one.body, str | bytes | None)
    content_type = str(one.headers.get("Content-Type", ""))
    return _wire(one.method, str(one.url), content_type, one.body)


@define
class _Recorder:
    """A transport that remembers what it is given and answers with success."""

    sent: list[Request] = field(factory=list[Request])

    async def send(self, request: Request, /) -> Reply:
        self.sent.append(request)
        return Reply(200, {}, b'{"statusCode": 200, "message": ""}')


async def _ours(name: str, given: dict[str, Any]) -> Wire:
    recorder, known = _Recorder(), inspect.signature(OFFICIAL[name]).parameters
    client = AuthenticationClient(
        "app-1", "https://x.example", "app-secret", "token", transport=recorder, **BACK
    )
    with suppress(GenAuthError):  # the answer need not fit
        await getattr(client, name)(
            **{key: each for key, each in given.items() if key in known or _is_required(name, key)}
        )
    [one] = recorder.sent
    query = "&".join(f"{key}={value}" for key, value in (one.query or {}).items())
    url = f"{one.url}?{query}" if query else one.url
    return _wire(one.method, url, one.headers["Content-Type"], one.body)


def _is_required(name: str, key: str) -> bool:
    """Whether a parameter of ours has no default; the official SDK may have forgotten it."""
    return inspect.signature(OURS[name]).parameters[key].default is inspect.Parameter.empty


def _wire(verb: str, url: str, content_type: str, body: str | bytes | None) -> Wire:
    parts = urlsplit(url)
    text = body.decode() if isinstance(body, bytes) else body or ""
    is_form = content_type == FORM
    decoded: object = dict(parse_qsl(text)) if is_form else json.loads(text) if text else None
    query = tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return Wire(verb, parts.path, query, decoded or None)
