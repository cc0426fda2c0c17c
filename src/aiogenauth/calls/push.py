"""Calls that sign a user in by a push message, which they confirm in an app they are signed in to."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice, text
from aiogenauth.calls.endpoints import bare, get, post, post_to_read
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import SendOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth

SIGN_IN_BY_PUSH: Final = post(
    "sign_in_by_push", "/api/v3/signin-by-push", SendOutcomeUnknown, Auth.NEVER
)
CHECK_PUSH_CODE_STATUS: Final = bare(
    get("check_push_code_status", "/api/v3/check-pushcode-status", Auth.NEVER)
)
CHANGE_PUSH_CODE_STATUS: Final = bare(
    post("change_push_code_status", "/api/v3/change-pushcode-status")
)
GET_PUSH_LOGIN_RELATION_APPS: Final = post_to_read(
    "get_push_login_relation_apps", "/api/v3/get-pushlogin-relation-apps", Auth.OPTIONAL
)


class PushCalls(TokenCallGroup):
    """Signing in by a push message: one side asks for it and waits, the other confirms."""

    async def sign_in_by_push(
        self, account: str, options: given.PushOptions | None = None
    ) -> shapes.PushCode:
        """Send a user a push message by which they can let this sign-in happen.

        Args:
            account: User name, phone number or e-mail address of the user.
            options: Such as `{"scope": "openid profile phone"}`.

        Raises:
            CredentialsRejected: There is no such user.
            SendOutcomeUnknown: The answer got lost; the message may be on its way.

        Source: API reference, signin-by-push.
        """
        return await self._ask(
            SIGN_IN_BY_PUSH,
            shapes.PushCode,
            account=text(account, "account"),
            options=payload(options, given.PushOptions, "options"),
        )

    async def check_push_code_status(self, push_code_id: str) -> shapes.PushCodeStatus:
        """Return how a push message stands: whether it was confirmed, refused, or ran out.

        The answer is read with an envelope and without, as that of `check_qr_code_status`.

        Args:
            push_code_id: `PushCode.push_code_id`.

        Raises:
            ApiError: GenAuth knows no such message.

        Source: API reference, check-pushcode-status.
        """
        return await self._ask_with_tokens(
            CHECK_PUSH_CODE_STATUS,
            shapes.PushCodeStatus,
            pushCodeId=text(push_code_id, "push_code_id"),
        )

    async def change_push_code_status(
        self, action: given.PushCodeAction, push_code_id: str
    ) -> Confirmation:
        """Confirm a push message or refuse it, in the name of the signed-in user.

        Args:
            action: `"CONFIRM"` or `"CANCEL"`.
            push_code_id: As it came with the message.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            OutcomeUnknown: The answer got lost; `check_push_code_status` shows what holds.

        Source: API reference, change-pushcode-status; the missing envelope: a newer SDK of GenAuth.
        """
        return await self._ask(
            CHANGE_PUSH_CODE_STATUS,
            Confirmation,
            action=choice(action, given.PushCodeAction, "action"),
            pushCodeId=text(push_code_id, "push_code_id"),
        )

    async def get_push_login_relation_apps(
        self, app_id: str, push_code_id: str
    ) -> shapes.PushLoginApps:
        """Return which client applications may confirm a push message.

        Args:
            app_id: Id of the application that asked for the sign-in.
            push_code_id: As it came with the message.

        Source: API reference, get-pushlogin-relation-apps.
        """
        return await self._ask(
            GET_PUSH_LOGIN_RELATION_APPS,
            shapes.PushLoginApps,
            appId=text(app_id, "app_id"),
            pushCodeId=text(push_code_id, "push_code_id"),
        )
