"""What each call puts on the wire, and what it makes of the answer; over every transport."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from aiogenauth import (
    AuthenticationClient,
    Channel,
    Confirmation,
    Envelope,
    InvalidArgument,
    PhoneUpdateGrant,
    UnexpectedAnswer,
    UserProfile,
    __version__,
)
from aiogenauth.configuration import AuthMethod
from sdk_world import CODE, NUMBER, PROFILE, TOKEN, Kind, Stage, answer, connected, http, raw

GRANT = {"updatePhoneToken": "up-1", "tokenExpiresIn": 60}
TOKENS = {"access_token": "at", "id_token": "it", "token_type": "bearer", "expire_in": 7200}
SECURITY = {
    "passwordSecurityLevel": 1,
    "mfaEnrolled": False,
    "passwordSet": True,
    "emailBinded": False,
    "phoneBinded": True,
    "securityScore": 80,
}
ANSWERS: dict[str, Any] = {
    "get-profile": PROFILE,
    "get-security-info": SECURITY,
    "pre-check-code": {"isValid": True},
    "verify-update-phone-request": GRANT,
    "signin": TOKENS,
}
PHONE = {"phoneNumber": NUMBER}
APP = {"client_id": "app-1"}

Do = Callable[[AuthenticationClient], Awaitable[object]]


def password(**name: str) -> dict[str, Any]:
    return {"connection": "PASSWORD", "passwordPayload": {**name, "password": "pw"}, **APP}


CALLS: dict[str, tuple[Do, str, dict[str, Any] | None]] = {
    "send_sms": (
        lambda c: c.send_sms("CHANNEL_BIND_PHONE", NUMBER, "+86"),
        "POST /api/v3/send-sms",
        {"channel": "CHANNEL_BIND_PHONE", **PHONE, "phoneCountryCode": "+86"},
    ),
    "send_sms by keyword": (
        lambda c: c.send_sms(channel=Channel.LOGIN, phone_number=NUMBER),
        "POST /api/v3/send-sms",
        {"channel": "CHANNEL_LOGIN", **PHONE},
    ),
    "bind_phone in the official order": (
        lambda c: c.bind_phone(CODE, NUMBER, "+86"),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, **PHONE, "phoneCountryCode": "+86"},
    ),
    "bind_phone by keyword": (
        lambda c: c.bind_phone(phone_number=NUMBER, pass_code=CODE),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, **PHONE},
    ),
    "bind_phone of a whole number": (
        lambda c: c.bind_phone(CODE, "+44 7911 123456"),
        "POST /api/v3/bind-phone",
        {"passCode": CODE, "phoneNumber": "7911123456", "phoneCountryCode": "+44"},
    ),
    "unbind_phone": (
        lambda c: c.unbind_phone(CODE),
        "POST /api/v3/unbind-phone",
        {"passCode": CODE},
    ),
    "verify_update_phone_request": (
        lambda c: c.verify_update_phone_request(
            {
                "newPhoneNumber": "+8613800138000",
                "newPhonePassCode": CODE,
                "oldPhoneNumber": NUMBER,
                "oldPhonePassCode": "1234",
                "oldPhoneCountryCode": None,
            },
            "PHONE_PASSCODE",
        ),
        "POST /api/v3/verify-update-phone-request",
        {
            "verifyMethod": "PHONE_PASSCODE",
            "phonePassCodePayload": {
                "newPhoneNumber": "13800138000",
                "newPhonePassCode": CODE,
                "newPhoneCountryCode": "+86",
                "oldPhoneNumber": NUMBER,
                "oldPhonePassCode": "1234",
            },
        },
    ),
    "verify_update_phone_request of a first number": (
        lambda c: c.verify_update_phone_request(
            verify_method="PHONE_PASSCODE",
            phone_pass_code_payload={"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},
        ),
        "POST /api/v3/verify-update-phone-request",
        {
            "verifyMethod": "PHONE_PASSCODE",
            "phonePassCodePayload": {"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},
        },
    ),
    "update_phone": (
        lambda c: c.update_phone("up-1"),
        "POST /api/v3/update-phone",
        {"updatePhoneToken": "up-1"},
    ),
    "update_phone with what the request for it returned": (
        lambda c: c.update_phone(PhoneUpdateGrant("up-1", 60, new_phone="+8613800138000")),
        "POST /api/v3/update-phone",
        {"updatePhoneToken": "up-1"},
    ),
    "pre_check_code of a text": (
        lambda c: c.pre_check_code(
            "SMS", {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"}
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "SMS",
            "smsCodePayload": {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"},
        },
    ),
    "pre_check_code of a foreign text": (
        lambda c: c.pre_check_code(
            "SMS", {"phone": "+447911123456", "passCode": CODE, "channel": Channel.LOGIN}
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "SMS",
            "smsCodePayload": {
                "phone": "7911123456",
                "passCode": CODE,
                "channel": "CHANNEL_LOGIN",
                "phoneCountryCode": "+44",
            },
        },
    ),
    "pre_check_code of a mail": (
        lambda c: c.pre_check_code(
            code_type="EMAIL",
            email_code_payload={"email": "a@b.c", "passCode": CODE, "channel": "CHANNEL_LOGIN"},
        ),
        "POST /api/v3/pre-check-code",
        {
            "codeType": "EMAIL",
            "emailCodePayload": {"email": "a@b.c", "passCode": CODE, "channel": "CHANNEL_LOGIN"},
        },
    ),
    "get_profile": (lambda c: c.get_profile(), "GET /api/v3/get-profile", None),
    "get_profile with more": (
        lambda c: c.get_profile(True, with_identities=False),  # noqa: FBT003 - as the official SDK takes it
        "GET /api/v3/get-profile?withCustomData=true&withIdentities=false",
        None,
    ),
    "get_security_level": (
        lambda c: c.get_security_level(),
        "GET /api/v3/get-security-info",
        None,
    ),
    "sign_in_by_username_password": (
        lambda c: c.sign_in_by_username_password("ann", "pw", {"scope": "openid", "x": None}),
        "POST /api/v3/signin",
        {**password(username="ann"), "options": {"scope": "openid"}},
    ),
    "sign_in_by_email_password": (
        lambda c: c.sign_in_by_email_password(email="a@b.c", password="pw"),
        "POST /api/v3/signin",
        password(email="a@b.c"),
    ),
    "sign_in_by_phone_password": (
        lambda c: c.sign_in_by_phone_password("188 1234-8888", "pw"),
        "POST /api/v3/signin",
        password(phone=NUMBER),
    ),
    "sign_in_by_phone_password of a whole number": (
        lambda c: c.sign_in_by_phone_password("+8618812348888", "pw"),
        "POST /api/v3/signin",
        password(phone=NUMBER),
    ),
    "sign_in_by_account_password": (
        lambda c: c.sign_in_by_account_password("ann", "pw"),
        "POST /api/v3/signin",
        password(account="ann"),
    ),
    "sign_in_by_phone_passcode": (
        lambda c: c.sign_in_by_phone_passcode(NUMBER, CODE, "+86", {"scope": "openid"}),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"passCode": CODE, "phone": NUMBER, "phoneCountryCode": "+86"},
            "options": {"scope": "openid"},
            **APP,
        },
    ),
    "sign_in_by_phone_passcode without more": (
        lambda c: c.sign_in_by_phone_passcode(phone=NUMBER, pass_code=CODE),
        "POST /api/v3/signin",
        {
            "connection": "PASSCODE",
            "passCodePayload": {"passCode": CODE, "phone": NUMBER},
            **APP,
        },
    ),
    "request": (
        lambda c: c.request("post", "/api/v3/update-profile", json={"nickname": "Ann"}),
        "POST /api/v3/update-profile",
        {"nickname": "Ann"},
    ),
    "request without a body": (
        lambda c: c.request("POST", "/api/v3/logout"),
        "POST /api/v3/logout",
        {},
    ),
    "request of a read": (
        lambda c: c.request("GET", "/api/v3/get-my-login-history", params={"page": "2"}),
        "GET /api/v3/get-my-login-history?page=2",
        None,
    ),
    "request of a read with a query in its path": (
        lambda c: c.request("GET", "/api/v3/x?a=1&a=2", params={"b": "3 +"}),
        "GET /api/v3/x?a=1&a=2&b=3+%2B",
        None,
    ),
}


@pytest.mark.parametrize("name", CALLS)
async def test_every_call_says_what_the_reference_asks_for(
    client: AuthenticationClient, stage: Stage, name: str
) -> None:
    do, line, body = CALLS[name]
    stage.script = {path: [answer(data)] for path, data in ANSWERS.items()}
    await do(client)
    [request] = stage.received
    assert f"{request.method} {request.path}" == line
    assert (request.json if request.body else None) == body


async def test_headers_are_those_of_the_official_sdk(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind, lang="en-US", real_ip="203.0.113.7") as client:
        await client.bind_phone(CODE, NUMBER)
    headers = stage.received[0].headers
    assert headers["x-genauth-app-id"] == "app-1"
    assert headers["x-genauth-lang"] == "en-US"
    assert headers["x-genauth-request-from"] == "sdk"
    assert headers["x-genauth-sdk-version"] == f"aiogenauth:{__version__}"
    assert headers["x-real-ip"] == "203.0.113.7"
    assert headers["authorization"] == TOKEN
    assert headers["content-type"] == "application/json"


async def test_what_was_not_set_is_not_sent(client: AuthenticationClient, stage: Stage) -> None:
    await client.bind_phone(CODE, NUMBER)
    headers = stage.received[0].headers
    assert not {"x-genauth-lang", "x-real-ip", "cookie"} & set(headers)


async def test_the_token_may_travel_as_bearer(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind, authorization_scheme="bearer") as client:
        await client.bind_phone(CODE, NUMBER)
    assert stage.received[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("method", "header", "fields"),
    [
        ("client_secret_post", None, {"client_id": "app-1", "client_secret": "s3cret"}),
        ("client_secret_basic", "Basic YXBwLTE6czNjcmV0", {}),
        ("none", None, {}),
    ],
)
async def test_sign_in_proves_the_app_as_configured_and_sends_no_user_token(
    stage: Stage, kind: Kind, method: AuthMethod, header: str | None, fields: dict[str, str]
) -> None:
    stage.on("signin", answer(TOKENS))
    async with connected(
        stage.url, kind, app_secret="s3cret", token_endpoint_auth_method=method
    ) as client:
        await client.sign_in_by_account_password("ann", "pw")
    [request] = stage.received
    assert request.headers.get("authorization") == header
    assert {key: value for key, value in request.json.items() if "client" in key} == fields


@pytest.mark.parametrize("spelling", ["expire_in", "expires_in"])
async def test_both_spellings_of_a_tokens_life_are_read(
    stage: Stage, kind: Kind, spelling: str
) -> None:
    tokens = {"access_token": "at", "token_type": "bearer", spelling: 7200, "expires_at": 5}
    stage.on("signin", answer(tokens))
    async with connected(stage.url, kind) as client:
        signed_in = await client.sign_in_by_account_password("ann", "pw")
    assert signed_in.expires_in == 7200
    assert signed_in.expires_at is not None
    assert signed_in.request_id == "r-1"


async def test_tokens_that_are_missing_are_an_unexpected_answer(stage: Stage, kind: Kind) -> None:
    stage.on("signin", answer())
    async with connected(stage.url, kind) as client:
        with pytest.raises(UnexpectedAnswer, match="tokens"):
            await client.sign_in_by_account_password("ann", "pw")


async def test_success_may_carry_codes(client: AuthenticationClient, stage: Stage) -> None:
    for code in (0, 20001):
        stage.on("bind-phone", answer(apiCode=code))
        assert await client.bind_phone(CODE, NUMBER) == Confirmation("r-1", "操作成功")


async def test_http_201_is_success_too(client: AuthenticationClient, stage: Stage) -> None:
    stage.on("bind-phone", answer(status=201))
    assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "answer"


async def test_request_gives_data_a_shape_or_the_whole_envelope(
    client: AuthenticationClient, stage: Stage
) -> None:
    stage.on("get-profile", answer(PROFILE))
    path = "/api/v3/get-profile"
    assert await client.request("GET", path) == PROFILE
    assert (await client.request("GET", path, cast_to=UserProfile)).phone == NUMBER
    assert (await client.request("GET", path, cast_to=Envelope)).request_id == "r-1"
    assert await client.request("GET", path, cast_to=dict[str, object]) == PROFILE
    with pytest.raises(UnexpectedAnswer):
        await client.request("GET", path, cast_to=list[str])


async def test_oidc_calls_take_a_form_and_answer_bare(
    client: AuthenticationClient, stage: Stage
) -> None:
    stage.on("token", raw(http(b'{"access_token": "at"}')))
    form = {"grant_type": "refresh_token", "refresh_token": "r t"}
    assert await client.request("POST", "/oidc/token", form=form) == {"access_token": "at"}
    [request] = stage.received
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.body == b"grant_type=refresh_token&refresh_token=r+t"


async def test_an_oidc_refusal_is_an_error_too(client: AuthenticationClient, stage: Stage) -> None:
    body = b'{"error": "invalid_client", "error_description": "no secret given"}'
    stage.on("token", raw(http(body, 400)))
    with pytest.raises(InvalidArgument, match="no secret given"):
        await client.request("POST", "/oidc/token", form={"grant_type": "x"})
