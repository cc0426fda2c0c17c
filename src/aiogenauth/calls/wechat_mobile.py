"""Calls that sign a user in by WeChat on a phone, and let them choose their account where need be.

`auth_by_code_identity` is the first; the others go on from the `key` that it may be answered with.
"""

from __future__ import annotations

from typing import Final

import attrs

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import password as checked_password
from aiogenauth.calls.arguments import secret, text, text_if_given
from aiogenauth.calls.endpoints import bare, post
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.request import make_call
from aiogenauth.calls.token_answers import TokenCallGroup, tokens_or_choice
from aiogenauth.errors import SignInOutcomeUnknown
from aiogenauth.protocol import Auth, Endpoint
from aiogenauth.vocabulary import PhoneNumber

CHOICE_NEEDED: Final = 1640
"""apiCode of an answer that asks for an account. Source: API reference, WechatIdentityResolveRespDto."""


def _step(name: str, path: str) -> Endpoint:
    """Return a step of this sign-in: it is answered with bare tokens, and spends what it sends."""
    path = f"/api/v2/ecConn/wechatMobile/{path}"
    return bare(post(name, path, SignInOutcomeUnknown, Auth.NEVER))


AUTH_BY_CODE_IDENTITY: Final = attrs.evolve(
    _step("auth_by_code_identity", "authByCodeIdentity"), answering_codes=frozenset({CHOICE_NEEDED})
)
REGISTER_NEW_USER: Final = _step("register_new_user", "register")
BIND_BY_EMAIL_CODE: Final = _step("bind_by_email_code", "byEmailCode")
BIND_BY_PHONE_CODE: Final = _step("bind_by_phone_code", "byPhoneCode")
BIND_BY_ACCOUNT: Final = _step("bind_by_account", "byAccount")
SELECT_ACCOUNT: Final = _step("select_account", "select")
BIND_BY_ACCOUNT_ID: Final = _step("bind_by_account_id", "byAccountId")


class WechatMobileCalls(TokenCallGroup):
    """Signing in by WeChat on a phone.

    All of these raise `SignInOutcomeUnknown` when the answer got lost: what was sent may be spent,
    so begin again with a new code of WeChat.
    """

    async def auth_by_code_identity(
        self,
        code: str,
        app_id: str | None = None,
        conn_id: str | None = None,
        options: given.SignInOptions | None = None,
    ) -> shapes.SignIn | shapes.AccountChoice:
        """Sign in by WeChat, or learn that the user has to say which account is theirs.

        Args:
            code: As WeChat's SDK on the phone handed it out; it works once.
            app_id: Id of the application, where the connection serves several.
            conn_id: Id of the connection, where the application has several.
            options: Such as `{"scope": "openid profile phone"}`.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            ApiError: WeChat does not know the code.

        Source: API reference, wechatMobile/authByCodeIdentity.
        """
        fields: dict[str, object] = {
            "code": secret(code, "code"),
            "appId": text_if_given(app_id, "app_id"),
            "connId": text_if_given(conn_id, "conn_id"),
            "options": payload(options, given.SignInOptions, "options"),
        }
        return await self._executor.execute(
            make_call(AUTH_BY_CODE_IDENTITY, tokens_or_choice, fields)
        )

    async def register_new_user(self, key: str, action: str) -> shapes.SignIn:
        """Make a new account for the user of WeChat, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"create-federation-account"`.

        Source: API reference, wechatMobile/register.
        """
        return await self._ask_for_tokens(
            REGISTER_NEW_USER, key=secret(key, "key"), action=text(action, "action")
        )

    async def bind_by_email_code(
        self, key: str, action: str, code: str, email: str
    ) -> shapes.SignIn:
        """Connect WeChat with the account that has an e-mail address, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"bind-identity-by-email-code"`.
            code: Pass code that was mailed to the address.
            email: The address.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            CredentialsRejected: There is no such account.

        Source: API reference, wechatMobile/byEmailCode.
        """
        return await self._ask_for_tokens(
            BIND_BY_EMAIL_CODE,
            key=secret(key, "key"),
            action=text(action, "action"),
            code=secret(code, "code"),
            email=text(email, "email"),
        )

    async def bind_by_phone_code(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        key: str,
        action: str,
        code: str,
        phone: str | PhoneNumber,
        phone_country_code: str | None = None,
    ) -> shapes.SignIn:
        """Connect WeChat with the account that has a phone number, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"bind-identity-by-phone-code"`.
            code: Pass code that was texted to the number.
            phone: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            phone_country_code: `"+86"`; may be left out for mainland China.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            CredentialsRejected: There is no such account.

        Source: API reference, wechatMobile/byPhoneCode.
        """
        return await self._ask_for_tokens(
            BIND_BY_PHONE_CODE,
            key=secret(key, "key"),
            action=text(action, "action"),
            code=secret(code, "code"),
            phone=PhoneNumber.parse(phone, phone_country_code, name="phone"),
        )

    async def bind_by_account(
        self,
        key: str,
        action: str,
        password: str,
        account: str,
    ) -> shapes.SignIn:
        """Connect WeChat with the account that has a password, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"bind-identity-by-password"`.
            password: Of the account, encrypted with GenAuth's key where the console asks for that.
            account: User name, phone number or e-mail address.

        Raises:
            CredentialsRejected: There is no such account, or the password is wrong.

        Source: API reference, wechatMobile/byAccount.
        """
        return await self._ask_for_tokens(
            BIND_BY_ACCOUNT,
            key=secret(key, "key"),
            action=text(action, "action"),
            password=checked_password(password, "password"),
            account=text(account, "account"),
        )

    async def select_account(self, key: str, action: str, account: str) -> shapes.SignIn:
        """Connect WeChat with one of the accounts to choose from, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"bind-identity-by-selection"`.
            account: Id of the account, one of `AccountChoice.accounts`.

        Raises:
            CredentialsRejected: There is no such account.

        Source: API reference, wechatMobile/select.
        """
        return await self._ask_for_tokens(
            SELECT_ACCOUNT,
            key=secret(key, "key"),
            action=text(action, "action"),
            account=text(account, "account"),
        )

    async def bind_by_account_id(self, key: str, action: str, account_id: str) -> shapes.SignIn:
        """Connect WeChat with the account of an id, and sign in to it.

        Args:
            key: `AccountChoice.key`.
            action: `"bind-identity-by-account-id"`.
            account_id: Id of the account.

        Raises:
            CredentialsRejected: There is no such account.

        Source: API reference, wechatMobile/byAccountId.
        """
        return await self._ask_for_tokens(
            BIND_BY_ACCOUNT_ID,
            key=secret(key, "key"),
            action=text(action, "action"),
            accountId=text(account_id, "account_id"),
        )
