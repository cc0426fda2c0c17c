"""The service, tested on an offline GenAuth: no account, no SMS, no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from phone_api.answers import answer_for, language_of
from phone_api.main import app

import aiogenauth
from aiogenauth import (
    AccessTokenMissing,
    ApiError,
    AppNotFound,
    BindOutcomeUnknown,
    ConfigurationError,
    GenAuthError,
)
from genauth_mock.testing import GenAuthServer

NUMBER = "18812348888"


@pytest.fixture
def service(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Give the running service, with the offline GenAuth behind it."""
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def alice(genauth_server: GenAuthServer) -> dict[str, str]:
    """Give the headers of a signed-in user without a phone."""
    return {"Authorization": f"Bearer {genauth_server.new_user().access_token}"}


def texted_code(service: TestClient, server: GenAuthServer, headers: dict[str, str]) -> str:
    """Have a code sent, and read it as the phone's owner would."""
    asked = service.post("/phone/code", json={"phone_number": NUMBER}, headers=headers)
    assert asked.status_code == 202
    return server.pass_code(NUMBER)


def bind(service: TestClient, code: str, headers: dict[str, str]) -> tuple[int, str | None]:
    """Bind the number; give the status, and the word for what went wrong."""
    body = {"phone_number": NUMBER, "pass_code": code}
    answer = service.post("/phone", json=body, headers=headers)
    return answer.status_code, answer.json()["code"] if answer.content else None


def test_a_phone_is_bound(
    service: TestClient, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = texted_code(service, genauth_server, alice)
    assert bind(service, code, alice) == (204, None)
    assert service.get("/phone", headers=alice).json() == {"phone": "+86 188****8888"}


def test_a_code_works_for_five_minutes(
    service: TestClient, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = texted_code(service, genauth_server, alice)
    genauth_server.advance(301)
    assert bind(service, code, alice) == (422, "pass_code_rejected")


def test_a_number_has_one_owner(
    service: TestClient, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    genauth_server.new_user(phone_number=NUMBER)
    code = texted_code(service, genauth_server, alice)
    assert bind(service, code, alice) == (409, "phone_taken")


def test_a_refusal_is_told_in_chinese_to_who_prefers_it(
    service: TestClient, alice: dict[str, str]
) -> None:
    body = {"phone_number": NUMBER, "pass_code": "000000"}
    answer = service.post("/phone", json=body, headers={**alice, "Accept-Language": "zh-CN"})
    assert answer.json()["detail"].startswith("验证码")


def test_a_second_message_has_to_wait(
    service: TestClient, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    texted_code(service, genauth_server, alice)
    again = service.post("/phone/code", json={"phone_number": NUMBER}, headers=alice)
    assert (again.status_code, again.json()["code"]) == (429, "too_many_requests")
    assert int(again.headers["Retry-After"]) > 0


def test_a_lost_answer_is_no_failure_where_the_profile_shows_the_number(
    service: TestClient, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = texted_code(service, genauth_server, alice)
    genauth_server.inject(kind="drop", when="after", route="bind-phone", times=1)
    assert bind(service, code, alice) == (204, None)
    sent = [each for each in genauth_server.requests() if "bind-phone" in str(each)]
    assert len(sent) == 1, "a bind is never posted twice"


def test_whoever_is_not_signed_in_is_asked_to(service: TestClient) -> None:
    stranger = {"Authorization": "Bearer no-token-of-genauth"}
    assert bind(service, "123456", stranger) == (401, "not_signed_in")


def test_an_incomplete_body_is_not_repeated_in_the_answer(
    service: TestClient, alice: dict[str, str]
) -> None:
    answer = service.post("/phone", json={"pass_code": "918273"}, headers=alice)
    assert answer.status_code == 422
    assert "phone_number" in answer.text
    assert "918273" not in answer.text


ERRORS = [
    value
    for value in vars(aiogenauth).values()
    if isinstance(value, type) and issubclass(value, GenAuthError)
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_an_answer(error: type[GenAuthError]) -> None:
    assert 400 <= answer_for(error("canary")).status < 600


def test_every_refusal_whose_reason_is_known_has_an_answer_of_its_own() -> None:
    known = [error for error in ERRORS if ApiError in error.__bases__]
    assert [error for error in known if answer_for(error()) == answer_for(ApiError())] == []


@pytest.mark.parametrize("error", [AppNotFound, ConfigurationError, AccessTokenMissing])
def test_a_mistake_of_the_service_is_not_blamed_on_the_person(error: type[GenAuthError]) -> None:
    answer = answer_for(error())
    assert (answer.status, answer.mistake) == (500, "yours")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-AT, en-GB;q=0.7, zh;q=0.5", "en"),
        ("de", "en"),
    ],
)
def test_an_answer_comes_in_the_first_language_that_both_speak(
    header: str | None, language: str
) -> None:
    assert language_of(header) == language


def test_what_nobody_can_know_is_neither_yes_nor_a_reason_to_repeat() -> None:
    answer = answer_for(BindOutcomeUnknown())
    assert (answer.status, answer.retry_after) == (504, None)


def test_no_answer_shows_what_an_error_says() -> None:
    assert "canary" not in str(answer_for(GenAuthError("canary")))
