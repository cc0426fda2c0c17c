"""The service on an offline GenAuth: no account, no SMS, no network."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from service import app

from genauth_mock.testing import GenAuthServer

NUMBER = "18812348888"


@pytest.fixture
def browser(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Give a browser at the service, and behind the service an offline GenAuth that knows Ann."""
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    monkeypatch.setenv("GENAUTH_APP_SECRET", genauth_server.app_secret)
    genauth_server.new_user(username="ann")
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def ann(browser: TestClient, genauth_server: GenAuthServer) -> TestClient:
    """Give the browser once Ann has signed in with it."""
    link = browser.get("/login").headers["location"]
    back = genauth_server.authorize(link, "ann")
    assert browser.get(back).headers["location"] == "/"
    return browser


@pytest.fixture
def code(ann: TestClient, genauth_server: GenAuthServer) -> str:
    """Give the code that Ann had texted."""
    assert ann.post("/code", data={"number": NUMBER}).status_code == 200
    return genauth_server.pass_code(NUMBER)


def test_a_user_signs_in_binds_a_phone_and_signs_out(ann: TestClient, code: str) -> None:
    assert ann.get("/me").json()["user_id"]
    assert ann.post("/phone", data={"number": NUMBER, "code": code}).status_code == 303
    assert "Your phone: +86 188****8888" in ann.get("/").text
    assert "/oidc/session/end" in ann.post("/logout").headers["location"]
    assert ann.get("/me").status_code == 401
    assert "Sign in" in ann.get("/").text


def test_a_sign_in_that_did_not_begin_here_is_refused(
    browser: TestClient, genauth_server: GenAuthServer
) -> None:
    back = genauth_server.authorize(browser.get("/login").headers["location"], "ann")
    browser.cookies.clear()
    assert browser.get(back).status_code == 400


def test_a_code_works_for_five_minutes(
    ann: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.advance(301)
    assert ann.post("/phone", data={"number": NUMBER, "code": code}).status_code == 422


def test_a_number_has_one_owner(ann: TestClient, code: str, genauth_server: GenAuthServer) -> None:
    genauth_server.new_user(phone_number=NUMBER)
    assert ann.post("/phone", data={"number": NUMBER, "code": code}).status_code == 409


def test_a_lost_answer_is_no_failure(
    ann: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.inject(kind="drop", when="after", route="bind-phone", times=1)
    assert ann.post("/phone", data={"number": NUMBER, "code": code}).status_code == 303


def test_mistakes_are_told_kindly(ann: TestClient, code: str) -> None:
    assert ann.post("/code", data={"number": "12"}).status_code == 422
    assert ann.post("/code", data={"number": NUMBER}).status_code == 429
    wrong = "000000" if code != "000000" else "111111"
    assert "wrong" in ann.post("/phone", data={"number": NUMBER, "code": wrong}).text


def test_a_user_stays_signed_in_for_weeks(ann: TestClient, genauth_server: GenAuthServer) -> None:
    genauth_server.advance(15 * 24 * 3600)
    assert "Phone number" in ann.get("/").text
