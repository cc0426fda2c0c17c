"""The service, tested on an offline GenAuth: no account, no network."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from login_api.main import app
from login_api.sessions import COOKIE

from genauth_mock.testing import GenAuthServer

CALLBACK = "http://testserver/callback"


@pytest.fixture
def service(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Give the running service, and behind it an offline GenAuth where Ann signs in without a page."""
    genauth_server.new_user(username="ann", phone_number="18812348888")
    genauth_server.new_user(username="bob")
    settings = {"signInAs": "ann", "redirectUris": [CALLBACK]}
    app_id = {"appId": genauth_server.app_id}
    made = httpx2.post(f"{genauth_server.app_host}/_mock/settings", params=app_id, json=settings)
    assert made.status_code == 200
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    monkeypatch.setenv("GENAUTH_APP_SECRET", genauth_server.app_secret)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def at_genauth(service: TestClient) -> str:
    """Begin to sign in; give the address that GenAuth sends the browser back to."""
    link = service.get("/login").headers["location"]
    return httpx2.get(link).headers["location"]


def sign_in(service: TestClient) -> None:
    """Sign in as Ann."""
    back = service.get(at_genauth(service))
    assert (back.status_code, back.headers["location"]) == (302, "/")


def test_a_user_signs_in_through_the_browser(service: TestClient) -> None:
    sign_in(service)
    answer = service.get("/me")
    assert answer.status_code == 200
    assert answer.json()["user_id"]
    assert service.get("/phone").json() == {"phone": "+86 188****8888"}


def test_whoever_is_not_signed_in_is_asked_to(service: TestClient) -> None:
    for path in ("/me", "/phone"):
        assert service.get(path).status_code == 401


def test_the_cookie_is_kept_from_scripts_and_renewed_at_the_sign_in(service: TestClient) -> None:
    """Whoever knew the cookie from before must not be signed in with it."""
    back = at_genauth(service)
    before = service.cookies[COOKIE]
    answer = service.get(back)
    assert service.cookies[COOKIE] != before
    assert {"HttpOnly", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))


def test_a_browser_that_did_not_begin_here_is_not_signed_in(service: TestClient) -> None:
    """Else somebody could sign a victim in to an account of their own."""
    back = at_genauth(service)
    service.cookies.clear()
    assert service.get(back).status_code == 400


def test_another_state_is_not_taken(service: TestClient) -> None:
    [code] = parse_qs(urlsplit(at_genauth(service)).query)["code"]
    assert service.get(f"/callback?code={code}&state=another").status_code == 400
    assert service.get("/me").status_code == 401


def test_a_code_of_another_sign_in_is_not_taken(service: TestClient) -> None:
    """Its verifier is not here."""
    [stolen] = parse_qs(urlsplit(at_genauth(service)).query)["code"]
    [state] = parse_qs(urlsplit(at_genauth(service)).query)["state"]
    assert service.get(f"/callback?code={stolen}&state={state}").status_code == 401
    assert service.get("/me").status_code == 401


def test_a_sign_in_works_once(service: TestClient) -> None:
    back = at_genauth(service)
    assert service.get(back).status_code == 302
    assert service.get(back).status_code == 400


def test_a_sign_in_that_was_given_up_begins_anew(service: TestClient) -> None:
    [state] = parse_qs(urlsplit(at_genauth(service)).query)["state"]
    answer = service.get(f"/callback?error=access_denied&state={state}")
    assert (answer.status_code, "/login" in answer.text) == (400, True)


def test_tokens_last_longer_than_the_first_of_them(
    service: TestClient, genauth_server: GenAuthServer
) -> None:
    sign_in(service)
    genauth_server.advance(15 * 24 * 3600)
    assert service.get("/phone").json() == {"phone": "+86 188****8888"}


def test_a_phone_is_bound_on_the_page(service: TestClient, genauth_server: GenAuthServer) -> None:
    back = genauth_server.authorize(service.get("/login").headers["location"], "bob")
    assert service.get(back).status_code == 302
    assert "Phone number" in service.get("/").text
    number = "13900001111"
    assert "A code was texted" in service.post("/phone/code", data={"number": number}).text
    wrong = service.post("/phone", data={"number": number, "code": "000000"})
    assert (wrong.status_code, "wrong" in wrong.text) == (422, True)
    code = genauth_server.pass_code(number)
    assert service.post("/phone", data={"number": number, "code": code}).status_code == 303
    assert "Your phone: +86 139****1111" in service.get("/").text


def test_signing_out_ends_the_session_here_and_with_genauth(
    service: TestClient, genauth_server: GenAuthServer
) -> None:
    sign_in(service)
    answer = service.post("/logout")
    assert answer.status_code == 303
    assert urlsplit(answer.headers["location"]).path == "/oidc/session/end"
    assert "id_token_hint=" in answer.headers["location"]
    assert httpx2.get(answer.headers["location"]).headers["location"] == "http://testserver/"
    assert "Sign in" in service.get("/").text
    assert service.get("/me").status_code == 401
    asked = [str(each) for each in genauth_server.requests()]
    assert any("/oidc/token/revocation" in each for each in asked)
