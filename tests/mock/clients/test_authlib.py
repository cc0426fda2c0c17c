"""Authlib goes the whole way: its own client, and its integration for Starlette and FastAPI."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.server.launch import Running
from tests.mock.support.tokens import ALICE, APP, set_to

Authlib = Any  # it has no types
OAuthError = importlib.import_module("authlib.integrations.base_client.errors").OAuthError
AsyncOAuth2Client = importlib.import_module("authlib.integrations.httpx_client").AsyncOAuth2Client
OAuth = importlib.import_module("authlib.integrations.starlette_client").OAuth

BACK = "http://localhost:8000/callback"
SCOPE = "openid profile phone offline_access"
VERIFIER = "a-verifier-that-has-at-least-forty-three-characters"


@pytest.fixture(autouse=True)
async def alice(http: aiohttp.ClientSession) -> str:
    """Give the id of a user who can sign in."""
    async with http.post("/_mock/users", json=ALICE) as reply:
        return str((await reply.json())["userId"])


async def sent_back(link: str) -> str:
    """Sign Alice in at a link; give the address that the browser goes back to."""
    async with httpx.AsyncClient() as browser:
        return (await browser.get(link, headers={SIGN_IN_AS: "alice"})).headers["Location"]


@pytest.fixture(params=["client_secret_post", "client_secret_basic"])
async def client(
    request: pytest.FixtureRequest, http: aiohttp.ClientSession
) -> AsyncIterator[Authlib]:
    """Give Authlib's client of the app, under each way in which an app can prove itself."""
    await set_to(http, tokenEndpointAuthMethod=request.param)
    async with AsyncOAuth2Client(
        **APP,
        scope=SCOPE,
        redirect_uri=BACK,
        code_challenge_method="S256",
        token_endpoint_auth_method=request.param,
        revocation_endpoint_auth_method=request.param,
    ) as made:
        yield made


async def test_the_client_signs_in_refreshes_looks_into_and_revokes(
    client: Authlib, server: Running, alice: str
) -> None:
    async with httpx.AsyncClient() as plain:
        about = (await plain.get(f"{server.url}/oidc/.well-known/openid-configuration")).json()
    link, state = client.create_authorization_url(
        about["authorization_endpoint"], code_verifier=VERIFIER, nonce="n", prompt="consent"
    )
    back = await sent_back(link)
    told = {"authorization_response": back, "state": state, "code_verifier": VERIFIER}
    tokens = await client.fetch_token(about["token_endpoint"], **told)
    assert (await client.get(about["userinfo_endpoint"])).json()["sub"] == alice

    fresh = await client.refresh_token(about["token_endpoint"])
    assert fresh["refresh_token"] != tokens["refresh_token"]
    looked = await client.introspect_token(about["introspection_endpoint"], fresh["access_token"])
    assert looked.json()["active"] is True
    await client.revoke_token(about["revocation_endpoint"], fresh["access_token"])
    assert (await client.get(about["userinfo_endpoint"])).status_code == 401
    with pytest.raises(OAuthError, match="invalid_grant"):
        await client.fetch_token(about["token_endpoint"], **told)


def registered(server: Running) -> Authlib:
    """Tell Authlib's integration about the server, as its documentation shows it."""
    oauth: Authlib = OAuth()
    return oauth.register(
        "genauth",
        **APP,
        server_metadata_url=f"{server.url}/oidc/.well-known/openid-configuration",
        client_kwargs={
            "scope": SCOPE,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_post",
        },
    )


def application(server: Running) -> Starlette:
    """Make a service with a login and a callback."""
    genauth = registered(server)

    async def login(request: Request) -> Response:
        answer: Response = await genauth.authorize_redirect(request, BACK, prompt="consent")
        return answer

    async def callback(request: Request) -> Response:
        try:
            tokens = await genauth.authorize_access_token(request)
        except OAuthError as error:
            return JSONResponse({"error": error.error}, 400)
        return JSONResponse(tokens["userinfo"])

    app = Starlette(routes=[Route("/login", login), Route("/callback", callback)])
    app.add_middleware(SessionMiddleware, secret_key="a key of the test")
    return app


async def test_a_starlette_service_signs_users_in(
    http: aiohttp.ClientSession, server: Running, alice: str
) -> None:
    """Where the app asks for RS256: this integration verifies with published keys alone."""
    await set_to(http, idTokenSignedResponseAlg="RS256")
    transport = httpx.ASGITransport(application(server))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
        link = (await browser.get("/login")).headers["Location"]
        back = urlsplit(await sent_back(link))
        shown = (await browser.get(f"{back.path}?{back.query}")).json()
        assert (shown["sub"], shown["phone_number"]) == (alice, ALICE["phoneNumber"])
        again = await browser.get(f"{back.path}?{back.query}")
        assert (again.status_code, again.json()) == (400, {"error": "mismatching_state"})


async def test_a_starlette_service_is_told_that_a_user_said_no(
    server: Running, http: aiohttp.ClientSession
) -> None:
    transport = httpx.ASGITransport(application(server))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
        link = (await browser.get("/login")).headers["Location"]
        asked, form = f"/oidc/auth?{urlsplit(link).query}", {"genauth_mock_do": "pick"}
        async with http.post(asked, data={**form, "user": "alice"}) as page:
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        no = {"genauth_mock_do": "deny"}
        async with http.post(
            asked, data=no, headers={"cookie": cookie}, allow_redirects=False
        ) as reply:
            back = urlsplit(reply.headers["Location"])
        said = await browser.get(f"{back.path}?{back.query}")
        assert (said.status_code, said.json()) == (400, {"error": "access_denied"})
