"""Calls about the user's own account: e-mail address, profile, password, deletion, accounts elsewhere."""

from __future__ import annotations

from typing import Any

from aiogenauth import EmailChannel
from aiogenauth.shapes import AccountDeletionGrant, EmailUpdateGrant, PasswordResetGrant
from tests.sdk.support.sign_ins import TOKENS, Row
from tests.sdk.support.world import CODE, NUMBER, PROFILE

ACCOUNT_ANSWERS: dict[str, Any] = {
    "verify-update-email-request": {"updateEmailToken": "ue-1", "tokenExpiresIn": 60},
    "update-profile": PROFILE,
    "verify-reset-password-request": {"passwordResetToken": "pr-1", "tokenExpiresIn": 60},
    "reset-password": {"success": True},
    "verify-delete-account-request": {"deleteAccountToken": "da-1", "tokenExpiresIn": 60},
    "delete-account": {"success": True},
    "switch-login-by-user": TOKENS,
    "get-user-select-login-public-accounts": [{"publicAccounts": [{"userId": "u-2"}]}],
    "generate-link-extidp-url": {"url": "https://x.example/link"},
    "get-alipay-authinfo": {"authInfo": "apiname=x"},
    "decrypt-wechat-miniprogram-data": {"nickName": "Ann", "watermark": {"appid": "wx-1"}},
    "get-wechat-access-token": {"accessToken": "wt", "expiresAt": "0"},
    "get-wechat-access-token-info": {"accessToken": "wt", "expiresAt": 1700000000},
    "get-identities": [{"provider": "wechat", "accessToken": "at"}],
    "get-application-enabled-extidps": [{"identifier": "wechat", "name_en": "WeChat"}],
}

