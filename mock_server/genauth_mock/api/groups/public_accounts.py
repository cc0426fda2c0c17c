"""Changing from one's own account to a public one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field

from genauth_mock.api.call import Call, reads, signed_in
from genauth_mock.api.fields import CustomDataOptions
from genauth_mock.api.queries import flag_of
from genauth_mock.engine import public_accounts
from genauth_mock.engine.profile import brief
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext


@json_shape
class SwitchLogin:
    """Body of ``POST /api/v3/switch-login-by-user``."""

    target_user_id: str = field(alias="targetUserId")
    options: CustomDataOptions | None = None


def list_accounts(context: CallContext, query: Mapping[str, str]) -> Data:
    """``GET /api/v3/get-user-select-login-public-accounts``: one entry, or none where there is no public account.

    Source: API reference: the data are a list, and an empty one says that there is no account to change to.
    """
    with_origin = flag_of(query, "withOriginUser")
    user, accounts = context.signed_in_user(), public_accounts.of_user(context)
    if not accounts:
        return []
    shown: Json = {"publicAccounts": [_brief(each, "2") for each in accounts]}
    return [{**shown, "originUser": _brief(user, "1")} if with_origin else shown]


def _brief(user: User, usertype: str) -> Json:
    """Return who a user is. Source: API reference, usertype: 1 is a person, 2 a public account."""
    name, photo = brief(user)
    return {"userId": user.user_id, "avatar": photo, "displayName": name, "usertype": usertype}


def switch_login(context: CallContext, body: SwitchLogin) -> Json:
    """``POST /api/v3/switch-login-by-user``."""
    options = body.options or CustomDataOptions()
    tokens = public_accounts.switch(
        context, body.target_user_id, options.scope, options.custom_data
    )
    return tokens.to_response("bearer")


CALLS: Final[tuple[Call, ...]] = (
    reads("/api/v3/get-user-select-login-public-accounts", list_accounts),
    evolve(
        signed_in("/api/v3/switch-login-by-user", SwitchLogin, switch_login),
        signs=True,
        takes_headers=True,
    ),
)
