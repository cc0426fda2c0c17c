"""Calls that change from one's own account to a public one, and back."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import text
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import SignInOutcomeUnknown

LIST_PUBLIC_ACCOUNTS_FOR_SWITCH_LOGGED_IN: Final = get(
    "list_public_accounts_for_switch_logged_in", "/api/v3/get-user-select-login-public-accounts"
)
SWITCH_LOGIN_BY_USER: Final = post(
    "switch_login_by_user", "/api/v3/switch-login-by-user", SignInOutcomeUnknown
)


class PublicAccountCalls(TokenCallGroup):
    """Accounts that several people share, each signed in as themselves."""

    async def list_public_accounts_for_switch_logged_in(
        self,
        with_origin_user: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
    ) -> tuple[shapes.AccountsToChoose, ...]:
        """List the accounts that the signed-in user may change to; none gives an empty tuple.

        Args:
            with_origin_user: Include the account that they signed in with.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-user-select-login-public-accounts.
        """
        return await self._ask(
            LIST_PUBLIC_ACCOUNTS_FOR_SWITCH_LOGGED_IN,
            tuple[shapes.AccountsToChoose, ...],
            withOriginUser=with_origin_user,
        )

    async def switch_login_by_user(
        self, target_user_id: str, options: given.SwitchOptions | None = None
    ) -> shapes.SignIn:
        """Get tokens of another account that the signed-in user may change to.

        Args:
            target_user_id: Id of that account, as listed.
            options: Such as `{"scope": "openid profile phone"}`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            PermissionDenied: The user may not change to that account.
            SignInOutcomeUnknown: The answer got lost, and the tokens with it. Ask again.

        Source: API reference, switch-login-by-user.
        """
        return await self._ask_for_tokens(
            SWITCH_LOGIN_BY_USER,
            targetUserId=text(target_user_id, "target_user_id"),
            options=payload(options, given.SwitchOptions, "options"),
        )
