"""Calls about the account as a whole: how well it is protected, and its end."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import secret
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import chosen
from aiogenauth.models import Confirmation

GET_SECURITY_LEVEL: Final = get("get_security_level", "/api/v3/get-security-info")
VERIFY_DELETE_ACCOUNT_REQUEST: Final = post(
    "verify_delete_account_request", "/api/v3/verify-delete-account-request"
)
DELETE_ACCOUNT: Final = post("delete_account", "/api/v3/delete-account")
"""No profile can confirm it: one that cannot be read may be so for many reasons."""


class AccountCalls(CallGroup):
    """The account of the signed-in user."""

    async def get_security_level(self) -> shapes.SecurityLevel:
        """Read how well the account of the signed-in user is protected.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-security-info.
        """
        return await self._ask(GET_SECURITY_LEVEL, shapes.SecurityLevel)

    async def verify_delete_account_request(
        self,
        verify_method: given.DeleteVerifyMethod,
        phone_pass_code_payload: given.PhoneProof | None = None,
        email_pass_code_payload: given.EmailProof | None = None,
        password_payload: given.PasswordProof | None = None,
    ) -> shapes.AccountDeletionGrant:
        """Prove that the account is one's own, before it is deleted.

        Args:
            verify_method: `"PHONE_PASSCODE"` or `"EMAIL_PASSCODE"`, or `"PASSWORD"` where neither
                number nor address is bound; its payload goes along.
            phone_pass_code_payload: `phoneNumber`, `passCode`, and `phoneCountryCode` if foreign;
                the code belongs to `Channel.DELETE_ACCOUNT`.
            email_pass_code_payload: `email` and `passCode`; the code belongs to
                `EmailChannel.DELETE_ACCOUNT`.
            password_payload: `password`, and `passwordEncryptType` where it is encrypted.

        Raises:
            InvalidInput: The payload is not the one that goes with `verify_method`.
            PassCodeRejected: The code is wrong, expired or used.
            CredentialsRejected: The password is wrong.
            NotSignedIn: No access token, or one that is no longer good.
            OutcomeUnknown: The answer got lost; the code may be spent.

        Source: API reference, verify-delete-account-request.
        """
        return await self._ask(
            VERIFY_DELETE_ACCOUNT_REQUEST,
            shapes.AccountDeletionGrant,
            **chosen(
                "verifyMethod",
                verify_method,
                {
                    "PHONE_PASSCODE": (
                        "phonePassCodePayload",
                        given.PhoneProof,
                        phone_pass_code_payload,
                    ),
                    "EMAIL_PASSCODE": (
                        "emailPassCodePayload",
                        given.EmailProof,
                        email_pass_code_payload,
                    ),
                    "PASSWORD": ("passwordPayload", given.PasswordProof, password_payload),
                },
            ),
        )

    async def delete_account(
        self, delete_account_token: str | shapes.AccountDeletionGrant
    ) -> Confirmation:
        """Delete the account of the signed-in user, for good.

        Args:
            delete_account_token: What `verify_delete_account_request` returned, or its token.

        Raises:
            UpdateTokenRejected: The token is used or expired.
            NotSignedIn: No access token, or one that is no longer good.
            OutcomeUnknown: The answer got lost; the account may be gone. If so, the next call in
                its name is refused as not signed in, as it is where only the token has expired.

        Source: API reference, delete-account.
        """
        token = delete_account_token
        token = token if isinstance(token, str) else token.delete_account_token
        return await self._ask(
            DELETE_ACCOUNT, Confirmation, deleteAccountToken=secret(token, "delete_account_token")
        )
