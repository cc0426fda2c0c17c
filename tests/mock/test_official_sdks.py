"""The official Python SDKs, genauth and authing, as clients of the mock: the whole life of a phone, and the tokens."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from genauth_mock.deployment import Options
from genauth_mock.pytest_server import GenAuthServer
from genauth_mock.server import Running, running_in_thread
from mock_world import other_digits

NUMBER, OTHER = "18812348888", "18812349999"
PASSWORD = "correct-horse"
SCOPE = "openid profile phone username email offline_access"

Sdk = Any  # the SDKs have no types
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    """Give a server in its own thread: the SDKs block."""
    with running_in_thread() as server:
        yield server


@pytest.fixture
def genauth(served: Running) -> GenAuthServer:
    """Give an offline GenAuth as new, which answers in Chinese where nobody asks for a language."""
    with urlopen(Request(f"{served.url}/_mock/reset", method="POST")) as reply:  # noqa: S310 - our own server
        assert reply.status == 200
    return GenAuthServer(served.url, served.deployment.options.app_id)


@pytest.fixture(params=["genauth", "authing"])
def sdk(request: pytest.FixtureRequest, genauth: GenAuthServer) -> Sdk:
    """Give the official client of the app, with nobody signed in."""
    return client_of(request.param, genauth)


@pytest.fixture
def alice(sdk: Sdk, genauth: GenAuthServer) -> Sdk:
    """Give the official client with a user signed in by username and password."""
    genauth.new_user(username="alice", password=PASSWORD, email="alice@example.com")
    signed_in = sdk.sign_in_by_username_password("alice", PASSWORD, {"scope": SCOPE})
    sdk.set_access_token(signed_in["data"]["access_token"])
    return sdk


def client_of(package: str, genauth: GenAuthServer, **options: object) -> Sdk:
    """Make an official client."""
    named = {"app_id": genauth.app_id, "app_secret": Options().app_secret, **options}
    return importlib.import_module(package).AuthenticationClient(app_host=genauth.app_host, **named)


def sent(sdk: Sdk, genauth: GenAuthServer, channel: str, number: str = NUMBER) -> str:
    """Have a code sent by the SDK; give its digits."""
    assert sdk.send_sms(channel, number)["statusCode"] == 200
    return genauth.pass_code(number, channel)


def bound(sdk: Sdk, genauth: GenAuthServer, number: str = NUMBER) -> str:
    """Bind a phone with the SDK; give the code that did it."""
    code = sent(sdk, genauth, "CHANNEL_BIND_PHONE", number)
    answer: Answer = sdk.bind_phone(code, number, "+86")
    assert answer["statusCode"] == 200, answer
    return code


def refused(answer: Answer) -> tuple[int, int | None, str]:
    """Tell how an answer says no."""
    return answer["statusCode"], answer.get("apiCode"), answer["message"]


DEAD = (499, 2001, "验证码已失效，请重新获取验证码")


def test_a_phone_is_bound_and_shows_in_the_profile(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    profile = alice.get_profile()["data"]
    assert (profile["phone"], profile["phoneCountryCode"], profile["phoneVerified"]) == (
        NUMBER,
        "+86",
        True,
    )
    assert alice.get_security_level()["data"]["phoneBinded"] is True


def test_a_bind_without_country_code_is_one_of_mainland_china(
    alice: Sdk, genauth: GenAuthServer
) -> None:
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    assert alice.bind_phone(code, NUMBER)["statusCode"] == 200
    assert alice.get_profile()["data"]["phoneCountryCode"] == "+86"


def test_checking_a_code_beforehand_does_not_use_it_up(alice: Sdk, genauth: GenAuthServer) -> None:
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    payload = {"phone": NUMBER, "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    assert alice.pre_check_code("SMS", payload)["data"] == {"isValid": True}
    wrong = alice.pre_check_code("SMS", {**payload, "passCode": other_digits(code)})["data"]
    assert wrong["isValid"] is False
    assert alice.bind_phone(code, NUMBER)["statusCode"] == 200


def test_a_wrong_code_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    answer = alice.bind_phone(other_digits(code), NUMBER)
    assert refused(answer) == (499, 2001, "验证码不正确")
    assert "phone" not in alice.get_profile()["data"]


def test_a_used_code_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    code = bound(alice, genauth)
    assert alice.unbind_phone(sent(alice, genauth, "CHANNEL_UNBIND_PHONE"))["statusCode"] == 200
    assert refused(alice.bind_phone(code, NUMBER)) == DEAD


def test_an_expired_code_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    genauth.advance(60)
    assert refused(alice.bind_phone(code, NUMBER)) == DEAD


def test_a_number_that_another_user_has_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    genauth.new_user(phone_number=NUMBER)
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    assert refused(alice.bind_phone(code, NUMBER)) == (499, 1320004, "该手机号已被绑定")


def test_a_second_phone_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE", OTHER)
    assert "已经绑定了手机号" in alice.bind_phone(code, OTHER)["message"]


def test_a_second_message_within_a_minute_is_refused(sdk: Sdk, genauth: GenAuthServer) -> None:
    sent(sdk, genauth, "CHANNEL_BIND_PHONE")
    again = sdk.send_sms("CHANNEL_BIND_PHONE", NUMBER)
    assert refused(again)[:2] == (499, 4004)
    genauth.advance(60)
    assert sdk.send_sms("CHANNEL_BIND_PHONE", NUMBER)["statusCode"] == 200


def test_nobody_signed_in_binds_nothing(sdk: Sdk, genauth: GenAuthServer) -> None:
    code = sent(sdk, genauth, "CHANNEL_BIND_PHONE")
    assert refused(sdk.bind_phone(code, NUMBER))[:2] == (401, 2020)


@pytest.mark.parametrize("package", ["genauth", "authing"])
def test_english_is_spoken_where_the_sdk_asks_for_it(package: str, genauth: GenAuthServer) -> None:
    sdk = client_of(package, genauth, lang="en-US")
    assert "Not signed in" in sdk.get_profile()["message"]


def test_a_phone_is_unbound_with_a_code(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_UNBIND_PHONE")
    assert alice.unbind_phone(code)["statusCode"] == 200
    assert alice.get_profile()["data"]["phoneVerified"] is False


def test_a_phone_is_changed_by_codes_to_the_old_and_the_new_one(
    alice: Sdk, genauth: GenAuthServer
) -> None:
    bound(alice, genauth)
    payload = {
        "newPhoneNumber": OTHER,
        "newPhonePassCode": sent(alice, genauth, "CHANNEL_BIND_PHONE", OTHER),
        "oldPhoneNumber": NUMBER,
        "oldPhonePassCode": sent(alice, genauth, "CHANNEL_UNBIND_PHONE"),
    }
    allowed = alice.verify_update_phone_request(payload, "PHONE_PASSCODE")["data"]
    assert allowed["tokenExpiresIn"] == 60
    assert alice.update_phone(allowed["updatePhoneToken"])["statusCode"] == 200
    assert alice.get_profile()["data"]["phone"] == OTHER
    assert alice.update_phone(allowed["updatePhoneToken"])["statusCode"] != 200


def test_a_phone_signs_in_by_code(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_LOGIN")
    data = alice.sign_in_by_phone_passcode(NUMBER, code, "+86", {"scope": SCOPE})["data"]
    assert data["expire_in"] == data["expires_in"] == 7200
    alice.set_access_token(data["access_token"])
    assert alice.get_profile()["data"]["username"] == "alice"


def test_a_phone_that_nobody_has_is_registered_at_sign_in_where_asked(
    sdk: Sdk, genauth: GenAuthServer
) -> None:
    code = sent(sdk, genauth, "CHANNEL_LOGIN")
    options = {"scope": "openid phone", "autoRegister": True}
    data = sdk.sign_in_by_phone_passcode(NUMBER, code, options=options)["data"]
    sdk.set_access_token(data["access_token"])
    assert sdk.get_profile()["data"]["phone"] == NUMBER


def test_a_wrong_password_is_refused(alice: Sdk) -> None:
    answer = alice.sign_in_by_username_password("alice", "wrong")
    assert refused(answer)[:2] == (403, 2333)


@pytest.mark.parametrize("way", ["username", "email", "account"])
def test_a_password_signs_in_by_every_name(alice: Sdk, way: str) -> None:
    name = "alice@example.com" if way == "email" else "alice"
    answer = getattr(alice, f"sign_in_by_{way}_password")(name, PASSWORD)
    assert answer["statusCode"] == 200


def test_a_phone_signs_up_by_code(sdk: Sdk, genauth: GenAuthServer) -> None:
    code = sent(sdk, genauth, "CHANNEL_REGISTER")
    user = sdk.sign_up_by_phone_passcode(NUMBER, code, profile={"nickname": "Al"})["data"]
    assert (user["phone"], user["nickname"], user["phoneVerified"]) == (NUMBER, "Al", True)
    genauth.advance(60)
    again = sdk.sign_up_by_phone_passcode(NUMBER, sent(sdk, genauth, "CHANNEL_REGISTER"))
    assert refused(again)[:2] == (499, 2026)


def test_a_username_signs_up_by_password_and_in_again(sdk: Sdk) -> None:
    assert sdk.sign_up_by_username_password("bob", PASSWORD)["data"]["username"] == "bob"
    assert sdk.sign_in_by_username_password("bob", PASSWORD)["statusCode"] == 200
    assert refused(sdk.sign_up_by_username_password("bob", PASSWORD))[:2] == (499, 2034)


def test_an_id_token_is_verified_offline_with_the_published_keys(alice: Sdk) -> None:
    data = alice.sign_in_by_username_password("alice", PASSWORD, {"scope": SCOPE})["data"]
    claims = alice.introspect_token_offline(data["id_token"])
    assert (claims["username"], claims["email"]) == ("alice", "alice@example.com")
    assert alice.introspect_token_offline(data["access_token"])["sub"] == claims["sub"]


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("package", ["genauth", "authing"])
def test_tokens_are_refreshed_looked_into_and_revoked(
    package: str, method: str, genauth: GenAuthServer
) -> None:
    methods = dict.fromkeys(
        (f"{which}_endpoint_auth_method" for which in ("token", "introspection", "revocation")),
        method,
    )
    sdk = client_of(package, genauth, **methods)
    user = genauth.new_user(username="alice", password=PASSWORD)
    data = sdk.sign_in_by_username_password("alice", PASSWORD, {"scope": SCOPE})["data"]

    fresh = sdk.get_new_access_token_by_refresh_token(data["refresh_token"])
    assert fresh["refresh_token"] != data["refresh_token"]
    again = sdk.get_new_access_token_by_refresh_token(data["refresh_token"])
    assert again["error"] == "invalid_grant"

    seen = sdk.introspect_token(fresh["access_token"])
    assert (seen["active"], seen["sub"], seen["scope"]) == (True, user.user_id, SCOPE)
    assert sdk.get_user_info_by_access_token(fresh["access_token"])["username"] == "alice"
    assert sdk.revoke_token(fresh["access_token"]) is True
    assert sdk.introspect_token(fresh["access_token"]) == {"active": False}
    assert sdk.get_user_info_by_access_token(fresh["access_token"])["error"] == "invalid_token"
    sdk.set_access_token(fresh["access_token"])
    assert refused(sdk.get_profile())[:2] == (401, 2020)


def test_a_program_gets_a_token_that_is_no_user(sdk: Sdk, genauth: GenAuthServer) -> None:
    secret = Options().app_secret
    data = sdk.get_access_token_by_client_credentials("order:read", genauth.app_id, secret)
    assert (data["scope"], data["token_type"]) == ("order:read", "Bearer")
    assert "id_token" not in data
    assert "refresh_token" not in data
    sdk.set_access_token(data["access_token"])
    assert refused(sdk.get_profile())[:2] == (401, 2020)


def test_a_wrong_secret_is_refused(sdk: Sdk, genauth: GenAuthServer) -> None:
    answer = sdk.get_access_token_by_client_credentials("order:read", genauth.app_id, "wrong")
    assert answer["error"] == "invalid_client"


@pytest.mark.parametrize("package", ["genauth", "authing"])
def test_an_authorization_code_is_loudly_not_imitated(package: str, genauth: GenAuthServer) -> None:
    sdk = client_of(package, genauth, redirect_uri="https://app.example/callback")
    answer = sdk.get_access_token_by_code("code")
    assert answer["error_description"].startswith("not imitated: ")
