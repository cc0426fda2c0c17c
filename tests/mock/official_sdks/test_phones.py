"""The official Python SDKs, genauth and authing, as clients of the mock: the whole life of a phone."""

from __future__ import annotations

import pytest

from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import (
    NUMBER,
    OTHER,
    Sdk,
    bound,
    client_of,
    refused,
    sent,
)
from tests.mock.support.world import other_digits

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
    genauth.advance(300)
    assert refused(alice.bind_phone(code, NUMBER)) == DEAD


def test_a_number_that_another_user_has_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    genauth.new_user(phone_number=NUMBER)
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    assert refused(alice.bind_phone(code, NUMBER)) == (499, 1320004, "该手机号已被绑定")


def test_a_second_phone_is_refused(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE", OTHER)
    assert "已绑定手机号" in alice.bind_phone(code, OTHER)["message"]


def test_a_second_message_within_a_minute_is_refused(sdk: Sdk, genauth: GenAuthServer) -> None:
    sent(sdk, genauth, "CHANNEL_BIND_PHONE")
    again = sdk.send_sms("CHANNEL_BIND_PHONE", NUMBER)
    assert refused(again)[:2] == (422, 4004)
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
