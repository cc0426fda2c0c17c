"""Every method of the official Python SDK about accounts, sign-ins, tokens and further proofs, against the mock."""

from __future__ import annotations

import time
from base64 import b32decode
from typing import Any

import pyotp

from genauth_mock.runtime.options import Options
from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import (
    BACK,
    MAIL,
    NUMBER,
    OTHER,
    OTHER_MAIL,
    PASSWORD,
    PROVIDERS,
    SCOPE,
    Make,
    Sdk,
    code_for,
    good,
    mailed,
    sent,
)


def test_an_account_is_made_in_every_way(make: Make, genauth: GenAuthServer) -> None:
    sdk = make()
    good(sdk.sign_up_by_username_password("one", PASSWORD))
    good(sdk.sign_up_by_email_password("two@example.com", PASSWORD))
    code = mailed(sdk, genauth, "CHANNEL_REGISTER", "three@example.com")
    good(sdk.sign_up_by_email_passcode("three@example.com", code))
    code = sent(sdk, genauth, "CHANNEL_REGISTER")
    good(sdk.sign_up_by_phone_passcode(NUMBER, code, "+86"))
    good(sdk.sign_up("PASSWORD", {"username": "five", "password": PASSWORD}))


def test_a_user_signs_in_in_every_way(make: Make, genauth: GenAuthServer) -> None:
    make(username="bob", password=PASSWORD, email=MAIL, phone_number=NUMBER)
    genauth.settings(extIdps=PROVIDERS)
    sdk = make()
    good(sdk.sign_in_by_username_password("bob", PASSWORD))
    good(sdk.sign_in_by_account_password("bob", PASSWORD))
    good(sdk.sign_in_by_email_password(MAIL, PASSWORD))
    good(sdk.sign_in_by_phone_password(NUMBER, PASSWORD))
    named = {"username": "bob", "password": PASSWORD}
    assert sdk.sign_in_by_credentials("PASSWORD", named)["statusCode"] == 499  # it sends no secret
    proof = {"client_id": genauth.app_id, "client_secret": Options().app_secret}
    good(sdk.sign_in_by_credentials("PASSWORD", named, **proof))
    login = "CHANNEL_LOGIN"
    good(sdk.sign_in_by_phone_passcode(NUMBER, sent(sdk, genauth, login), "+86"))
    good(sdk.sign_in_by_email_passcode(MAIL, mailed(sdk, genauth, login, MAIL)))
    good(sdk.sign_in_by_ldap("bob", PASSWORD))
    good(sdk.sign_in_by_ad("bob", PASSWORD))
    good(sdk.sign_in_by_mobile("wx", "wechat", wechat_payload={"code": "code-1"}))


def test_tokens_are_had_and_looked_into(make: Make, genauth: GenAuthServer) -> None:
    make(username="bob", password=PASSWORD)
    sdk = make()
    genauth.settings(redirectUris=[BACK])
    tokens = good(sdk.get_access_token_by_code(code_for(genauth, "bob")))
    assert good(sdk.get_user_info_by_access_token(tokens["access_token"]))["sub"]
    given = good(sdk.sign_in_by_username_password("bob", PASSWORD, {"scope": SCOPE}))
    fresh = good(sdk.get_new_access_token_by_refresh_token(given["refresh_token"]))
    assert good(sdk.introspect_token(fresh["access_token"]))["active"] is True
    assert sdk.revoke_token(fresh["access_token"]) is True
    secret = Options().app_secret
    good(sdk.get_access_token_by_client_credentials("read", genauth.app_id, secret))
    assert sdk.verify_mfa_token("sent by nobody")["error"] == "invalid_request"  # it sends nothing


