"""The client's own methods: links, and checks whose keys all of its views share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, TokenExpired, TokenOfAnotherIssuer
from aiogenauth.oidc.claims import LEEWAY
from aiogenauth.oidc.pkce import SHORTEST
from tests.sdk.oidc.bare import bare
from tests.sdk.oidc.tokens import SECRET, hs256, jwk, rs256
from tests.sdk.support.canaries import shown
from tests.sdk.support.world import FakeServer, Kind, connected


def client_of(protocol: Any = "oidc") -> AuthenticationClient:  # noqa: ANN401 - any protocol
    return AuthenticationClient(
        "app-1",
        "https://x.example",
        protocol=protocol,
        redirect_uri="https://app.example/cb",
        post_logout_redirect_uri="https://app.example/bye",
    )


def test_links_are_those_of_the_client() -> None:
    client = client_of()
    url = client.build_authorize_url(scope="openid")
    assert url.startswith("https://x.example/oidc/auth?")
    assert url.code_verifier
    assert client_of("cas").build_authorize_url() == "https://x.example/cas-idp/app-1"
    assert client.build_logout_url(id_token="i").endswith(
        "id_token_hint=i&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye"
    )
    verifier = client.generate_code_challenge(64)
    assert len(verifier) == 64
    digest = client.generate_code_challenge_digest(verifier)
    assert f"code_challenge={digest}" in client.build_authorize_url(code_challenge=digest)


@pytest.mark.parametrize(
    ("method", "name", "default"),
    [
        (AuthenticationClient.introspect_token_offline, "leeway", LEEWAY),
        (AuthenticationClient.generate_code_challenge, "length", SHORTEST),
    ],
)
def test_a_default_is_that_of_the_module_that_is_imported_later(
    method: Callable[..., object], name: str, default: float
) -> None:
    assert inspect.signature(method).parameters[name].default == default


def test_an_unknown_protocol_is_refused() -> None:
    with pytest.raises(ConfigurationError) as refused:
        client_of("openid")
    assert refused.value.field == "protocol"


@pytest.mark.parametrize("place", ["token", "introspection", "revocation"])
def test_an_unknown_way_to_prove_an_app_is_refused(place: str) -> None:
    name = f"{place}_endpoint_auth_method"
    given: dict[str, Any] = {name: "private_key_jwt"}
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("app-1", "https://x.example", **given)
    assert refused.value.field == name


@pytest.mark.parametrize(
    "secret",
    [" canary", "canary ", "canary\n", "canary\tb", "canary\x00b", "canary\ud800"],
    ids=ascii,
)
def test_a_secret_that_was_read_wrongly_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("app-1", "https://x.example", secret)
    assert refused.value.field == "app_secret"
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_all_views_of_a_client_share_its_keys(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("jwks.json", bare({"keys": [jwk("key-1")]}))
    async with connected(genauth.url, kind, app_secret=SECRET) as client:
        views = [client, client.as_user("t"), client.with_options(lang="en-US")]
        for view in views * 3:
            claims = await view.introspect_token_offline(rs256(iss=f"{genauth.url}/oidc"))
            assert claims.sub == "u-1"
        await client.introspect_token_offline(hs256(iss=f"{genauth.url}/oidc"))
    (request,) = genauth.received
    assert (request.method, request.path) == ("GET", "/oidc/.well-known/jwks.json")
    assert "authorization" not in request.headers


async def test_whom_a_token_is_for_and_from_can_be_said(genauth: FakeServer) -> None:
    async with connected(genauth.url, app_secret=SECRET) as client:
        with pytest.raises(TokenOfAnotherIssuer, match="issuer="):
            await client.introspect_token_offline(hs256())
        token = hs256(aud="api", nonce="n", exp=1)
        with pytest.raises(TokenExpired) as refused:
            await client.introspect_token_offline(
                token, issuer="https://x.example/oidc", audience="api", nonce="n", leeway=5
            )
    assert not [text for text in shown(refused.value) if token in text]
    assert genauth.received == []
