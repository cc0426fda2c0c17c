"""The service, tested on an offline GenAuth: no account, no network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from login_web.main import application
from login_web.sessions import COOKIE

from genauth_mock.testing import GenAuthServer

Service = TestClient[Request, Application]


@pytest.fixture
async def service(
    genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Service]:
    """Give the running service, and behind it an offline GenAuth where Ann signs in without a page."""
    genauth_server.new_user(username="ann", phone_number="18812348888")
    genauth_server.new_user(username="bob")
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    monkeypatch.setenv("GENAUTH_APP_SECRET", genauth_server.app_secret)
    jar = CookieJar(unsafe=True)  # the address of this machine is no name
    async with TestClient(TestServer(application()), cookie_jar=jar) as client:
        await set_up(genauth_server, str(client.make_url("/callback")))
        yield client


async def set_up(genauth_server: GenAuthServer, callback: str) -> None:
    """Let Ann sign in without a page, and come back to the service alone."""
    settings = {"signInAs": "ann", "redirectUris": [callback]}
    address = f"{genauth_server.app_host}/_mock/settings"
    app_id = {"appId": genauth_server.app_id}
    async with ClientSession() as http, http.post(address, params=app_id, json=settings) as made:
        assert made.status == 200


async def get(service: Service, path: str) -> ClientResponse:
    return await service.get(path, allow_redirects=False)


async def at_genauth(service: Service) -> str:
    """Begin to sign in; give the path and query that GenAuth sends the browser back to."""
    link = (await get(service, "/login")).headers["Location"]
    async with ClientSession() as browser, browser.get(link, allow_redirects=False) as answer:
        back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


async def sign_in(service: Service) -> None:
    """Sign in as Ann."""
    back = await get(service, await at_genauth(service))
    assert (back.status, back.headers["Location"]) == (302, "/")


async def test_a_user_signs_in_through_the_browser(service: Service) -> None:
    await sign_in(service)
    answer = await get(service, "/me")
    assert answer.status == 200
    assert (await answer.json())["user_id"]
    assert await (await get(service, "/phone")).json() == {"phone": "+86 188****8888"}


async def test_whoever_is_not_signed_in_is_asked_to(service: Service) -> None:
    for path in ("/me", "/phone"):
        assert (await get(service, path)).status == 401


async def test_the_cookie_is_kept_from_scripts_and_renewed_at_the_sign_in(service: Service) -> None:
    """Whoever knew the cookie from before must not be signed in with it."""
    link = await get(service, "/login")
    before = link.cookies[COOKIE]
    assert before["httponly"]
    assert before["samesite"] == "Lax"
    back = await get(service, await at_genauth(service))
    assert back.cookies[COOKIE].value != before.value


async def test_a_browser_that_did_not_begin_here_is_not_signed_in(service: Service) -> None:
    """Else somebody could sign a victim in to an account of their own."""
    back = await at_genauth(service)
    service.session.cookie_jar.clear()
    assert (await get(service, back)).status == 400


async def test_a_code_of_another_sign_in_is_not_taken(service: Service) -> None:
    """Its verifier is not here."""
    [stolen] = parse_qs(urlsplit(await at_genauth(service)).query)["code"]
    [state] = parse_qs(urlsplit(await at_genauth(service)).query)["state"]
    assert (await get(service, f"/callback?code={stolen}&state={state}")).status == 401
    assert (await get(service, "/me")).status == 401


async def test_a_sign_in_works_once(service: Service) -> None:
    back = await at_genauth(service)
    assert (await get(service, back)).status == 302
    assert (await get(service, back)).status == 400


async def test_tokens_last_longer_than_the_first_of_them(
    service: Service, genauth_server: GenAuthServer
) -> None:
    await sign_in(service)
    genauth_server.advance(15 * 24 * 3600)
    assert await (await get(service, "/phone")).json() == {"phone": "+86 188****8888"}


async def test_a_sign_in_that_was_given_up_begins_anew(service: Service) -> None:
    [state] = parse_qs(urlsplit(await at_genauth(service)).query)["state"]
    answer = await get(service, f"/callback?error=access_denied&state={state}")
    assert (answer.status, "/login" in await answer.text()) == (400, True)


async def test_a_phone_is_bound_on_the_page(
    service: Service, genauth_server: GenAuthServer
) -> None:
    link = (await get(service, "/login")).headers["Location"]
    back = await asyncio.to_thread(genauth_server.authorize, link, "bob")
    assert (await get(service, back.replace(str(service.make_url("")), ""))).status == 302
    assert "Phone number" in await (await get(service, "/")).text()
    number = "13900001111"
    asked = await service.post("/phone/code", data={"number": number})
    assert "A code was texted" in await asked.text()
    wrong = await service.post("/phone", data={"number": number, "code": "000000"})
    assert (wrong.status, "wrong" in await wrong.text()) == (422, True)
    code = await asyncio.to_thread(genauth_server.pass_code, number)
    bound = await service.post(
        "/phone", data={"number": number, "code": code}, allow_redirects=False
    )
    assert bound.status == 303
    assert "Your phone: +86 139****1111" in await (await get(service, "/")).text()


async def test_signing_out_ends_the_session_here_and_with_genauth(
    service: Service, genauth_server: GenAuthServer
) -> None:
    await sign_in(service)
    answer = await service.post("/logout", allow_redirects=False)
    assert answer.status == 303
    assert urlsplit(answer.headers["Location"]).path == "/oidc/session/end"
    assert "id_token_hint=" in answer.headers["Location"]
    async with (
        ClientSession() as browser,
        browser.get(answer.headers["Location"], allow_redirects=False) as back,
    ):
        assert back.headers["Location"] == str(service.make_url("/"))
    assert "Sign in" in await (await get(service, "/")).text()
    assert (await get(service, "/me")).status == 401
    asked = [str(each) for each in genauth_server.requests()]
    assert any("/oidc/token/revocation" in each for each in asked)
