"""What each call puts on the wire, and what it makes of the answer; over every transport."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from aiogenauth import (
    AuthenticationClient,
    ClientRejected,
    Confirmation,
    Envelope,
    UnexpectedAnswer,
    UserProfile,
    __version__,
)
from aiogenauth.configuration import AuthMethod
from tests.sdk.support.answers import answer, http, raw
from tests.sdk.support.calls import ANSWERS, CALLS
from tests.sdk.support.sign_ins import TOKENS
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    TOKEN,
    FakeServer,
    Kind,
    connected,
)


@pytest.mark.parametrize("name", CALLS)
async def test_every_call_says_what_the_reference_asks_for(
    client: AuthenticationClient, genauth: FakeServer, name: str
) -> None:
    do, line, body = CALLS[name]
    for path, data in ANSWERS.items():
        behaviour: Any = data if callable(data) else answer(data)
        genauth.on(path, behaviour)
    try:
        await do(client)
    except UnexpectedAnswer as error:
        error.add_note("what is answered here stands beside the row, in the ANSWERS of its file")
        raise
    [request] = genauth.received
    assert unquote(f"{request.method} {request.path}") == unquote(
        line
    )  # libraries quote as they like
    assert (request.fields if request.body else None) == body


async def test_headers_are_those_of_the_official_sdk(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind, lang="en-US", real_ip="203.0.113.7") as client:
        await client.bind_phone(CODE, NUMBER)
    headers = genauth.received[0].headers
    assert headers["x-genauth-app-id"] == "app-1"
    assert headers["x-genauth-lang"] == "en-US"
    assert headers["x-genauth-request-from"] == "sdk"
    assert headers["x-genauth-sdk-version"] == f"aiogenauth:{__version__}"
    assert headers["x-real-ip"] == "203.0.113.7"
    assert headers["authorization"] == TOKEN
    assert headers["content-type"] == "application/json"


async def test_what_was_not_set_is_not_sent(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    await client.bind_phone(CODE, NUMBER)
    headers = genauth.received[0].headers
    assert not {"x-genauth-lang", "x-real-ip", "cookie"} & set(headers)


async def test_the_token_may_travel_as_bearer(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind, authorization_scheme="bearer") as client:
        await client.bind_phone(CODE, NUMBER)
    assert genauth.received[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("method", "header", "fields"),
    [
        ("client_secret_post", None, {"client_id": "app-1", "client_secret": "s3cret"}),
        ("client_secret_basic", "Basic YXBwLTE6czNjcmV0", {}),
        ("none", None, {}),
    ],
)
async def test_sign_in_proves_the_app_as_configured_and_sends_no_user_token(
    genauth: FakeServer, kind: Kind, method: AuthMethod, header: str | None, fields: dict[str, str]
) -> None:
    genauth.on("signin", answer(TOKENS))
    async with connected(
        genauth.url, kind, app_secret="s3cret", token_endpoint_auth_method=method
    ) as client:
        await client.sign_in_by_account_password("ann", "pw")
    [request] = genauth.received
    assert request.headers.get("authorization") == header
    assert {key: value for key, value in request.json.items() if "client" in key} == fields


@pytest.mark.parametrize("spelling", ["expire_in", "expires_in"])
async def test_both_spellings_of_a_tokens_life_are_read(
    genauth: FakeServer, kind: Kind, spelling: str
) -> None:
    tokens = {"access_token": "at", "token_type": "bearer", spelling: 7200, "expires_at": 5}
    genauth.on("signin", answer(tokens))
    async with connected(genauth.url, kind) as client:
        signed_in = await client.sign_in_by_account_password("ann", "pw")
    assert signed_in.expires_in == 7200
    assert signed_in.expires_at is not None
    assert signed_in.request_id == "r-1"


async def test_tokens_that_are_missing_are_an_unexpected_answer(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("signin", answer())
    async with connected(genauth.url, kind) as client:
        with pytest.raises(UnexpectedAnswer, match="tokens"):
            await client.sign_in_by_account_password("ann", "pw")


async def test_success_may_carry_codes(client: AuthenticationClient, genauth: FakeServer) -> None:
    for code in (0, 20001):
        genauth.on("bind-phone", answer(apiCode=code))
        assert await client.bind_phone(CODE, NUMBER) == Confirmation("r-1", "操作成功")


async def test_http_201_is_success_too(client: AuthenticationClient, genauth: FakeServer) -> None:
    genauth.on("bind-phone", answer(status=201))
    assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "answer"


async def test_request_gives_data_a_shape_or_the_whole_envelope(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("get-profile", answer(PROFILE))
    path = "/api/v3/get-profile"
    assert await client.request("GET", path) == PROFILE
    assert (await client.request("GET", path, cast_to=UserProfile)).phone == NUMBER
    assert (await client.request("GET", path, cast_to=Envelope)).request_id == "r-1"
    assert await client.request("GET", path, cast_to=dict[str, object]) == PROFILE
    with pytest.raises(UnexpectedAnswer):
        await client.request("GET", path, cast_to=list[str])


async def test_oidc_calls_take_a_form_and_answer_bare(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("token", raw(http(b'{"access_token": "at"}')))
    form = {"grant_type": "refresh_token", "refresh_token": "r t"}
    assert await client.request("POST", "/oidc/token", form=form) == {"access_token": "at"}
    [request] = genauth.received
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.body == b"grant_type=refresh_token&refresh_token=r+t"


async def test_an_oidc_refusal_is_an_error_too(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    body = b'{"error": "invalid_client", "error_description": "no secret given"}'
    genauth.on("token", raw(http(body, 400)))
    with pytest.raises(ClientRejected, match="no secret given"):
        await client.request("POST", "/oidc/token", form={"grant_type": "x"})
