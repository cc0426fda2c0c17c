"""Canaries against what walks objects: sentry-sdk's own serializer, and printers of tracebacks."""

from __future__ import annotations

import base64
import io
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import sentry_sdk
from rich.console import Console
from rich.traceback import Traceback
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from aiogenauth import AuthenticationClient, GenAuthError
from aiogenauth.redaction import Hidden, Secret
from tests.sdk.support.answers import Connection, Received, answer, hang_up, http
from tests.sdk.support.canaries import CALLS, SECRETS
from tests.sdk.support.world import CODE, NUMBER, FakeServer, Kind, connected

EVENTS: list[Any] = []


class Kept(Transport):
    """Keeps what would be sent."""

    def capture_envelope(self, envelope: Envelope) -> None:
        EVENTS.extend(item.payload.json for item in envelope.items if item.payload.json)


@pytest.fixture
def sentry() -> Iterator[list[Any]]:
    """Give the events that sentry-sdk, as it is by default, would send."""
    EVENTS.clear()
    with sentry_sdk.isolation_scope():
        sentry_sdk.init(dsn="https://key@sentry.invalid/1", transport=Kept, integrations=[])
        yield EVENTS
        sentry_sdk.init()


def frames_of_ours(events: list[Any]) -> str:
    """Give what frames of this package hold, as JSON."""
    values = [value for event in events for value in event["exception"]["values"]]
    traces: list[dict[str, list[dict[str, Any]]]] = [
        value.get("stacktrace") or {} for value in values
    ]
    frames = [frame for trace in traces for frame in trace.get("frames", [])]
    ours = [frame for frame in frames if (frame.get("module") or "").startswith("aiogenauth")]
    return json.dumps(ours, ensure_ascii=False)


async def report_every_failure(client: AuthenticationClient, *errors: type[Exception]) -> None:
    """Make every call, and report how it fails: from a frame without the events, which Sentry would walk each time."""
    for do in CALLS.values():
        try:
            await do(client)
        except errors as error:
            sentry_sdk.capture_exception(error)


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("refusal", ["refused", "lost", "not shaped"])
async def test_sentry_finds_no_secret_in_any_refused_call(
    genauth: FakeServer,
    sentry: list[Any],
    method: Any,  # noqa: ANN401 - a choice of the client
    refusal: str,
) -> None:
    outcomes = {
        "refused": answer(statusCode=499, apiCode=2001, message="?"),
        "lost": hang_up,
        "not shaped": answer(["?"]),
    }
    genauth.on("*", outcomes[refusal])
    async with connected(
        genauth.url, access_token=SECRETS["access token"], app_secret=SECRETS["app secret"],
        token_endpoint_auth_method=method, timeout=0.2, deadline=0.3, retries=0,
    ) as client:  # fmt: skip
        await report_every_failure(client, GenAuthError)
    shown = frames_of_ours(sentry)
    assert len(sentry) > 8
    basic = base64.b64encode(f"app-1:{SECRETS['app secret']}".encode()).decode()
    for secret in (*SECRETS.values(), basic):
        assert secret not in shown


async def test_sentry_finds_no_secret_where_the_applications_own_code_fails(
    genauth: FakeServer, sentry: list[Any]
) -> None:
    """There the frames stay: whoever looks for the mistake needs them."""

    def failing(_: object) -> None:
        raise LookupError

    async with connected(
        genauth.url, access_token=SECRETS["access token"], on_request=failing
    ) as client:
        await report_every_failure(client, LookupError, GenAuthError)
    shown = frames_of_ours(sentry)
    assert "_watched" in shown
    for secret in SECRETS.values():
        assert secret not in shown