ACCOUNT_CALLS: dict[str, Row] = {
    "send_email": (
        lambda c: c.send_email("CHANNEL_BIND_EMAIL", "a@b.c"),
        "POST /api/v3/send-email",
        {"channel": "CHANNEL_BIND_EMAIL", "email": "a@b.c"},
    ),
    "send_email by keyword": (
        lambda c: c.send_email(channel=EmailChannel.UNLOCK_ACCOUNT, email="a@b.c"),
        "POST /api/v3/send-email",
        {"channel": "CHANNEL_UNLOCK_ACCOUNT", "email": "a@b.c"},
    ),
    "bind_email": (
        lambda c: c.bind_email(CODE, "a@b.c"),
        "POST /api/v3/bind-email",
        {"passCode": CODE, "email": "a@b.c"},
    ),
    "unbind_email": (
        lambda c: c.unbind_email(CODE),
        "POST /api/v3/unbind-email",
        {"passCode": CODE},
    ),
    "verify_update_email_request": (
        lambda c: c.verify_update_email_request(
            {"newEmail": "n@b.c", "newEmailPassCode": CODE, "oldEmail": None}
        ),
        "POST /api/v3/verify-update-email-request",
        {
            "verifyMethod": "EMAIL_PASSCODE",
            "emailPassCodePayload": {"newEmail": "n@b.c", "newEmailPassCode": CODE},
        },
    ),
    "update_email": (
        lambda c: c.update_email("ue-1"),
        "POST /api/v3/update-email",
        {"updateEmailToken": "ue-1"},
    ),
    "update_email with what the request for it returned": (
        lambda c: c.update_email(EmailUpdateGrant("ue-1", new_email="n@b.c")),
        "POST /api/v3/update-email",
        {"updateEmailToken": "ue-1"},
    ),
    "update_profile": (
        lambda c: c.update_profile("Ann", street_address="", custom_data={"school": "x"}),
        "POST /api/v3/update-profile",
        {"name": "Ann", "streetAddress": "", "customData": {"school": "x"}},
    ),
    "verify_reset_password_request": (
        lambda c: c.verify_reset_password_request(
            "PHONE_PASSCODE", {"phoneNumber": f"+86{NUMBER}", "passCode": CODE}
        ),
        "POST /api/v3/verify-reset-password-request",
        {
            "verifyMethod": "PHONE_PASSCODE",
            "phonePassCodePayload": {
                "phoneNumber": NUMBER,
                "phoneCountryCode": "+86",
                "passCode": CODE,
            },
        },
    ),
    "reset_password": (
        lambda c: c.reset_password("new pw", "pr-1", "none"),
        "POST /api/v3/reset-password",
        {"password": "new pw", "passwordResetToken": "pr-1", "passwordEncryptType": "none"},
    ),
    "reset_password with what the request for it returned": (
        lambda c: c.reset_password("new pw", PasswordResetGrant("pr-1")),
        "POST /api/v3/reset-password",
        {"password": "new pw", "passwordResetToken": "pr-1"},
    ),
    "verify_delete_account_request": (
        lambda c: c.verify_delete_account_request("PASSWORD", password_payload={"password": "p w"}),
        "POST /api/v3/verify-delete-account-request",
        {"verifyMethod": "PASSWORD", "passwordPayload": {"password": "p w"}},
    ),
    "delete_account": (
        lambda c: c.delete_account("da-1"),
        "POST /api/v3/delete-account",
        {"deleteAccountToken": "da-1"},
    ),
    "delete_account with what the request for it returned": (
        lambda c: c.delete_account(AccountDeletionGrant("da-1")),
        "POST /api/v3/delete-account",
        {"deleteAccountToken": "da-1"},
    ),
    "list_public_accounts_for_switch_logged_in": (
        lambda c: c.list_public_accounts_for_switch_logged_in(with_origin_user=True),
        "GET /api/v3/get-user-select-login-public-accounts?withOriginUser=true",
        None,
    ),
    "switch_login_by_user": (
        lambda c: c.switch_login_by_user("u-2", {"scope": "openid"}),
        "POST /api/v3/switch-login-by-user",
        {"targetUserId": "u-2", "options": {"scope": "openid"}},
    ),
    "generate_link_ext_idp_url": (
        lambda c: c.generate_link_ext_idp_url("wechat", "app-1", "it"),
        "GET /api/v3/generate-link-extidp-url?ext_idp_conn_identifier=wechat&app_id=app-1&id_token=it",
        None,
    ),
    "unlink_ext_idp": (
        lambda c: c.unlink_ext_idp("idp-1"),
        "POST /api/v3/unlink-extidp",
        {"extIdpId": "idp-1"},
    ),
    "get_identities": (lambda c: c.get_identities(), "GET /api/v3/get-identities", None),
    "get_alipay_auth_info": (
        lambda c: c.get_alipay_auth_info("conn-1"),
        "GET /api/v3/get-alipay-authinfo?extIdpConnidentifier=conn-1",
        None,
    ),
    "decrypt_wechat_mini_program_data": (
        lambda c: c.decrypt_wechat_mini_program_data("c-1", "iv==", "data==", "conn-1"),
        "POST /api/v3/decrypt-wechat-miniprogram-data",
        {
            "code": "c-1",
            "iv": "iv==",
            "encryptedData": "data==",
            "extIdpConnidentifier": "conn-1",
        },
    ),
    "get_wechat_mp_access_token": (
        lambda c: c.get_wechat_mp_access_token("wx-1", "s3cret"),
        "POST /api/v3/get-wechat-access-token",
        {"appId": "wx-1", "appSecret": "s3cret"},
    ),
    "get_wechat_mp_access_token_info": (
        lambda c: c.get_wechat_mp_access_token_info("wx-1", "s3cret"),
        "POST /api/v3/get-wechat-access-token-info",
        {"appId": "wx-1", "appSecret": "s3cret"},
    ),
    "get_application_enabled_ext_idps": (
        lambda c: c.get_application_enabled_ext_idps(),
        "GET /api/v3/get-application-enabled-extidps",
        None,
    ),
}
