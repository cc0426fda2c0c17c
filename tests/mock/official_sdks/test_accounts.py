"""The official Python SDKs, genauth and authing, as clients of the mock: signing in and up, and the tokens."""

from __future__ import annotations

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import (
    BACK,
    NUMBER,
    PASSWORD,
    SCOPE,
    Sdk,
    bound,
    client_of,
    code_for,
    refused,
    sent,
)


def test_a_phone_signs_in_by_code(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_LOGIN")
    data = alice.sign_in_by_phone_passcode(NUMBER, code, "+86", {"scope": SCOPE})["data"]
    assert data["expire_in"] == data["expires_in"] == 1_209_600
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
    assert refused(answer)[:2] == (403, 2006)


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


def test_an_id_token_is_verified_offline_with_the_published_keys(
    alice: Sdk, genauth: GenAuthServer
) -> None:
    """Where the app asks for RS256: the SDKs can verify no other algorithm offline."""
    genauth.settings(idTokenSignedResponseAlg="RS256")
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
    genauth.settings(tokenEndpointAuthMethod=method)
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
def test_an_authorization_code_is_exchanged_once(package: str, genauth: GenAuthServer) -> None:
    user = genauth.new_user(username="alice", password=PASSWORD)
    sdk = client_of(package, genauth, redirect_uri=BACK)
    genauth.settings(redirectUris=[BACK])
    code = code_for(genauth, "alice")
    tokens = sdk.get_access_token_by_code(code)
    assert sdk.get_user_info_by_access_token(tokens["access_token"])["sub"] == user.user_id
    assert sdk.get_access_token_by_code(code)["error"] == "invalid_grant"


@pytest.mark.parametrize("package", ["genauth", "authing"])
def test_an_authorization_code_that_nobody_was_given_is_refused(
    package: str, genauth: GenAuthServer
) -> None:
    sdk = client_of(package, genauth, redirect_uri=BACK)
    assert sdk.get_access_token_by_code("code")["error"] == "invalid_grant"
