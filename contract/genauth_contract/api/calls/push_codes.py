"""Calls that sign a user in by a push message."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, asked_of, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import SUCCESS
from genauth_contract.outcomes.accounts import UNKNOWN_USER, USER_SUSPENDED
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.own_things import PUSH_CODE_OUT_OF_TURN, UNKNOWN_PUSH_CODE

_STATUS: Final = one_of("PUSHED", "AUTHORIZED", "CANCELLED", "EXPIRED", "ERROR")
CHANGE_PUSH_CODE: Final = record(
    "ChangePushCodeStatus", {"pushCodeId": text(), "action": one_of("CONFIRM", "CANCEL")}
)

SIGN_IN_BY_PUSH_CALL: Final = Endpoint(
    "signin-by-push",
    "Send the user of an account a push message to sign in by.",
    request=record(
        "SignInByPush",
        {"account": text()},
        {
            "options": record(
                "PushOptions", {}, {"scope": ANY_TEXT, "customData": {"type": "object"}}
            )
        },
    ),
    data=record("PushCode", {"pushCodeId": text(), "expireTime": number("Seconds.")}),
    ends=(UNKNOWN_USER, USER_SUSPENDED),
    sdk_method="sign_in_by_push",
)
CHECK_PUSH_CODE_CALL: Final = Endpoint(
    "check-pushcode-status",
    "Return how a push message stands; with tokens once it was confirmed.",
    data=record("PushCodeStatus", {"status": _STATUS}, {"tokenSet": TOKENS}),
    asked=("pushCodeId",),
    ends=(UNKNOWN_PUSH_CODE,),
    sdk_method="check_push_code_status",
)
CHANGE_PUSH_CODE_CALL: Final = Endpoint(
    "change-pushcode-status",
    "Confirm a push message or refuse it; a success has no envelope.",
    request=CHANGE_PUSH_CODE,
    needs_user=True,
    is_bare=True,
    ends=(UNKNOWN_PUSH_CODE, PUSH_CODE_OUT_OF_TURN),
    sdk_method="change_push_code_status",
)
SET_PUSH_CODE_CALL: Final = Endpoint(
    "set-pushcode-status",
    "Confirm a push message or refuse it; answered in an envelope.",
    request=CHANGE_PUSH_CODE,
    data=SUCCESS,
    needs_user=True,
    ends=(UNKNOWN_PUSH_CODE, PUSH_CODE_OUT_OF_TURN),
)
PUSH_APPS_CALL: Final = Endpoint(
    "get-pushlogin-relation-apps",
    "List the apps that may confirm a push message.",
    request=record("PushLoginApps", {"pushCodeId": text(), "appId": text()}),
    data=record("RelatedApps", {}, {"appIds": {"type": "array", "items": ANY_TEXT}}),
    ends=(UNKNOWN_PUSH_CODE,),
    sdk_method="get_push_login_relation_apps",
)


def sign_in_by_push(account: str, **options: object) -> ApiCall:
    """Send a push message. Source: API reference, signin-by-push."""
    body = {"account": account, **({"options": options} if options else {})}
    return sent_to(SIGN_IN_BY_PUSH_CALL, body)


def check_push_code(push_code_id: str) -> ApiCall:
    """Ask how a push message stands. Source: API reference, check-pushcode-status."""
    return asked_of(CHECK_PUSH_CODE_CALL, {"pushCodeId": push_code_id} if push_code_id else {})


def change_push_code(user: User, push_code_id: str, action: str) -> ApiCall:
    """Confirm a push message or refuse it. Source: API reference, change-pushcode-status."""
    return sent_to(CHANGE_PUSH_CODE_CALL, {"pushCodeId": push_code_id, "action": action}, user)


def set_push_code(user: User, push_code_id: str, action: str) -> ApiCall:
    """Confirm a push message or refuse it, in an envelope. Source: official Node SDK of 2025."""
    return sent_to(SET_PUSH_CODE_CALL, {"pushCodeId": push_code_id, "action": action}, user)


def related_apps(push_code_id: str, app_id: str) -> ApiCall:
    """List the apps that may confirm. Source: API reference, get-pushlogin-relation-apps."""
    return sent_to(PUSH_APPS_CALL, {"pushCodeId": push_code_id, "appId": app_id})
