"""Every method of the official Python SDK, genauth, runs against the offline GenAuth: none is a 501, all are read.

The methods are those that the package has. Each stands in a story or in a list below; one that is in neither fails.
"""

from __future__ import annotations

import ast
import inspect
from base64 import b32decode
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks import support
from tests.mock.official_sdks.support import (
    BACK,
    NUMBER,
    OTHER,
    PASSWORD,
    SCOPE,
    Sdk,
    client_of,
    code_for,
    sent,
)

Json = dict[str, Any]

LOCAL = {
    *("set_access_token", "build_authorize_url", "build_logout_url"),
    *("generate_code_challenge", "generate_code_challenge_digest"),
}
"""What makes no call."""

IN_OTHER_TESTS = {
    "introspect_token_offline": "tests/mock/official_sdks/test_accounts.py",
    "sub_event": "its client ends in a thread that nobody can join; the WebSocket has tests of its own",
    "validate_ticket_v1": "reads a text as JSON, whatever server it asks",
    "remove_credential": "posts to a path with {credentialID} in it, as it is written",
}
"""What is not called here, and why."""

MAIL, OTHER_MAIL = "alice@example.com", "alice@example.org"
APP, SECRET = "wx-app", "secret-of-wx"
PROVIDERS = [
    {
        "identifier": "wx",
        "type": "wechat",
        "appId": APP,
        "appSecret": SECRET,
        "accounts": [
            {"userIdInIdp": "o-1", "code": "code-1", "username": "bob", "data": {"city": "Wuhan"}},
            *({"userIdInIdp": f"o-{n}", "code": f"code-{n}"} for n in range(2, 9)),
        ],
    },
    {"identifier": "pay", "type": "alipay", "authInfo": "app_id=1"},
    *(
        {
            "identifier": kind,
            "type": kind,
            "accounts": [{"userIdInIdp": "bob", "password": PASSWORD, "username": "bob"}],
        }
        for kind in ("ldap", "ad")
    ),
]


def good(answer: object) -> Json:
    """Return what a call gives; it must have answered as a success does."""
    assert isinstance(answer, dict), answer
    found = cast("Json", answer)
    assert found.get("statusCode", 200) == 200, found
    assert "error" not in found, found
    data = found.get("data", found)
    return data if isinstance(data, dict) else {"list": data}


Make = Callable[..., Sdk]
"""Makes a client: signed in as a user who is made with the fields that are named, or as nobody."""


@pytest.fixture
def make(genauth: GenAuthServer) -> Make:
    """Give what makes clients."""

    def made(**fields: object) -> Sdk:
        client = client_of("genauth", genauth, redirect_uri=BACK)
        if fields:
            client.set_access_token(genauth.new_user(**fields).access_token)
        return client

    return made


@pytest.fixture
def alice(make: Make) -> Sdk:
    """Give a client signed in as a user with a password."""
    return make(username="alice", password=PASSWORD)


def mailed(sdk: Sdk, genauth: GenAuthServer, channel: str, email: str) -> str:
    """Have a code mailed; give its digits."""
    good(sdk.send_email(channel, email))
    return genauth.pass_code(email, channel)


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
    good(sdk.sign_in_by_credentials("PASSWORD", {"username": "bob", "password": PASSWORD}))
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


def test_an_address_is_bound_changed_and_unbound(alice: Sdk, genauth: GenAuthServer) -> None:
    bind, unbind = "CHANNEL_BIND_EMAIL", "CHANNEL_UNBIND_EMAIL"
    good(alice.bind_email(mailed(alice, genauth, bind, MAIL), MAIL))
    payload = {
        "newEmail": OTHER_MAIL,
        "newEmailPassCode": mailed(alice, genauth, "CHANNEL_UPDATE_EMAIL", OTHER_MAIL),
        "oldEmail": MAIL,
        "oldEmailPassCode": mailed(alice, genauth, "CHANNEL_UPDATE_EMAIL", MAIL),
    }
    allowed = good(alice.verify_update_email_request(payload, "EMAIL_PASSCODE"))
    good(alice.update_email(allowed["updateEmailToken"]))
    good(alice.unbind_email(mailed(alice, genauth, unbind, OTHER_MAIL)))


