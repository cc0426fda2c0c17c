"""Calls that sign a user in by a second device: QR codes, push messages, WeChat on a phone."""

from __future__ import annotations

from typing import Any

from tests.sdk.support.answers import http, raw
from tests.sdk.support.sign_ins import PROOF, TOKENS, Row
from tests.sdk.support.world import CODE, NUMBER

BARE_TOKENS = raw(http(b'{"access_token": "at", "token_type": "bearer", "expire_in": 7200}'))
STEPS = ("register", "byEmailCode", "byPhoneCode", "byAccount", "select", "byAccountId")
SCANNED_ANSWERS: dict[str, Any] = {
    "gene-qrcode": {"qrcodeId": "q-1", "url": "https://x.example/q"},
    "check-qrcode-status": raw(http(b'{"status": "SCANNED"}')),
    "exchange-tokenset-with-qrcode-ticket": TOKENS,
    "change-qrcode-status": raw(http(b'{"status": "SCANNED"}')),
    "signin-by-push": {"pushCodeId": "p-1", "expireTime": 120},
    "check-pushcode-status": {"status": "AUTHORIZED", "tokenSet": TOKENS},
    "change-pushcode-status": raw(http(b"{}")),
    "get-pushlogin-relation-apps": {"appIds": ["app-2"]},
    "gene-fastpass-qrcode-info": {"qrcodeId": "q-2", "user": {"id": "u-1"}},
    "get-fastpass-client-apps": {"relationApps": [{"id": "app-2", "name": "Two"}]},
    "get-app-login-qrcode-status": {"status": "PENDING"},
    "qrcode-app-login": TOKENS,
    "authByCodeIdentity": BARE_TOKENS,
    **dict.fromkeys(STEPS, BARE_TOKENS),
}
V2 = "POST /api/v2/ecConn/wechatMobile"

SCANNED_CALLS: dict[str, Row] = {
    "gene_qr_code": (
        lambda c: c.gene_qr_code("MOBILE_APP"),
        "POST /api/v3/gene-qrcode",
        {"type": "MOBILE_APP"},
    ),
    "gene_qr_code with more": (
        lambda c: c.gene_qr_code(
            "WECHAT_MINIPROGRAM", "idp-1", {"school": "x"}, {"source": "y"}, auto_merge_qr_code=True
        ),
        "POST /api/v3/gene-qrcode",
        {
            "type": "WECHAT_MINIPROGRAM",
            "extIdpConnId": "idp-1",
            "customData": {"school": "x"},
            "context": {"source": "y"},
            "autoMergeQrCode": True,
        },
    ),
    "check_qr_code_status": (
        lambda c: c.check_qr_code_status("q-1"),
        "GET /api/v3/check-qrcode-status?qrcodeId=q-1",
        None,
    ),
    "exchange_token_set_with_qr_code_ticket": (
        lambda c: c.exchange_token_set_with_qr_code_ticket("t-1"),
        "POST /api/v3/exchange-tokenset-with-qrcode-ticket",
        {"ticket": "t-1", **PROOF},
    ),
    "change_qr_code_status": (
        lambda c: c.change_qr_code_status("SCAN", "q-1"),
        "POST /api/v3/change-qrcode-status",
        {"action": "SCAN", "qrcodeId": "q-1"},
    ),
    "sign_in_by_push": (
        lambda c: c.sign_in_by_push("ann", {"scope": "openid", "context": None}),
        "POST /api/v3/signin-by-push",
        {"account": "ann", "options": {"scope": "openid"}},
    ),
    "check_push_code_status": (
        lambda c: c.check_push_code_status("p-1"),
        "GET /api/v3/check-pushcode-status?pushCodeId=p-1",
        None,
    ),
    "change_push_code_status": (
        lambda c: c.change_push_code_status("CONFIRM", "p-1"),
        "POST /api/v3/change-pushcode-status",
        {"action": "CONFIRM", "pushCodeId": "p-1"},
    ),
    "get_push_login_relation_apps": (
        lambda c: c.get_push_login_relation_apps("app-1", "p-1"),
        "POST /api/v3/get-pushlogin-relation-apps",
        {"appId": "app-1", "pushCodeId": "p-1"},
    ),
    "gene_fastpass_qrcode_info": (
        lambda c: c.gene_fastpass_qrcode_info({"scope": "openid"}),
        "POST /api/v3/gene-fastpass-qrcode-info",
        {"options": {"scope": "openid"}},
    ),
    "gene_fastpass_qrcode_info without options": (
        lambda c: c.gene_fastpass_qrcode_info(),
        "POST /api/v3/gene-fastpass-qrcode-info",
        {},
    ),
    "get_fastpass_params": (
        lambda c: c.get_fastpass_params("q-2", "app-1"),
        "GET /api/v3/get-fastpass-client-apps?qrcodeId=q-2&appId=app-1",
        None,
    ),
    "get_qr_code_status": (
        lambda c: c.get_qr_code_status("q-2"),
        "GET /api/v3/get-app-login-qrcode-status?qrcodeId=q-2",
        None,
    ),
    "qr_code_app_login": (
        lambda c: c.qr_code_app_login("APP_LOGIN", "q-2"),
        "POST /api/v3/qrcode-app-login",
        {"action": "APP_LOGIN", "qrcodeId": "q-2"},
    ),
    "auth_by_code_identity": (
        lambda c: c.auth_by_code_identity("wx", conn_id="idp-1", options={"scope": "openid"}),
        f"{V2}/authByCodeIdentity",
        {"code": "wx", "connId": "idp-1", "options": {"scope": "openid"}},
    ),
    "register_new_user": (
        lambda c: c.register_new_user("k", "create-federation-account"),
        f"{V2}/register",
        {"key": "k", "action": "create-federation-account"},
    ),
    "bind_by_email_code": (
        lambda c: c.bind_by_email_code("k", "bind-identity-by-email-code", CODE, "a@b.c"),
        f"{V2}/byEmailCode",
        {"key": "k", "action": "bind-identity-by-email-code", "code": CODE, "email": "a@b.c"},
    ),
    "bind_by_phone_code": (
        lambda c: c.bind_by_phone_code("k", "bind-identity-by-phone-code", CODE, f"+86{NUMBER}"),
        f"{V2}/byPhoneCode",
        {
            "key": "k",
            "action": "bind-identity-by-phone-code",
            "code": CODE,
            "phone": NUMBER,
            "phoneCountryCode": "+86",
        },
    ),
    "bind_by_account": (
        lambda c: c.bind_by_account("k", "bind-identity-by-password", "p w", "ann"),
        f"{V2}/byAccount",
        {"key": "k", "action": "bind-identity-by-password", "password": "p w", "account": "ann"},
    ),
    "select_account": (
        lambda c: c.select_account("k", "bind-identity-by-selection", "u-1"),
        f"{V2}/select",
        {"key": "k", "action": "bind-identity-by-selection", "account": "u-1"},
    ),
    "bind_by_account_id": (
        lambda c: c.bind_by_account_id("k", "bind-identity-by-account-id", "u-1"),
        f"{V2}/byAccountId",
        {"key": "k", "action": "bind-identity-by-account-id", "accountId": "u-1"},
    ),
}
