"""Every path that GenAuth documents, and those of them that the offline GenAuth does not imitate."""

from __future__ import annotations

from typing import Final

from genauth_mock.api.endpoints import CALLS
from genauth_mock.api.management import MANAGED
from genauth_mock.http.paths import is_path_of

_V3: Final = """
    bind-email bind-phone captcha-code change-pushcode-status change-qrcode-status
    check-permission-array-resource check-permission-string-resource check-permission-tree-resource
    check-pushcode-status check-qrcode-status decrypt-wechat-miniprogram-data delete-account enroll-factor
    exchange-tokenset-with-qrcode-ticket gene-fastpass-qrcode-info gene-qrcode generate-link-extidp-url
    get-alipay-authinfo get-app-login-qrcode-status get-application-enabled-extidps get-country-list get-factor
    get-fastpass-client-apps get-identities get-my-accessible-apps get-my-authorized-resources
    get-my-department-list get-my-group-list get-my-logged-in-apps get-my-login-history get-my-role-list
    get-my-tenant-list get-profile get-pushlogin-relation-apps get-security-info get-user-auth-resource-list
    get-user-auth-resource-permission-list get-user-auth-resource-struct get-user-select-login-public-accounts
    get-wechat-access-token get-wechat-access-token-info get-wechat-miniprogram-phone link-extidp
    list-enrolled-factors list-factors-to-enroll mfa-totp-verify mydevices/list mydevices/revoke-session
    mydevices/unbind pre-check-code pub-userEvent qrcode-app-login reset-factor reset-password send-email
    send-enroll-factor-request send-sms signin signin-by-extidp signin-by-mobile signin-by-push signup
    switch-login-by-user system unbind-email unbind-phone unlink-extidp update-email update-password
    update-phone update-profile verify-delete-account-request verify-reset-password-request
    verify-update-email-request verify-update-phone-request webauthn/authentication
    webauthn/check-valid-credentials-by-credIds webauthn/page-authenticator-device webauthn/registration
    webauthn/remove-credential/{credentialID} webauthn/remove-credentials-by-authenticator-code
"""

_V3_OF_NODE: Final = """
    applications-permission-applicable approval approval-batch approval-initiated-list clear-my-all-invitation-links
    decrypt-douyin-miniprogram-data generate-policy-invitation-token generate-universal-invitation-link-by-member
    get-captcha-code get-policy-invitation-context get-qrcode-status get-universal-invitation-public-config
    join-by-invitation roles-permission-applicable set-pushcode-status set-qrcode-status signup-by-invitation
    validate-password verify-invite-code webauthn/admin/credentials/{credentialId}
    webauthn/admin/credentials/{credentialId}/{userId}/{appId} webauthn/admin/initialize
    webauthn/admin/registration/finalize webauthn/credentials webauthn/credentials/{credentialId}
    webauthn/login/finalize webauthn/login/initialize webauthn/mfa-bind/initialize webauthn/mfa-verify/initialize
    webauthn/person/credentials webauthn/registration/finalize webauthn/registration/initialize
"""

_OTHERS: Final = """
    .well-known/openid-configuration api/v2/ecConn/wechatMobile/authByCode api/v2/ecConn/wechatMobile/authByCodeIdentity
    api/v2/ecConn/wechatMobile/byAccount api/v2/ecConn/wechatMobile/byAccountId
    api/v2/ecConn/wechatMobile/byEmailCode api/v2/ecConn/wechatMobile/byPhoneCode
    api/v2/applications/mfa/email/verify api/v2/applications/mfa/sms/verify
    api/v2/applications/mfa/totp/verify api/v2/mfa/totp/recovery api/v2/mfa/totp/verify
    api/v2/ecConn/wechatMobile/register api/v2/ecConn/wechatMobile/select api/v2/oidc/validate_pem_key
    api/v2/oidc/validate_token api/v2/sms/preCheckCode api/v2/sms/send
    api/v2/sms/send-login api/v2/sms/send-register api/v2/upload api/v2/users/phone/bind
    api/v2/users/phone/unbind api/v2/users/phone/update interaction/oidc/{interactionKey}/abort
    interaction/oidc/{interactionKey}/confirm interaction/oidc/{interactionKey}/end
    interaction/oidc/{interactionKey}/login login/profile/logout mfa/token/introspection oauth/auth oauth/me
    oauth/session/end oauth/token oauth/token/introspection oauth/token/revocation oidc/.well-known/jwks.json
    oidc/.well-known/openid-configuration oidc/auth oidc/me oidc/session/end oidc/token oidc/token/introspection
    oidc/token/revocation api/v2/saml-idp/{appId} cas-idp/{appId} cas-idp/{appId}/login cas-idp/{appId}/validate
    cas-idp/{appId}/serviceValidate cas-idp/{appId}/p3/serviceValidate cas-idp/logout
    api/v2/applications/subject/person/list api/v2/email/send api/v2/users/me events/v1/management/sub graphql/v2
"""

DOCUMENTED: Final = frozenset(
    [f"/api/v3/{name}" for name in (_V3 + _V3_OF_NODE).split()]
    + [f"/{name}" for name in _OTHERS.split()]
    + [*MANAGED]
)
"""Source: API reference, its OpenAPI document; for /api/v2/users, /api/v2/sms and /oauth: the V2 API reference;
for `_V3_OF_NODE` and /api/v2/applications/subject: the official Node SDK of 2025, which calls what the reference lacks;
for MFA under /api/v2: the official sign-in widget and JavaScript SDK;
for /api/v2/sms/send-login and send-register: the sign-in widgets;
for SAML and CAS: official Python SDK, build_authorize_url and validate_ticket_v1; for serviceValidate: Authing's API
reference, CAS; that CAS 3.0 has a path here is assumed. /oauth/session/end is assumed."""

NOT_IMITATED: Final = DOCUMENTED - {call.path for call in CALLS}
"""What GenAuth has and the offline GenAuth answers with `NOT_IMITATED`."""

ANSWERABLE: Final = NOT_IMITATED | {call.path for call in CALLS if call.is_partial}
"""The paths that say ``NOT_IMITATED`` always or to some requests, and so may be given an answer."""


_WITH_PARTS: Final = tuple(path for path in DOCUMENTED if "{" in path)


def is_not_imitated(path: str) -> bool:
    """Return whether GenAuth has a path that is not imitated here."""
    return documented_path(path) in NOT_IMITATED


def documented_path(path: str) -> str:
    """Return the path as it is documented, with names for its variable parts; an unknown one as it is."""
    if path in DOCUMENTED:
        return path
    return next((name for name in _WITH_PARTS if is_path_of(name, path)), path)


def read_answerable(named: str) -> str:
    """Read the path of a call that may be given an answer: in short, or written out.

    A path that is written out need not be documented: GenAuth has calls that its reference leaves out.

    Raises:
        ValueError: The call is imitated, or there is no such name.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for an unknown name

    is_whole = named.startswith("/")
    path = documented_path(named) if is_whole else f"/api/v3/{named}"
    if path in ANSWERABLE:
        return path
    if path in DOCUMENTED:
        message = f"{path} is imitated: its own rules answer it; a fault (/_mock/faults) replaces an answer"
        raise ValueError(message)
    if is_whole and not path.startswith("/_mock"):
        return path
    names = [each.removeprefix("/api/v3/") for each in ANSWERABLE]
    close = ", ".join(get_close_matches(named, names, cutoff=0.4)) or "get-alipay-authinfo"
    message = f"must name a call that is not imitated ({close}, ...), or be a whole path; {named!r} is neither"
    raise ValueError(message)
