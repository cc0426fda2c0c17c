"""Who a token is of, asked at ``/oidc/me``: where it may be, and which will not do."""

from __future__ import annotations

import base64
import re

import aiohttp
import pytest

from tests.mock.support.tokens import ask, sign_in


async def test_me_says_that_there_is_no_token(http: aiohttp.ClientSession) -> None:
    async with http.get("/oidc/me") as reply:
        assert reply.status == 400
        assert reply.headers["WWW-Authenticate"] == 'Bearer realm="genauth-mock"'
        said = {"error": "invalid_request", "error_description": "no access token provided"}
        assert await reply.json() == said


@pytest.mark.parametrize("other", ["query", "form"])
async def test_me_takes_one_token_alone(http: aiohttp.ClientSession, other: str) -> None:
    token = (await sign_in(http))["access_token"]
    headers, given = {"authorization": f"Bearer {token}"}, {"access_token": token}
    query, form = (given, None) if other == "query" else (None, given)
    async with http.post("/oidc/me", headers=headers, params=query, data=form) as reply:
        assert reply.status == 400
        said = "access token must only be provided using one mechanism"
        assert (await reply.json())["error_description"] == said


async def test_what_is_not_known_of_a_user_is_null(http: aiohttp.ClientSession) -> None:
    async with http.post("/_mock/users", json={"username": "bob"}) as reply:
        token = (await reply.json())["accessToken"]
    async with http.get("/oidc/me", headers={"authorization": token}) as reply:
        claims = await reply.json()
    assert claims["name"] is claims["phone_number"] is claims["email"] is None
    assert claims["phone_number_verified"] is claims["email_verified"] is False
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", claims["updated_at"])


@pytest.mark.parametrize("authorization", ["Bearer x", "Bearer a.b.c", "Bearer a.e30.c"])
async def test_me_needs_a_token_that_lives(http: aiohttp.ClientSession, authorization: str) -> None:
    async with http.get("/oidc/me", headers={"authorization": authorization}) as reply:
        assert reply.status == 401
        told = 'error="invalid_token", error_description="invalid token provided"'
        assert reply.headers["WWW-Authenticate"] == f'Bearer realm="genauth-mock", {told}'
        assert (await reply.json())["error"] == "invalid_token"


async def test_a_token_that_is_nested_too_deeply_is_no_token(http: aiohttp.ClientSession) -> None:
    claims = base64.urlsafe_b64encode(b"[" * 3_000).decode()
    assert (await ask(http, "me", {"access_token": f"head.{claims}.signature"}))[0] == 401


async def test_me_takes_a_token_in_its_query_too(http: aiohttp.ClientSession) -> None:
    data = await sign_in(http, **{"x-genauth-app-id": "another"})
    async with http.get("/oidc/me", params={"access_token": data["access_token"]}) as reply:
        assert reply.status == 200
    async with http.get(
        "/_mock/requests", params={"appId": "another", "route": "/oidc/me"}
    ) as reply:
        assert (await reply.json())["requests"][0]["query"] == {"access_token": "***"}


async def test_me_takes_a_token_in_its_form_too(http: aiohttp.ClientSession) -> None:
    token = (await sign_in(http))["access_token"]
    assert (await ask(http, "me", {"access_token": token}))[0] == 200
