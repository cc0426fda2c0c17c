"""Every method of the official Python SDK about second devices, what a user has, and accounts elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from genauth_contract.api.authenticator import Authenticator
from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import (
    MAIL,
    NUMBER,
    PASSWORD,
    PROVIDERS,
    WECHAT_APP,
    WECHAT_SECRET,
    Make,
    Sdk,
    good,
    mailed,
    sent,
)


def test_a_qr_code_a_push_and_a_fast_pass_sign_in(ada: Sdk, make: Make) -> None:
    browser = make()
    code = good(browser.gene_qr_code("MOBILE_APP"))["qrcodeId"]
    for action in ("SCAN", "CONFIRM"):
        good(ada.change_qr_code_status(action, code))
    ticket = good(browser.check_qr_code_status(code))["ticket"]
    good(browser.exchange_token_set_with_qr_code_ticket(ticket))
    pushed = good(browser.sign_in_by_push("ada"))["pushCodeId"]
    good(browser.get_push_login_relation_apps("app", pushed))
    good(ada.change_push_code_status("CONFIRM", pushed))
    assert good(browser.check_push_code_status(pushed))["tokenSet"]["access_token"]
    shown = good(ada.gene_fastpass_qrcode_info({}))["qrcodeId"]
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
    good(sdk.get_wechat_mp_access_token(WECHAT_APP, WECHAT_SECRET))
    good(sdk.get_wechat_mp_access_token_info(WECHAT_APP, WECHAT_SECRET))


def test_a_user_of_wechat_says_which_account_is_theirs(make: Make, genauth: GenAuthServer) -> None:
    make(username="bob", password=PASSWORD, email=MAIL, phone_number=NUMBER, user_id="bob")
    genauth.settings(extIdps=PROVIDERS)
    sdk = make()
    login = "CHANNEL_LOGIN"
    steps: list[Callable[[str], object]] = [
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


def test_a_passkey_is_made_used_looked_at_and_taken_away(ada: Sdk) -> None:
    device = Authenticator("http://localhost:3000")
    begun = good(ada.init_register_options())
    made = device.make(begun["registrationOptions"])
    assert good(ada.verify_register(begun["ticket"], made))["verified"] is True
    begun = good(ada.init_authentication_options())
    used = device.use(begun["authenticationOptions"])
    signed_in = good(ada.verify_authentication(begun["ticket"], used))
    assert signed_in["tokenSet"]["access_token"]
    [listed] = good(ada.list_credentials_by_page())["list"]
    assert listed["credentialID"] == made["id"]
    assert good(ada.check_valid_credentials_by_cred_ids())["list"] == [listed]  # it asks for all
    assert good(ada.remove_all_credentials())["success"] is True
    assert good(ada.list_credentials_by_page())["list"] == []


def test_an_event_is_published(ada: Sdk) -> None:
    assert good(ada.put_event("custom_event", {"a": 1}))["success"] is True


def test_links_are_made_without_a_call(make: Make) -> None:
    link = str(make().build_authorize_url(scope="openid"))
    assert parse_qs(urlsplit(link).query)["response_type"] == ["code"]
