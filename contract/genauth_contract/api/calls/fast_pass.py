"""Calls that sign an app in by a QR code that the user shows."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, asked_of, sent_to
from genauth_contract.api.calls.qr_codes import QR_STATUS
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, one_of, record, text
from genauth_contract.outcomes.accounts import USER_SUSPENDED
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.qr_codes import QR_CODE_OUT_OF_TURN, UNKNOWN_QR_CODE

_NAMED: Final = record("FastPassName", dict.fromkeys(("id", "displayName", "photo"), ANY_TEXT))

GENE_FAST_PASS_CALL: Final = Endpoint(
    "gene-fastpass-qrcode-info",
    "Make a QR code that signs an app in as the user; it lives for two minutes.",
    request=record(
        "GeneFastPass",
        {},
        {
            "options": record(
                "FastPassOptions", {}, {"scope": ANY_TEXT, "customData": {"type": "object"}}
            )
        },
    ),
    data=record(
        "FastPass",
        {
            **dict.fromkeys(("scene", "qrcodeId", "apiHost", "appId"), ANY_TEXT),
            "user": _NAMED,
            "userpool": _NAMED,
        },
    ),
    needs_user=True,
)
FAST_PASS_APPS_CALL: Final = Endpoint(
    "get-fastpass-client-apps",
    "List the apps that a QR code signs in; it counts as scanned.",
    data=record(
        "FastPassApps",
        {},
        {
            "relationApps": {
                "type": "array",
                "items": record(
                    "FastPassApp", {"id": ANY_TEXT, "name": ANY_TEXT}, {"logo": ANY_TEXT}
                ),
            }
        },
    ),
    asked=("qrcodeId", "appId"),
    ends=(UNKNOWN_QR_CODE,),
    sdk_method="get_fastpass_params",
)
FAST_PASS_STATUS_CALL: Final = Endpoint(
    "get-app-login-qrcode-status",
    "Return how a QR code stands that signs an app in.",
    data=QR_STATUS,
    asked=("qrcodeId",),
    ends=(UNKNOWN_QR_CODE,),
    sdk_method="get_qr_code_status",
)
APP_LOGIN_CALL: Final = Endpoint(
    "qrcode-app-login",
    "Sign an app in by a QR code that it scanned.",
    request=record("AppLogin", {"qrcodeId": text(), "action": one_of("APP_LOGIN")}),
    data=TOKENS,
    ends=(UNKNOWN_QR_CODE, QR_CODE_OUT_OF_TURN, USER_SUSPENDED),
    sdk_method="qr_code_app_login",
)


def gene_fast_pass(user: User, **options: object) -> ApiCall:
    """Make a QR code. Source: API reference, gene-fastpass-qrcode-info."""
    return sent_to(GENE_FAST_PASS_CALL, {"options": options} if options else {}, user)


def fast_pass_apps(qrcode_id: str, app_id: str) -> ApiCall:
    """List the apps that it signs in. Source: API reference, get-fastpass-client-apps."""
    return asked_of(FAST_PASS_APPS_CALL, {"qrcodeId": qrcode_id, "appId": app_id})


def fast_pass_status(qrcode_id: str) -> ApiCall:
    """Ask how it stands. Source: API reference, get-app-login-qrcode-status."""
    return asked_of(FAST_PASS_STATUS_CALL, {"qrcodeId": qrcode_id} if qrcode_id else {})


def app_login(qrcode_id: str) -> ApiCall:
    """Sign the app in. Source: API reference, qrcode-app-login."""
    return sent_to(APP_LOGIN_CALL, {"qrcodeId": qrcode_id, "action": "APP_LOGIN"})
