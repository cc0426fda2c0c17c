"""The official Python SDKs as clients of the mock: the profile, a forgotten password, the end of an account."""

from __future__ import annotations

from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import NUMBER, PASSWORD, Sdk, bound, refused, sent


def test_a_profile_is_changed(alice: Sdk) -> None:
    changed = alice.update_profile(nickname="Al", gender="F", custom_data={"team": "blue"})
    assert changed["data"]["nickname"] == "Al"
    profile = alice.get_profile(with_custom_data=True)["data"]
    assert (profile["gender"], profile["customData"]) == ("F", {"team": "blue"})


def test_a_forgotten_password_is_replaced(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_RESET_PASSWORD")
    proof = {"phoneNumber": NUMBER, "passCode": code}
    token = alice.verify_reset_password_request("PHONE_PASSCODE", proof)["data"]
    assert alice.reset_password("another-horse", token["passwordResetToken"])["data"]["success"]
    assert alice.sign_in_by_username_password("alice", "another-horse")["statusCode"] == 200
    assert refused(alice.sign_in_by_username_password("alice", PASSWORD))[:2] == (403, 2006)


def test_an_account_is_deleted(alice: Sdk, genauth: GenAuthServer) -> None:
    bound(alice, genauth)
    code = sent(alice, genauth, "CHANNEL_DELETE_ACCOUNT")
    proof = {"phoneNumber": NUMBER, "passCode": code}
    data = alice.verify_delete_account_request("PHONE_PASSCODE", proof)["data"]
    assert data["tokenExpiresIn"] == 60
    assert alice.delete_account(data["deleteAccountToken"])["data"] == {"success": True}
    assert refused(alice.get_profile())[:2] == (401, 2020)
