"""Signing up over HTTP: by password and by pass code; and who is refused."""

from __future__ import annotations

import aiohttp
import pytest

from tests.mock.support.http import NUMBER, Json, post
from tests.mock.support.sign_up import (
    EMAIL,
    PASSWORD,
    by_code,
    by_password,
    sent,
    sign_up,
)
from tests.mock.support.tokens import APP
from tests.mock.support.world import other_digits


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        pytest.param(
            {"username": "ada"}, {"username": "ada", "emailVerified": False}, id="username"
        ),
        pytest.param({"email": EMAIL.upper()}, {"email": EMAIL}, id="email"),
    ],
)
async def test_a_password_signs_up_and_in(
    http: aiohttp.ClientSession, payload: Json, shown: Json
) -> None:
    given = {**payload, "password": PASSWORD}
    answer = await sign_up(http, connection="PASSWORD", passwordPayload=given)
    assert shown.items() <= answer["data"].items()
    assert answer["data"]["userSourceType"] == "register"
    body: Json = {"connection": "PASSWORD", "passwordPayload": given}
    assert (await post(http, "/api/v3/signin", {**APP, **body}))["statusCode"] == 200


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        pytest.param(NUMBER, {"phone": NUMBER, "phoneCountryCode": "+86", "phoneVerified": True}, id="phone"),
        pytest.param(EMAIL, {"email": EMAIL, "emailVerified": True}, id="email"),
    ],
)  # fmt: skip
async def test_a_code_signs_up(http: aiohttp.ClientSession, to: str, shown: Json) -> None:
    answer = await by_code(http, to, await sent(http, "CHANNEL_REGISTER", to))
    assert shown.items() <= answer["data"].items()


async def test_a_code_of_another_channel_signs_nobody_up(http: aiohttp.ClientSession) -> None:
    answer = await by_code(http, NUMBER, await sent(http, "CHANNEL_LOGIN", NUMBER))
    assert answer["apiCode"] == 2001
    async with http.get("/_mock/users") as reply:
        assert (await reply.json())["users"] == []


async def test_a_wrong_code_signs_nobody_up(http: aiohttp.ClientSession) -> None:
    code = await sent(http, "CHANNEL_REGISTER", NUMBER)
    assert (await by_code(http, NUMBER, other_digits(code)))["apiCode"] == 2001
    assert (await by_code(http, NUMBER, code))["statusCode"] == 200


@pytest.mark.parametrize("to", [NUMBER, EMAIL])
async def test_who_has_the_address_already_is_told_so(http: aiohttp.ClientSession, to: str) -> None:
    name = "email" if "@" in to else "phoneNumber"
    assert "userId" in await post(http, "/_mock/users", {name: to})
    answer = await by_code(http, to, await sent(http, "CHANNEL_REGISTER", to))
    assert (answer["statusCode"], answer["apiCode"]) == (499, 2026)


async def test_a_username_is_given_once(http: aiohttp.ClientSession) -> None:
    assert (await by_password(http))["statusCode"] == 200
    assert (await by_password(http))["apiCode"] == 2034


async def test_an_email_address_is_given_once(http: aiohttp.ClientSession) -> None:
    given = {"email": EMAIL, "password": PASSWORD}
    answers = [await sign_up(http, connection="PASSWORD", passwordPayload=given) for _ in range(2)]
    assert answers[1]["apiCode"] == 2026


@pytest.mark.parametrize(
    ("body", "named"),
    [
        pytest.param({}, "connection", id="nothing"),
        pytest.param({"connection": "LDAP"}, "connection must be", id="unknown connection"),
        pytest.param({"connection": "PASSWORD"}, "passwordPayload", id="no password"),
        pytest.param({"connection": "PASSCODE"}, "passCodePayload", id="no code"),
        pytest.param(
            {"connection": "PASSWORD", "passwordPayload": {"password": "x"}},
            "username or email",
            id="nobody named",
        ),
        pytest.param(
            {"connection": "PASSWORD", "passwordPayload": {"password": "x", "email": "x"}},
            "passwordPayload.email must be an email",
            id="no address",
        ),
        pytest.param(
            {"connection": "PASSCODE", "passCodePayload": {"passCode": "1"}}, "email or phone", id="nowhere sent"
        ),
        pytest.param(
            {
                "connection": "PASSWORD",
                "passwordPayload": {"password": "x", "username": "ada"},
                "profile": {"phone": NUMBER},
            },
            "options.phonePassCodeForInformationCompletion",
            id="phone without its code",
        ),
        pytest.param(
            {
                "connection": "PASSWORD",
                "passwordPayload": {"password": "x", "username": "ada"},
                "profile": {"gender": "W", "nickname": 1},
            },
            "profile.gender must be",
            id="profile of wrong types",
        ),
    ],
)  # fmt: skip
async def test_what_is_missing_or_wrong_is_named(
    http: aiohttp.ClientSession, body: Json, named: str
) -> None:
    answer = await sign_up(http, **body)
    assert answer["statusCode"] == 400
    assert named in answer["message"]


@pytest.mark.parametrize("call", ["signin", "signup"])
async def test_passwords_encrypted_with_sm2_are_loudly_not_imitated(
    http: aiohttp.ClientSession, call: str
) -> None:
    payload = {"username": "ada", "password": PASSWORD}
    options = {"passwordEncryptType": "sm2"}
    body = {"connection": "PASSWORD", "passwordPayload": payload, "options": options}
    answer = await post(http, f"/api/v3/{call}", {**APP, **body})
    assert answer["statusCode"] == 501
    assert "not imitated" in answer["message"]


async def test_sign_in_registers_who_is_new_as_sign_up_does(http: aiohttp.ClientSession) -> None:
    payload = {"phone": NUMBER, "passCode": await sent(http, "CHANNEL_LOGIN", NUMBER)}
    body: Json = {
        "connection": "PASSCODE",
        "passCodePayload": payload,
        "options": {"autoRegister": True},
    }
    assert (await post(http, "/api/v3/signin", {**APP, **body}))["statusCode"] == 200
    async with http.get("/_mock/users") as reply:
        [user] = (await reply.json())["users"]
    assert (user["phoneNumber"], user["phoneVerified"], user["loginsCount"]) == (NUMBER, True, 1)
    code = await sent(http, "CHANNEL_REGISTER", NUMBER)
    assert (await by_code(http, NUMBER, code))["apiCode"] == 2026