def test_an_address_is_bound_changed_and_unbound(ada: Sdk, genauth: GenAuthServer) -> None:
    bind, unbind = "CHANNEL_BIND_EMAIL", "CHANNEL_UNBIND_EMAIL"
    good(ada.bind_email(mailed(ada, genauth, bind, MAIL), MAIL))
    payload = {
        "newEmail": OTHER_MAIL,
        "newEmailPassCode": mailed(ada, genauth, "CHANNEL_UPDATE_EMAIL", OTHER_MAIL),
        "oldEmail": MAIL,
        "oldEmailPassCode": mailed(ada, genauth, "CHANNEL_UPDATE_EMAIL", MAIL),
    }
    allowed = good(ada.verify_update_email_request(payload, "EMAIL_PASSCODE"))
    good(ada.update_email(allowed["updateEmailToken"]))
    good(ada.unbind_email(mailed(ada, genauth, unbind, OTHER_MAIL)))


def test_a_number_is_bound_changed_and_unbound(ada: Sdk, genauth: GenAuthServer) -> None:
    code = sent(ada, genauth, "CHANNEL_BIND_PHONE")
    payload = {"phone": NUMBER, "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    assert good(ada.pre_check_code("SMS", payload))["isValid"] is True
    good(ada.bind_phone(code, NUMBER, "+86"))
    change = {
        "newPhoneNumber": OTHER,
        "newPhonePassCode": sent(ada, genauth, "CHANNEL_BIND_PHONE", OTHER),
        "oldPhoneNumber": NUMBER,
        "oldPhonePassCode": sent(ada, genauth, "CHANNEL_UNBIND_PHONE"),
    }
    allowed = good(ada.verify_update_phone_request(change, "PHONE_PASSCODE"))
    good(ada.update_phone(allowed["updatePhoneToken"]))
    genauth.advance(60)
    good(ada.unbind_phone(sent(ada, genauth, "CHANNEL_UNBIND_PHONE", OTHER)))


def test_an_account_is_looked_after_and_deleted(make: Make, genauth: GenAuthServer) -> None:
    sdk = make(username="bob", password=PASSWORD, phone_number=NUMBER)
    assert good(sdk.update_profile(nickname="Bo"))["nickname"] == "Bo"
    assert good(sdk.get_profile())["username"] == "bob"
    assert good(sdk.get_security_level())["passwordSet"] is True
    good(sdk.update_password("another-horse", PASSWORD))
    proof = {
        "phoneNumber": NUMBER,
        "passCode": sent(sdk, genauth, "CHANNEL_RESET_PASSWORD"),
    }
    reset = good(sdk.verify_reset_password_request("PHONE_PASSCODE", proof))
    good(sdk.reset_password(PASSWORD, reset["passwordResetToken"]))
    sdk.set_access_token(good(sdk.sign_in_by_username_password("bob", PASSWORD))["access_token"])
    proof = {
        "phoneNumber": NUMBER,
        "passCode": sent(sdk, genauth, "CHANNEL_DELETE_ACCOUNT"),
    }
    allowed = good(sdk.verify_delete_account_request("PHONE_PASSCODE", proof))
    good(sdk.delete_account(allowed["deleteAccountToken"]))


def test_codes_of_pyotp_are_those_of_a_factor(ada: Sdk) -> None:
    """PyOTP reads the URI as an authenticator app reads its picture."""
    assert {each["factorType"] for each in good(ada.list_factors_to_enroll())["list"]} >= {"OTP"}
    begun = good(ada.send_enroll_factor_request({}, "OTP"))
    app: Any = pyotp.parse_uri(begun["otpData"]["qrCodeUri"])
    assert b32decode(app.secret)
    good(ada.enroll_factor({"passCode": app.now()}, begun["enrollmentToken"], "OTP"))
    [factor] = good(ada.list_enrolled_factors())["list"]
    assert good(ada.get_factor(factor["factorId"]))["factorType"] == "OTP"
    next_code = app.at(int(time.time()), counter_offset=1)  # that of now was used
    for is_fresh in (True, False):
        assert good(ada.mfa_otp_verify(next_code))["verified"] is is_fresh
    good(ada.reset_factor(factor["factorId"]))
