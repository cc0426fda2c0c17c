"""The service on an offline GenAuth: no account, no SMS, no network."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from service import app

from genauth_mock.testing import GenAuthServer

NUMBER = "18812348888"


@pytest.fixture
def service(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Give the service with the offline GenAuth behind it and a signed-in user in front."""
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    headers = {"Authorization": f"Bearer {genauth_server.new_user().access_token}"}
    with TestClient(app, headers=headers) as client:
        yield client


@pytest.fixture
def code(service: TestClient, genauth_server: GenAuthServer) -> str:
    """Give the code that the service had texted."""
    assert service.post("/code", json={"number": NUMBER}).status_code == 202
    return genauth_server.pass_code(NUMBER)


def test_a_phone_is_bound(service: TestClient, code: str) -> None:
    answer = service.post("/phone", json={"number": NUMBER, "code": code})
    assert answer.status_code == 204


def test_a_code_works_for_five_minutes(
    service: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.advance(301)
    answer = service.post("/phone", json={"number": NUMBER, "code": code})
    assert answer.status_code == 422


def test_a_number_has_one_owner(
    service: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.new_user(phone_number=NUMBER)
    answer = service.post("/phone", json={"number": NUMBER, "code": code})
    assert answer.status_code == 409


def test_a_lost_answer_is_no_failure(
    service: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    genauth_server.inject(kind="drop", when="after", route="bind-phone", times=1)
    answer = service.post("/phone", json={"number": NUMBER, "code": code})
    assert answer.status_code == 204


def test_what_was_done_once_is_refused_kindly(
    service: TestClient, code: str, genauth_server: GenAuthServer
) -> None:
    assert service.post("/code", json={"number": NUMBER}).status_code == 429
    assert service.post("/phone", json={"number": NUMBER, "code": code}).status_code == 204
    genauth_server.advance(60)
    service.post("/code", json={"number": NUMBER})
    body = {"number": NUMBER, "code": genauth_server.pass_code(NUMBER)}
    assert service.post("/phone", json=body).status_code == 409