def test_a_number_is_bound_changed_and_unbound(alice: Sdk, genauth: GenAuthServer) -> None:
    code = sent(alice, genauth, "CHANNEL_BIND_PHONE")
    payload = {"phone": NUMBER, "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    assert good(alice.pre_check_code("SMS", payload))["isValid"] is True
    good(alice.bind_phone(code, NUMBER, "+86"))
    change = {
        "newPhoneNumber": OTHER,
        "newPhonePassCode": sent(alice, genauth, "CHANNEL_BIND_PHONE", OTHER),
        "oldPhoneNumber": NUMBER,
        "oldPhonePassCode": sent(alice, genauth, "CHANNEL_UNBIND_PHONE"),
    }
    allowed = good(alice.verify_update_phone_request(change, "PHONE_PASSCODE"))
    good(alice.update_phone(allowed["updatePhoneToken"]))
    genauth.advance(60)
    good(alice.unbind_phone(sent(alice, genauth, "CHANNEL_UNBIND_PHONE", OTHER)))


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


def test_codes_of_pyotp_are_those_of_a_factor(alice: Sdk) -> None:
    """PyOTP reads the URI as an authenticator app reads its picture."""
    assert {each["factorType"] for each in good(alice.list_factors_to_enroll())["list"]} >= {"OTP"}
    begun = good(alice.send_enroll_factor_request({}, "OTP"))
    app = pyotp.parse_uri(begun["otpData"]["qrCodeUri"])
    assert isinstance(app, pyotp.TOTP)
    assert b32decode(app.secret)
    good(alice.enroll_factor({"passCode": app.now()}, begun["enrollmentToken"], "OTP"))
    [factor] = good(alice.list_enrolled_factors())["list"]
    assert good(alice.get_factor(factor["factorId"]))["factorType"] == "OTP"
    assert good(alice.mfa_otp_verify(app.now()))["verified"] in (True, False)
    good(alice.reset_factor(factor["factorId"]))


def test_a_qr_code_a_push_and_a_fast_pass_sign_in(alice: Sdk, make: Make) -> None:
    browser = make()
    code = good(browser.gene_qr_code("MOBILE_APP"))["qrcodeId"]
    for action in ("SCAN", "CONFIRM"):
        good(alice.change_qr_code_status(action, code))
    ticket = good(browser.check_qr_code_status(code))["ticket"]
    good(browser.exchange_token_set_with_qr_code_ticket(ticket))
    pushed = good(browser.sign_in_by_push("alice"))["pushCodeId"]
    good(browser.get_push_login_relation_apps("app", pushed))
    good(alice.change_push_code_status("CONFIRM", pushed))
    assert good(browser.check_push_code_status(pushed))["tokenSet"]["access_token"]
    shown = good(alice.gene_fastpass_qrcode_info({}))["qrcodeId"]
    good(browser.get_fastpass_params(shown, "app"))
    assert good(browser.get_qr_code_status(shown))["status"] == "SCANNED"
    assert good(browser.qr_code_app_login("APP_LOGIN", shown))["access_token"]


def test_what_a_user_has_and_may_do_is_told(make: Make) -> None:
    make(username="shop", user_id="shop")
    sdk = make(
        username="bob",
        password=PASSWORD,
        data_resources=[{"resource": "motto", "actions": ["get"]}],
        public_accounts=[{"userId": "shop"}],
    )
    for lists in (
        *(sdk.get_role_list, sdk.get_group_list, sdk.get_tenant_list, sdk.get_authorized_resources),
        *(sdk.get_accessible_apps, sdk.get_logged_in_apps, sdk.get_identities),
        *(sdk.get_country_list, sdk.get_application_enabled_ext_idps, sdk.get_system_info),
        sdk.get_user_authorized_resources_list,
    ):
        good(lists())
    for check in (
        sdk.check_permission_by_string_resource,
        sdk.check_permission_by_array_resource,
        sdk.check_permission_by_tree_resource,
    ):
        assert len(good(check(["motto"], "get"))["checkResultList"]) == 1
    assert good(sdk.get_user_auth_resource_struct("motto"))["resourceType"] == "STRING"
    good(sdk.get_user_auth_resource_permission_list(["motto"]))
    good(sdk.list_public_accounts_for_switch_logged_in(with_origin_user=True))
    assert good(sdk.switch_login_by_user("shop"))["access_token"]
    good(sdk.unlink_ext_idp("no-such"))


def test_sign_ins_and_devices_are_told(make: Make) -> None:
    sdk = make(username="bob", password=PASSWORD)
    good(sdk.sign_in_by_username_password("bob", PASSWORD))
    assert good(sdk.get_login_history(success=True, page=1, limit=10))["totalCount"] == 1
    [device] = good(sdk.list(page=1))["list"]
    device_id = device["device"]["deviceId"]
    good(sdk.revoke(device_id))
    assert good(sdk.list())["list"][0]["online"] is False
    good(sdk.unbind(device_id))
    assert good(sdk.list())["list"] == []


def test_providers_elsewhere_are_asked(make: Make, genauth: GenAuthServer) -> None:
    make(username="bob", password=PASSWORD, email=MAIL, phone_number=NUMBER, user_id="bob")
    genauth.settings(extIdps=PROVIDERS)
    sdk = make()
    good(sdk.generate_link_ext_idp_url("wx", genauth.app_id, "an-id-token"))
    assert good(sdk.get_alipay_auth_info("pay")) == {"authInfo": "app_id=1"}
    assert good(sdk.decrypt_wechat_mini_program_data("code-1", "iv", "data", "wx")) == {
        "city": "Wuhan"
    }
    good(sdk.get_wechat_mp_access_token(APP, SECRET))
    good(sdk.get_wechat_mp_access_token_info(APP, SECRET))


def test_a_user_of_wechat_says_which_account_is_theirs(make: Make, genauth: GenAuthServer) -> None:
    make(username="bob", password=PASSWORD, email=MAIL, phone_number=NUMBER, user_id="bob")
    genauth.settings(extIdps=PROVIDERS)
    sdk = make()
    login = "CHANNEL_LOGIN"
    steps = [
        lambda key: sdk.register_new_user(key, "create-federation-account"),
        lambda key: sdk.bind_by_account(key, "bind", PASSWORD, "bob"),
        lambda key: sdk.select_account(key, "bind", "bob"),
        lambda key: sdk.bind_by_account_id(key, "bind", "bob"),
        lambda key: sdk.bind_by_phone_code(key, "bind", sent(sdk, genauth, login), NUMBER),
        lambda key: sdk.bind_by_email_code(key, "bind", mailed(sdk, genauth, login, MAIL), MAIL),
    ]
    for number, step in enumerate(steps, 2):
        asked = sdk.auth_by_code_identity(f"code-{number}")
        assert asked["apiCode"] == 1640
        assert good(step(asked["data"]["key"]))["access_token"]


def test_passkeys_are_begun_and_looked_at(alice: Sdk) -> None:
    """Their proofs are made by an authenticator; that they are verified has tests of its own."""
    begun = good(alice.init_register_options())
    answer = alice.verify_register(begun["ticket"], {"id": "x", "rawId": "x", "response": {}})
    assert answer.get("statusCode") != 501, answer
    begun = good(alice.init_authentication_options())
    answer = alice.verify_authentication(begun["ticket"], {"id": "x", "rawId": "x", "response": {}})
    assert answer.get("statusCode") != 501, answer
    for asks in (
        alice.list_credentials_by_page,
        alice.check_valid_credentials_by_cred_ids,
        alice.remove_all_credentials,
    ):
        assert asks().get("statusCode", 200) != 501


def test_an_event_is_published(alice: Sdk) -> None:
    assert alice.put_event("custom_event", {"a": 1}).get("statusCode", 200) != 501


def test_links_are_made_without_a_call(make: Make) -> None:
    link = make().build_authorize_url(scope="openid")
    assert parse_qs(urlsplit(link).query)["response_type"] == ["code"]


def test_no_method_of_the_official_sdk_is_left_out() -> None:
    """What the stories of this module name is every method."""
    sources = [Path(__file__), Path(support.__file__)]
    trees = [ast.parse(each.read_text(encoding="utf-8")) for each in sources]
    nodes = (node for tree in trees for node in ast.walk(tree))
    named = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    official = import_module("genauth").AuthenticationClient
    found = inspect.getmembers(official, inspect.isfunction)
    methods = {name for name, _ in found if not name.startswith("_")}
    assert len(methods) == 112
    assert methods - named - LOCAL - set(IN_OTHER_TESTS) == set()
