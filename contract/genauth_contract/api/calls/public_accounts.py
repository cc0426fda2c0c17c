"""Calls that change to a public account, and back."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, asked_of, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, Named, one_of, record, text
from genauth_contract.outcomes.accounts import PERMISSION_DENIED
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT

_ACCOUNT: Final = record(
    "AccountToChoose",
    {"userId": ANY_TEXT},
    {"avatar": ANY_TEXT, "displayName": ANY_TEXT, "usertype": one_of("1", "2")},
)
_CHOICE: Final = record(
    "AccountsToChoose",
    {"publicAccounts": {"type": "array", "items": _ACCOUNT}},
    {"originUser": _ACCOUNT},
)

PUBLIC_ACCOUNTS_CALL: Final = Endpoint(
    "get-user-select-login-public-accounts",
    "List the public accounts that the user may change to.",
    data=Named("PublicAccounts", {"type": "array", "items": _CHOICE}),
    needs_user=True,
    ends=(INVALID_ARGUMENT,),
    flags=("withOriginUser",),
    sdk_method="list_public_accounts_for_switch_logged_in",
)
SWITCH_LOGIN_CALL: Final = Endpoint(
    "switch-login-by-user",
    "Change to a public account, or back.",
    request=record(
        "SwitchLogin",
        {"targetUserId": text()},
        {
            "options": record(
                "SwitchOptions", {}, {"scope": ANY_TEXT, "customData": {"type": "object"}}
            )
        },
    ),
    data=TOKENS,
    needs_user=True,
    ends=(PERMISSION_DENIED,),
)


def public_accounts(user: User, **query: str) -> ApiCall:
    """List public accounts. Source: API reference, get-user-select-login-public-accounts."""
    return asked_of(PUBLIC_ACCOUNTS_CALL, query, user)


def switch_login(user: User, target_user_id: str) -> ApiCall:
    """Change to another account. Source: API reference, switch-login-by-user."""
    return sent_to(SWITCH_LOGIN_CALL, {"targetUserId": target_user_id}, user)
