"""Signing in over HTTP: by pass code, and by password with any name of the account."""

from __future__ import annotations

import aiohttp
import pytest

from genauth_mock.engine import address
from genauth_mock.engine.sign_in import identifiers_of_account
from tests.mock.support.dispatcher import post
from tests.mock.support.http import NUMBER, SMS
from tests.mock.support.tokens import APP


async def test_sign_in_by_code_finds_the_owner_of_the_phone(http: aiohttp.ClientSession) -> None:
    made = await post(http, "/_mock/users", {"phoneNumber": NUMBER, "password": "secret-1"})
    await post(http, "/api/v3/send-sms", {**SMS, "channel": "CHANNEL_LOGIN"})
    async with http.get("/_mock/messages", params={"channel": "CHANNEL_LOGIN"}) as reply:
        code = (await reply.json())["messages"][0]["passCode"]
    payload = {"phone": NUMBER, "passCode": code}
    answer = await post(
        http,
        "/api/v3/signin",
        {
            **APP,
            "connection": "PASSCODE",
            "passCodePayload": payload,
            "options": {"scope": "openid profile"},
        },
    )
    session = answer["data"]
    assert session["token_type"].lower() == "bearer"
    assert session["expire_in"] == session["expires_in"] == 1_209_600
    async with http.get(
        "/api/v3/get-profile", headers={"authorization": session["access_token"]}
    ) as reply:
        profile = (await reply.json())["data"]
    assert profile["userId"] == made["userId"]
    assert "phone" not in profile, "the scope did not ask for it"


@pytest.mark.parametrize("named", ["account", "username", "email", "phone"])
async def test_sign_in_by_password_takes_any_name_of_the_account(
    http: aiohttp.ClientSession, named: str
) -> None:
    values = {"account": "dora", "username": "dora", "email": "Dora@example.com", "phone": NUMBER}
    body = {
        "username": "dora",
        "email": "dora@example.com",
        "phoneNumber": NUMBER,
        "password": "secret-1",
    }
    await post(http, "/_mock/users", body)
    payload = {named: values[named], "password": "secret-1"}
    answer = await post(
        http, "/api/v3/signin", {**APP, "connection": "PASSWORD", "passwordPayload": payload}
    )
    assert answer["statusCode"] == 200
    refused = {**APP, "connection": "PASSWORD", "passwordPayload": {**payload, "password": "wrong"}}
    told = 2333 if named == "account" else 2006
    assert (await post(http, "/api/v3/signin", refused))["apiCode"] == told


@pytest.mark.parametrize(("number", "code"), [("13812345678", "+86"), ("9" * 15, "+9999")])
def test_a_phone_is_named_by_its_number_in_full_however_long(number: str, code: str) -> None:
    key = address.phone(number, code).key
    assert f"phone:{key}" in identifiers_of_account(key)
