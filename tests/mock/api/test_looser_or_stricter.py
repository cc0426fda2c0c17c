"""The table "Looser or stricter than GenAuth" in docs/mock.md: each row as it is, and made strict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from genauth_mock.api.oidc_clients import NOT_BASIC
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.testing.in_process import InProcessGenAuth

SMS = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
NAMED = {"x-genauth-app-id": "only-named"}
BY_PASSWORD = {
    "connection": "PASSWORD",
    "passwordPayload": {"username": "ada", "password": "a-secret"},
}
Answer = dict[str, Any]


async def post(
    genauth: InProcessGenAuth, call: str, body: object, headers: dict[str, str] | None = None
) -> Answer:
    """Make a call, and return its envelope."""
    sent = json.dumps(body).encode()
    reply = await genauth.answer(HttpRequest("POST", f"/api/v3/{call}", {}, headers or {}, sent))
    answer: Answer = json.loads(reply.body)
    return answer


async def test_an_app_is_made_on_first_use_or_refused() -> None:
    assert (await post(InProcessGenAuth(), "send-sms", SMS, NAMED))["statusCode"] == 200
    refused = await post(InProcessGenAuth(Options(strict_apps=True)), "send-sms", SMS, NAMED)
    assert (refused["statusCode"], refused["apiCode"]) == (499, 2011)


async def test_an_app_that_was_only_named_takes_any_secret_and_one_with_a_secret_none_but_it() -> (
    None
):
    genauth = InProcessGenAuth()
    await genauth.new_user(username="ada", password="a-secret")
    asked = await post(genauth, "signin", BY_PASSWORD)
    assert asked["statusCode"] == 499
    assert "token_endpoint_auth_method" in asked["message"]
    secret = {"client_id": genauth.app_id, "client_secret": genauth.app_secret}
    assert (await post(genauth, "signin", {**BY_PASSWORD, **secret}))["statusCode"] == 200
    await genauth.settings(token_endpoint_auth_method="none")
    assert (await post(genauth, "signin", BY_PASSWORD))["statusCode"] == 200


async def test_a_day_and_a_second_have_no_limit_until_one_is_set() -> None:
    genauth = InProcessGenAuth()
    await genauth.settings(resend_gap_seconds=0)
    for _ in range(20):
        assert (await post(genauth, "send-sms", SMS))["statusCode"] == 200
    await genauth.settings(daily_send_limit=1)
    assert "最大上限" in (await post(genauth, "send-sms", SMS))["message"]
    await genauth.settings(requests_per_second=1)
    said = [(await post(genauth, "send-sms", SMS))["statusCode"] for _ in range(3)]
    assert said[-1] == 429


async def test_a_sign_in_wants_no_further_proof_and_no_captcha_until_told_so() -> None:
    genauth = InProcessGenAuth()
    await genauth.new_user(username="ada", password="a-secret", phone_number="18812348888")
    body = {**BY_PASSWORD, "client_id": genauth.app_id, "client_secret": genauth.app_secret}
    assert (await post(genauth, "signin", body))["statusCode"] == 200
    await genauth.settings(mfa_at_sign_in="always")
    assert (await post(genauth, "signin", body))["apiCode"] in (1635, 1636)
    await genauth.inject(route="signin", status_code=403, api_code=2000)
    assert (await post(genauth, "signin", body))["apiCode"] == 2000


async def test_any_number_is_texted_until_a_fault_refuses_it() -> None:
    genauth = InProcessGenAuth()
    abroad = {**SMS, "phoneNumber": "2025550123", "phoneCountryCode": "+1"}
    assert (await post(genauth, "send-sms", abroad))["statusCode"] == 200
    await genauth.inject(route="send-sms", outcome="INVALID_ARGUMENT")
    assert (await post(genauth, "send-sms", SMS))["statusCode"] == 400


@pytest.mark.parametrize("number", ["8618812348888", "008618812348888", "+8618812348888"])
async def test_a_number_with_its_own_country_calling_code_is_refused(number: str) -> None:
    refused = await post(InProcessGenAuth(), "send-sms", {**SMS, "phoneNumber": number})
    assert refused["statusCode"] == 400


async def test_a_call_that_names_no_app_is_one_of_the_default_app() -> None:
    genauth = InProcessGenAuth(Options(strict_apps=True))
    assert (await post(genauth, "send-sms", SMS))["statusCode"] == 200
    [sent] = await genauth.requests()
    assert sent["appId"] == genauth.app_id


async def test_a_token_of_a_user_beside_an_app_that_proves_itself_is_passed_over_and_told() -> None:
    """The official Node SDK sends one along."""
    genauth = InProcessGenAuth()
    asked = {"client_id": genauth.app_id, "client_secret": genauth.app_secret, "token": "made-up"}
    for headers, told in (({}, None), ({"authorization": "of-a-user"}, {"real": NOT_BASIC})):
        sent = urlencode(asked).encode()
        ask = HttpRequest("POST", "/oidc/token/introspection", {}, headers, sent)
        assert json.loads((await genauth.answer(ask)).body) == {"active": False}
        assert (await genauth.requests())[-1]["why"] == told


async def test_a_call_that_is_not_imitated_is_501() -> None:
    """`tests/mock/control/test_answers.py` gives it an answer."""
    genauth = InProcessGenAuth()
    asked = HttpRequest("GET", "/api/v3/get-alipay-authinfo", {}, {}, b"")
    assert (await genauth.answer(asked)).status == 501


def test_the_table_has_a_row_for_each() -> None:
    page = (Path(__file__).parents[3] / "docs/mock.md").read_text("utf-8")
    table = page.partition("## Looser or stricter than GenAuth")[2].partition("\n## ")[0]
    for way_out in (
        "--strict-apps", "tokenEndpointAuthMethod", "allowedOrigins", "dailySendLimit",
        "requestsPerSecond", "mfaAtSignIn", "captcha", "INVALID_ARGUMENT", "every profile",
        "8618812348888", "/_mock/answers", "x-genauth-app-id", "redirectUris", "offline_access",
        "Basic",
    ):  # fmt: skip
        assert way_out in table, way_out
