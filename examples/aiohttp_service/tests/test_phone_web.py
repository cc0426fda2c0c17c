"""The service, tested on an offline GenAuth: no account, no SMS, no network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from phone_web.answers import answer_for, language_of
from phone_web.main import application

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

Service = TestClient[Request, Application]


@pytest_asyncio.fixture
async def service(
    genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Service]:
    """Give the running service, with the offline GenAuth behind it."""
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    async with TestClient(TestServer(application())) as client:
        yield client


@pytest.fixture
def alice(genauth_server: GenAuthServer) -> dict[str, str]:
    """Give the headers of a signed-in user without a phone."""
    return {"Authorization": f"Bearer {genauth_server.new_user().access_token}"}


async def texted_code(service: Service, server: GenAuthServer, headers: dict[str, str]) -> str:
    """Have a code sent, and read it as the phone's owner would."""
    asked = await service.post("/phone/code", json={"phone_number": NUMBER}, headers=headers)
    assert asked.status == 202
    return server.pass_code(NUMBER)


async def bind(service: Service, code: str, headers: dict[str, str]) -> tuple[int, str | None]:
    """Bind the number; give the status, and the word for what went wrong."""
    body = {"phone_number": NUMBER, "pass_code": code}
    answer = await service.post("/phone", json=body, headers=headers)
    return answer.status, (await answer.json())["code"] if answer.status >= 400 else None


async def test_a_phone_is_bound(
    service: Service, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = await texted_code(service, genauth_server, alice)
    assert await bind(service, code, alice) == (204, None)
    shown = await service.get("/phone", headers=alice)
    assert await shown.json() == {"phone": "+86 188****8888"}


async def test_a_code_works_for_five_minutes(
    service: Service, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = await texted_code(service, genauth_server, alice)
    genauth_server.advance(301)
    assert await bind(service, code, alice) == (422, "pass_code_rejected")


async def test_a_number_has_one_owner(
    service: Service, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    genauth_server.new_user(phone_number=NUMBER)
    code = await texted_code(service, genauth_server, alice)
    assert await bind(service, code, alice) == (409, "phone_taken")


async def test_a_refusal_is_told_in_chinese_to_who_prefers_it(
    service: Service, alice: dict[str, str]
) -> None:
    body = {"phone_number": NUMBER, "pass_code": "000000"}
    answer = await service.post("/phone", json=body, headers={**alice, "Accept-Language": "zh-CN"})
    assert (await answer.json())["detail"].startswith("验证码")


async def test_a_second_message_has_to_wait(
    service: Service, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    await texted_code(service, genauth_server, alice)
    again = await service.post("/phone/code", json={"phone_number": NUMBER}, headers=alice)
    assert (again.status, (await again.json())["code"]) == (429, "too_many_requests")
    assert int(again.headers["Retry-After"]) > 0


async def test_a_lost_answer_is_no_failure_where_the_profile_shows_the_number(
    service: Service, genauth_server: GenAuthServer, alice: dict[str, str]
) -> None:
    code = await texted_code(service, genauth_server, alice)
    genauth_server.inject(kind="drop", when="after", route="bind-phone", times=1)
    assert await bind(service, code, alice) == (204, None)
    sent = [each for each in genauth_server.requests() if "bind-phone" in str(each)]
    assert len(sent) == 1, "a bind is never posted twice"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer no-token-of-genauth"}],
    ids=["no token", "another scheme", "no token of GenAuth"],
)
async def test_whoever_is_not_signed_in_is_asked_to(
    service: Service, headers: dict[str, str]
) -> None:
    assert await bind(service, "123456", headers) == (401, "not_signed_in")


@pytest.mark.parametrize("body", [b"no JSON", b"[]", b'{"phone_number": 5, "pass_code": "1"}'])
async def test_a_body_that_is_not_understood_is_refused(
    service: Service, alice: dict[str, str], body: bytes
) -> None:
    answer = await service.post("/phone", data=body, headers=alice)
    assert (answer.status, (await answer.json())["code"]) == (422, "invalid_input")


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
