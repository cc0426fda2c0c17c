"""Where the server asks for a control token: who its users are is shown to, and used by, whoever has the token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest

from genauth_mock.control.client import TOKEN_VARIABLE
from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.http.messages import TOKEN_HEADER
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from genauth_mock.testing import GenAuthServer
from genauth_mock.testing.browser import NotSentBack, authorize
from tests.mock.support.tokens import ALICE, APP, PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "canary-control-token"
SHOWN = {TOKEN_HEADER: TOKEN}
ASKED = {
    "client_id": APP["client_id"],
    "redirect_uri": "http://localhost:8000/callback",
    "response_type": "code",
}


@pytest.fixture
async def closed() -> AsyncIterator[aiohttp.ClientSession]:
    """Give a server with a control token, and Alice."""
    async with (
        running(Options(control_token=TOKEN)) as server,
        aiohttp.ClientSession(server.url) as http,
    ):
        async with http.post("/_mock/users", json=ALICE, headers=SHOWN) as reply:
            assert reply.status == 200
        yield http


async def page_of(http: aiohttp.ClientSession, **headers: str) -> str:
    async with http.get("/oidc/auth", params=ASKED, headers=headers) as reply:
        assert reply.status == 200
        return await reply.text()


async def test_the_login_page_names_users_to_whoever_shows_the_token(
    closed: aiohttp.ClientSession,
) -> None:
    page = await page_of(closed)
    assert ("alice" in page, "One click" in page, "With a password" in page) == (False, False, True)
    assert "alice" in await page_of(closed, **SHOWN)
    assert "alice" in await page_of(closed, authorization=f"Bearer {TOKEN}")
    assert "alice" not in await page_of(closed, **{TOKEN_HEADER: "guess"})


async def test_nobody_signs_in_by_a_name_alone_without_the_token(
    closed: aiohttp.ClientSession,
) -> None:
    async def picked(**headers: str) -> int:
        form = {"genauth_mock_do": "pick", "user": "alice"}
        async with closed.post(
            "/oidc/auth", params=ASKED, data=form, headers=headers, allow_redirects=False
        ) as reply:
            return reply.status

    async def named(**headers: str) -> int:
        headers[SIGN_IN_AS] = "alice"
        async with closed.get(
            "/oidc/auth", params=ASKED, headers=headers, allow_redirects=False
        ) as reply:
            return reply.status

    assert (await picked(), await named()) == (400, 401)
    assert (await picked(**SHOWN), await named(**SHOWN)) == (303, 302)
    form = {"genauth_mock_do": "password", "account": "alice", "password": PASSWORD}
    async with closed.post("/oidc/auth", params=ASKED, data=form, allow_redirects=False) as reply:
        assert reply.status == 303


async def test_the_fixture_shows_the_token_of_the_environment(
    closed: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with closed.get("/oidc/.well-known/openid-configuration") as reply:
        host = str((await reply.json())["issuer"]).removesuffix("/oidc")
    link = f"{host}/oidc/auth?{urlencode(ASKED)}"
    with pytest.raises(NotSentBack, match="control token"):
        await asyncio.to_thread(authorize, host, link, "alice")
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    server = GenAuthServer(host, APP["client_id"])
    assert "?code=" in await asyncio.to_thread(server.authorize, link, "alice")
