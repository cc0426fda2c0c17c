"""Tokens are exchanged, looked into and revoked as OAuth has it, in each way to prove an app."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote_plus

import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, InvalidInput
from tests.sdk.oidc.bare import TOKENS, bare, form
from tests.sdk.support.answers import Behaviour, answer, http, raw
from tests.sdk.support.world import FakeServer, Kind, connected

SECRET = "pass:word ü%+&"
APP: dict[str, Any] = {
    "app_id": "app:1",
    "app_secret": SECRET,
    "redirect_uri": "https://a.example/cb?x=1&y=2",
}
VERIFIER = "v" * 43

Do = Callable[[AuthenticationClient], Awaitable[object]]
CALLS: dict[str, tuple[Do, str, str, dict[str, str]]] = {
    "get_access_token_by_code": (
        lambda c: c.get_access_token_by_code("code-1", VERIFIER),
        "token",
        "/token",
        {
            "grant_type": "authorization_code",
            "code": "code-1",
            "redirect_uri": APP["redirect_uri"],
            "code_verifier": VERIFIER,
        },
    ),
    "get_access_token_by_code without PKCE": (
        lambda c: c.get_access_token_by_code("code-1", redirect_uri="https://b.example/"),
        "token",
        "/token",
        {
            "grant_type": "authorization_code",
            "code": "code-1",
            "redirect_uri": "https://b.example/",
        },
    ),
    "get_new_access_token_by_refresh_token": (
        lambda c: c.get_new_access_token_by_refresh_token("r-1"),
        "token",
        "/token",
        {"grant_type": "refresh_token", "refresh_token": "r-1"},
    ),
    "introspect_token": (
        lambda c: c.introspect_token("t-1"), "introspection", "/token/introspection", {"token": "t-1"},
    ),
    "revoke_token": (
        lambda c: c.revoke_token("t-1"), "revocation", "/token/revocation", {"token": "t-1"},
    ),
}  # fmt: skip


def serve(genauth: FakeServer) -> None:
    genauth.on("token", bare(TOKENS))
    genauth.on("introspection", bare({"active": False}))
    genauth.on("revocation", raw(http(b"")))
    genauth.on("me", bare({"sub": "u-1"}))


@pytest.mark.parametrize("protocol", ["oidc", "oauth"])
@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic", "none"])
@pytest.mark.parametrize("name", CALLS)
async def test_an_app_proves_itself_as_it_is_set_up_to(
    genauth: FakeServer, name: str, method: str, protocol: str
) -> None:
    """Each endpoint has a way of its own: the other two are set up otherwise."""
    do, place, path, fields = CALLS[name]
    ways: dict[str, Any] = dict.fromkeys(
        (f"{each}_endpoint_auth_method" for each in ("token", "introspection", "revocation")),
        "none" if method != "none" else "client_secret_basic",
    )
    ways[f"{place}_endpoint_auth_method"] = method
    serve(genauth)
    async with connected(genauth.url, protocol=protocol, **(APP | ways)) as client:
        await do(client)
    (request,) = genauth.received
    assert (request.method, request.path) == ("POST", f"/{protocol}{path}")
    sent = form(request)
    if method == "client_secret_basic":
        scheme, _, pair = request.headers["authorization"].partition(" ")
        shown = b64decode(pair).decode().split(":")
        assert (scheme, [unquote_plus(each) for each in shown]) == ("Basic", ["app:1", SECRET])
        assert sent == fields
    else:
        assert "authorization" not in request.headers
        app = {"client_id": "app:1"}
        if method == "client_secret_post":
            app["client_secret"] = SECRET
        assert sent == {**app, **fields}


@pytest.mark.parametrize("name", CALLS)
async def test_an_app_without_its_secret_sends_nothing(genauth: FakeServer, name: str) -> None:
    async with connected(genauth.url, redirect_uri=APP["redirect_uri"]) as client:
        with pytest.raises(ConfigurationError, match="GENAUTH_APP_SECRET") as refused:
            await CALLS[name][0](client)
    assert refused.value.field == "app_secret"
    assert "endpoint_auth_method='none'" in str(refused.value)
    assert genauth.received == []


@pytest.mark.parametrize("protocol", ["saml", "cas"])
async def test_a_protocol_without_tokens_sends_nothing(genauth: FakeServer, protocol: str) -> None:
    async with connected(genauth.url, protocol=protocol, **APP) as client:
        with pytest.raises(ConfigurationError) as refused:
            await client.introspect_token("t-1")
    assert refused.value.field == "protocol"
    assert genauth.received == []


async def test_an_exchange_gives_tokens_with_an_end(genauth: FakeServer, kind: Kind) -> None:
    serve(genauth)
    async with connected(genauth.url, kind, **APP) as client:
        tokens = await client.get_access_token_by_code("code-1", VERIFIER)
    assert (tokens.access_token, tokens.id_token, tokens.refresh_token) == ("a-2", "i-2", "r-2")
    assert tokens.expires_in == 3600
    assert tokens.expires_at is not None
    assert "a-2" not in repr(tokens)


async def test_the_spelling_of_the_reference_is_read_too(genauth: FakeServer) -> None:
    genauth.on("token", bare({"access_token": "a", "token_type": "Bearer", "expire_in": 7}))
    async with connected(genauth.url, **APP) as client:
        assert (await client.get_access_token_by_code("c", VERIFIER)).expires_in == 7


async def test_a_program_gets_a_token_by_the_key_of_an_account(genauth: FakeServer) -> None:
    serve(genauth)
    ways: Any = {"token_endpoint_auth_method": "client_secret_basic"}
    async with connected(genauth.url, **(APP | ways)) as client:
        await client.get_access_token_by_client_credentials("read write", "key-1", "key secret")
    (request,) = genauth.received
    assert "authorization" not in request.headers
    assert form(request) == {
        "grant_type": "client_credentials",
        "scope": "read write",
        "client_id": "key-1",
        "client_secret": "key secret",
    }


async def test_user_info_is_that_of_the_token_given_and_of_no_other(
    genauth: FakeServer, kind: Kind
) -> None:
    claims = {"sub": "u-1", "name": None, "phone_number": "18812348888", "updated_at": "2023"}
    genauth.on("me", bare(claims))
    async with connected(genauth.url, kind, **APP) as client:
        info = await client.get_user_info_by_access_token("a-9")
    (request,) = genauth.received
    assert (request.method, request.path, request.body) == ("POST", "/oidc/me", b"")
    assert request.headers["authorization"] == "Bearer a-9"
    assert (info.sub, info.name, info.phone_number) == ("u-1", None, "18812348888")
    assert info.extra == {"updated_at": "2023"}
    assert "18812348888" not in repr(info)


async def test_a_token_is_looked_into(genauth: FakeServer) -> None:
    genauth.on("introspection", bare({"active": True, "sub": "u", "exp": 9, "more": 1}))
    async with connected(genauth.url, **APP) as client:
        found = await client.introspect_token("t-1")
        assert (bool(found), found.sub, found.exp, found.extra) == (True, "u", 9, {"more": 1})
        genauth.on("introspection", bare({"active": False}))
        assert not await client.introspect_token("t-1")


@pytest.mark.parametrize(
    "behaviour",
    [raw(http(b"")), answer({"success": True}), bare({}), raw(http(b"", headers={"Content-Type": "x/y"}))],
    ids=["nothing", "an envelope", "an empty object", "nothing of an odd type"],
)  # fmt: skip
async def test_a_revocation_that_went_well_is_true(
    genauth: FakeServer, kind: Kind, behaviour: Behaviour
) -> None:
    genauth.on("revocation", behaviour)
    async with connected(genauth.url, kind, **APP) as client:
        assert await client.revoke_token("t-1") is True


REFUSED_HERE: dict[str, tuple[Callable[[Any], Awaitable[object]], str]] = {
    "code": (lambda c: c.get_access_token_by_code(""), "code"),
    "verifier": (lambda c: c.get_access_token_by_code("c", "a b"), "code_verifier"),
    "address": (lambda c: c.get_access_token_by_code("c", redirect_uri="/cb"), "redirect_uri"),
    "refresh": (lambda c: c.get_new_access_token_by_refresh_token("a\n"), "refresh_token"),
    "me": (lambda c: c.get_user_info_by_access_token(None), "access_token"),
    "scope": (lambda c: c.get_access_token_by_client_credentials("", "k", "s"), "scope"),
    "introspect": (lambda c: c.introspect_token("a b"), "token"),
    "revoke": (lambda c: c.revoke_token(7), "token"),
}


@pytest.mark.parametrize("name", REFUSED_HERE)
async def test_an_argument_that_cannot_be_right_is_refused_here(
    genauth: FakeServer, name: str
) -> None:
    call, field = REFUSED_HERE[name]
    async with connected(genauth.url, **APP) as client:
        with pytest.raises(InvalidInput) as refused:
            await call(client)
    assert refused.value.field == field
    assert genauth.received == []


async def test_a_code_needs_the_address_of_its_link(genauth: FakeServer) -> None:
    async with connected(genauth.url, app_secret=SECRET) as client:
        with pytest.raises(InvalidInput, match="redirect_uri"):
            await client.get_access_token_by_code("c", VERIFIER)
    assert genauth.received == []
