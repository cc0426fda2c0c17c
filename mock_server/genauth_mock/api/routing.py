"""Which call of the API a request makes, and the body that it sends; or why it makes none."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, cast

from attrs import define

from genauth_mock.api.endpoints import CALLS
from genauth_mock.api.oidc_clients import form_of
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.http.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Call
    from genauth_mock.http.messages import HttpRequest


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


log = logging.getLogger("genauth_mock")

BODY_LIMIT: Final = 64 * 1024
"""Largest request body, in bytes. Source: ours; no call of the API comes near it."""

_CALLS: Final = {call.path: call for call in CALLS}


@define(eq=False, weakref_slot=False)
class ResolvedCall:
    """What a request asks for.

    Attributes:
        call: The call that it makes; None where it makes none.
        body: What was read of its body.
        refusal: Why it makes none.
    """

    call: Call | None
    body: Mapping[str, object] | None = None
    refusal: Refusal | None = None


def resolve(request: HttpRequest) -> ResolvedCall:
    """Tell which call a request makes, and read its body; or why it makes none."""
    call = _CALLS.get(request.path)
    body: Mapping[str, object] | None = None
    try:
        if request.method == "POST" and (call is not None or request.body):
            takes_form = call is not None and call.takes_form
            body = _form(request) if takes_form else _json_object(request.body)
    except Refusal as refusal:
        if call is not None and call.method == "POST":
            return ResolvedCall(None, None, refusal.with_traceback(None))
    if call is None:
        return ResolvedCall(None, body, _unknown(request))
    if request.method in (call.method, call.other_method):
        return ResolvedCall(call, body)
    what = f"{request.path} takes {call.method}, not {request.method}"
    return ResolvedCall(None, body, Refusal(Outcome.METHOD_NOT_ALLOWED, what))


def _form(request: HttpRequest) -> Mapping[str, object]:
    if len(request.body) > BODY_LIMIT:
        raise Refusal(Outcome.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    if "json" in request.headers.get("content-type", ""):
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{request.path} takes a form, not JSON")
    return form_of(request.body)


def _json_object(body: bytes) -> Mapping[str, object]:
    if len(body) > BODY_LIMIT:
        raise Refusal(Outcome.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    try:
        content = read_json(body)
    except ValueError:
        raise Refusal(Outcome.NOT_JSON, "this is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(Outcome.NOT_JSON, f"this is a {type(content).__name__}")
    return cast("Mapping[str, object]", content)


def _unknown(request: HttpRequest) -> Refusal:
    what = f"{request.method} {request.path}"
    if request.path in KNOWN_CALLS:
        log.warning("not imitated: %s", what)
        return Refusal(
            Outcome.NOT_IMITATED, f"{what} exists in GenAuth, not in the offline GenAuth"
        )
    return Refusal(Outcome.NOT_FOUND, what)