@pytest.mark.parametrize("way", ["rich", "logging"])
async def test_printers_of_tracebacks_find_no_secret(genauth: FakeServer, way: str) -> None:
    genauth.on("*", answer(statusCode=499, apiCode=2001, message="?"))
    token, printed = SECRETS["access token"] * 20, io.StringIO()
    async with connected(genauth.url, access_token=token) as client:
        try:
            await client.bind_phone(SECRETS["pass code"], SECRETS["number"])
        except GenAuthError as error:
            if way == "rich":
                shown = Traceback.from_exception(
                    type(error), error, error.__traceback__, show_locals=True
                )
                Console(file=printed, width=200).print(shown)
            else:
                handler = logging.StreamHandler(printed)
                record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
                handler.emit(record)
    inside = printed.getvalue().partition("test_walked_secrets.py")[2].partition("group.py")[2]
    assert SECRETS["access token"] not in inside
    assert SECRETS["pass code"] not in inside


@pytest.mark.parametrize("kind", [Hidden, Secret])
def test_a_part_of_a_secret_is_hidden_too(kind: type[Hidden]) -> None:
    secret = kind("canary-access-token")
    parts = [secret[:6], secret[2], secret[::-1], secret[-5:]]
    assert repr(parts) == "[***, ***, ***, ***]"
    assert secret[:6] == "canary"


REFLECTED = 'pa"ss\\wörd & <x> /+='
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "json": lambda text: json.dumps(text)[1:-1],
    "json in utf-8": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "percent": quote,
    "percent of all": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "html": lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["message", "requestId", "page", "type"])
async def test_a_server_that_quotes_what_was_sent_shows_no_secret(
    genauth: FakeServer, kind: Kind, form: str, where: str
) -> None:
    quoted = FORMS[form](REFLECTED)
    if where == "page":
        behaviour = _page(f"<p>{quoted}</p>", "text/html")
    elif where == "type":
        safe = quoted.encode("latin-1", "replace").decode("latin-1").replace("\n", "")
        behaviour = _page("no", f"text/{safe}")
    else:
        said: dict[str, Any] = {"message": "?", where: f"you sent {quoted}"}
        behaviour = answer(statusCode=499, **said)
    genauth.on("*", behaviour)
    async with connected(genauth.url, kind) as client:
        with pytest.raises(GenAuthError) as refused:
            await client.sign_in_by_username_password("ann", REFLECTED)
    texts = f"{refused.value} {vars(refused.value)}"
    assert quoted not in texts
    assert REFLECTED not in texts


@pytest.mark.parametrize("header", ["authorization", "body", "path"])
async def test_a_server_that_quotes_the_request_shows_no_credentials(
    genauth: FakeServer, header: str
) -> None:
    """The pair of `Basic` among them, and texts and numbers of a call of any path."""

    async def quote_it(connection: Connection, received: Received) -> None:
        parts = {
            "authorization": received.headers.get("authorization", ""),
            "body": received.body.decode(),
            "path": received.path,
        }
        text = json.dumps({"statusCode": 499, "message": parts[header]})
        await connection.send(http(text.encode()))

    genauth.on("*", quote_it)
    secrets = ["canary-app-secret", "canary&refresh token", "739164", "canary=of a query"]
    ways: list[Callable[[AuthenticationClient], Awaitable[object]]] = [
        lambda c: c.sign_in_by_username_password("ann", "canary of a password"),
        lambda c: c.request("POST", "/api/v3/x", json={"n": 739164, "refresh": secrets[1]}),
        lambda c: c.request("POST", "/oidc/token", form={"refresh_token": secrets[1]}),
        lambda c: c.request("GET", "/api/v3/x", params={"of": secrets[3]}),
        lambda c: c.bind_phone(CODE, NUMBER),
    ]
    basic = base64.b64encode(b"app-1:canary-app-secret").decode()
    forms = {form(each) for each in (*secrets, "canary of a password", basic) for form in FORMS.values()}  # fmt: skip
    async with connected(
        genauth.url, app_secret=secrets[0], token_endpoint_auth_method="client_secret_basic"
    ) as client:
        for do in ways:
            with pytest.raises(GenAuthError) as refused:
                await do(client)
            texts = f"{refused.value} {vars(refused.value)}"
            assert not [form for form in forms if form in texts]


def _page(body: str, kind: str) -> Any:  # noqa: ANN401 - a behaviour
    async def behave(connection: Connection, _: Received) -> None:
        whole = body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(whole)}\r\n\r\n"
        await connection.send(head.encode("latin-1") + whole)

    return behave
