"""PyJWT verifies what a sign-in gives: RS256 with the published keys, HS256 with the app's secret."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import jwt
import pytest

from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.server.launch import Running
from tests.mock.support.tokens import ALICE, APP, ask, set_to

BACK = "http://localhost:8000/callback"


@pytest.fixture(autouse=True)
async def alice(http: aiohttp.ClientSession) -> str:
    """Give the id of a user who can sign in."""
    async with http.post("/_mock/users", json=ALICE) as reply:
        return str((await reply.json())["userId"])


async def signed_in(http: aiohttp.ClientSession) -> dict[str, Any]:
    """Take Alice through the code flow; give her tokens."""
    asked = {"client_id": APP["client_id"], "redirect_uri": BACK, "response_type": "code"}
    link = f"/oidc/auth?{urlencode({**asked, 'scope': 'openid phone', 'nonce': 'n'})}"
    async with http.get(link, headers={SIGN_IN_AS: "alice"}, allow_redirects=False) as reply:
        [code] = parse_qs(urlsplit(reply.headers["Location"]).query)["code"]
    form = {**APP, "grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return (await ask(http, "token", form))[1]


def claims_of(token: str, key: jwt.PyJWK | str, algorithm: str, server: Running) -> dict[str, Any]:
    """Verify a token, and have everything in it that a token must have."""
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[algorithm],
        audience=APP["client_id"],
        issuer=f"{server.url}/oidc",
        options={"require": ["exp", "iat", "aud", "iss", "sub"]},
    )
    return claims


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_the_default_id_token_is_verified_with_the_secret(
    http: aiohttp.ClientSession, server: Running, alice: str
) -> None:
    tokens = await signed_in(http)
    head = jwt.get_unverified_header(tokens["id_token"])
    assert head == {"alg": "HS256", "typ": "JWT"}
    claims = claims_of(tokens["id_token"], APP["client_secret"], "HS256", server)
    assert (claims["sub"], claims["nonce"]) == (alice, "n")
    with pytest.raises(jwt.InvalidSignatureError):
        claims_of(tokens["id_token"], "another secret", "HS256", server)


async def test_what_is_signed_rs256_is_verified_with_the_published_keys(
    http: aiohttp.ClientSession, server: Running, alice: str
) -> None:
    await set_to(http, idTokenSignedResponseAlg="RS256")
    tokens = await signed_in(http)
    keys = jwt.PyJWKClient(f"{server.url}/oidc/.well-known/jwks.json")
    for token in (tokens["id_token"], tokens["access_token"]):
        key = await asyncio.to_thread(keys.get_signing_key_from_jwt, token)
        assert claims_of(token, key, "RS256", server)["sub"] == alice
        head, payload, _ = token.split(".")
        with pytest.raises(jwt.InvalidSignatureError):
            claims_of(f"{head}.{payload}.AAAA", key, "RS256", server)
