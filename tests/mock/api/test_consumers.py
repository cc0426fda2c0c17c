"""What public clients of GenAuth branch on, held against the offline GenAuth; facts about them, no code of theirs."""

from __future__ import annotations

import aiohttp
import pytest

from tests.mock.support.http import Http

SMS = {"channel": "CHANNEL_LOGIN", "phoneNumber": "18812348888"}
NEVER_SENT = {"phone": "18812348888", "passCode": "271828"}
APP = {"x-genauth-app-id": "consumer"}


async def answered(http: aiohttp.ClientSession, path: str, body: object) -> dict[str, object]:
    """Post, and return the envelope."""
    async with http.post(path, json=body, headers=APP) as answer:
        return dict(await answer.json())


async def under(http: aiohttp.ClientSession, profile: str) -> None:
    """Have the app answer by a profile."""
    async with http.post("/_mock/settings", json={"profile": profile}, headers=APP) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("profile", ["default", "production-2024", "mobile-sdks"])
async def test_the_mfa_component_shows_its_hint_to_wait_on_422(http: Http, profile: str) -> None:
    """Source: authing-mfa-component@38dc788, send-sms: statusCode 422 is its own branch."""
    await under(http, profile)
    assert (await answered(http, "/api/v3/send-sms", SMS))["statusCode"] == 200
    assert (await answered(http, "/api/v3/send-sms", SMS))["statusCode"] == 422


def taken_for(told: dict[str, object]) -> str:
    """Return what the code of the write-up of 2026-02 makes of a refused signin."""
    if told["statusCode"] != 499:
        return "another refusal"
    return "code" if told.get("apiCode") == 2001 else "secret is missing"


@pytest.mark.parametrize(
    ("profile", "branch"),
    [("default", "code"), ("v2-captures", "secret is missing"), ("v2-list", "secret is missing")],
)
async def test_the_write_up_of_2026_takes_the_right_branch_where_codes_are_2001(
    http: Http, profile: str, branch: str
) -> None:
    """It takes every 499 without 2001 for a missing secret, so it is misled where a bad code has another apiCode."""
    await under(http, profile)
    body = {"connection": "PASSCODE", "passCodePayload": NEVER_SENT}
    assert taken_for(await answered(http, "/api/v3/signin", body)) == branch


@pytest.mark.parametrize("profile", ["default", "plain-http"])
async def test_the_mini_program_sdk_takes_a_revocation_for_done(http: Http, profile: str) -> None:
    """Source: authing-js-sdk@0025dae, miniapp: no envelope is looked for there; it takes 200 and 201 for done."""
    await under(http, profile)
    form = {"token": "unknown", "client_id": "consumer", "client_secret": "any"}
    async with http.post("/oidc/token/revocation", data=form, headers=APP) as answer:
        assert answer.status in (200, 201)
        assert b"statusCode" not in await answer.read()


async def test_mobile_sdks_read_a_code_that_is_there_on_success_as_zero_or_nothing(
    http: Http,
) -> None:
    """Source: authing-android-sdk, AuthResponse: HTTP 200 or 201, apiCode an int that may be absent."""
    await under(http, "plain-http")
    async with http.post("/api/v3/send-sms", json=SMS, headers=APP) as answer:
        assert answer.status == 201
        assert (await answer.json())["apiCode"] in (None, 0)


async def test_production_code_of_2024_hides_a_wrong_password_by_its_two_figures(
    http: Http,
) -> None:
    """Source: om-webserver@cf7aeab: 403 with 2006, and no other 403, must not name the password."""
    await under(http, "production-2024")
    user = {"username": "ada", "password": "a-secret"}
    async with http.post("/_mock/users", json=user, headers=APP) as made:
        assert made.status in (200, 201)
    payload = {"username": "ada", "password": "wrong"}
    told = await answered(
        http, "/api/v3/signin", {"connection": "PASSWORD", "passwordPayload": payload}
    )
    assert (told["statusCode"], told["apiCode"]) == (403, 2006)
