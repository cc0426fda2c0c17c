"""Calls that GenAuth has and the offline GenAuth does not imitate: asked for, it says so loudly.

Source: the official Python SDK genauth 5.1.0, which calls each of them; the legacy V2 paths: mobile SDKs.
"""

from __future__ import annotations

from typing import Final

_V3: Final = """
    change-pushcode-status change-qrcode-status check-permission-array-resource
    check-permission-string-resource check-permission-tree-resource check-pushcode-status
    check-qrcode-status decrypt-wechat-miniprogram-data delete-account enroll-factor
    exchange-tokenset-with-qrcode-ticket gene-fastpass-qrcode-info gene-qrcode
    generate-link-extidp-url get-alipay-authinfo get-app-login-qrcode-status
    get-application-enabled-extidps get-country-list get-factor get-fastpass-client-apps
    get-identities get-my-accessible-apps get-my-authorized-resources get-my-group-list
    get-my-logged-in-apps get-my-login-history get-my-role-list get-my-tenant-list
    get-pushlogin-relation-apps get-user-auth-resource-list get-user-auth-resource-permission-list
    get-user-auth-resource-struct get-user-select-login-public-accounts get-wechat-access-token
    get-wechat-access-token-info list-enrolled-factors list-factors-to-enroll mfa-totp-verify
    mydevices/list mydevices/revoke-session mydevices/unbind pub-userEvent qrcode-app-login
    reset-factor reset-password send-enroll-factor-request signin-by-mobile signin-by-push
    switch-login-by-user system unlink-extidp update-password update-profile
    verify-delete-account-request verify-reset-password-request webauthn/authentication
    webauthn/check-valid-credentials-by-credIds webauthn/page-authenticator-device
    webauthn/registration webauthn/remove-credential/{credentialID}
    webauthn/remove-credentials-by-authenticator-code
"""

_V2: Final = "users/phone/bind users/phone/unbind users/phone/update sms/send sms/preCheckCode"

_PROTOCOLS: Final = """
    oidc/auth oidc/session/end oauth/auth oauth/token oauth/token/introspection
    oauth/token/revocation oauth/me login/profile/logout
"""

KNOWN_CALLS: Final = frozenset(
    [f"/api/v3/{name}" for name in _V3.split()]
    + [f"/api/v2/{name}" for name in _V2.split()]
    + [f"/{name}" for name in _PROTOCOLS.split()]
)
"""Their paths."""
