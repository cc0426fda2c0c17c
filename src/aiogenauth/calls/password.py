"""Calls about passwords: changing one's own, and setting a new one where it is forgotten."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice_if_given, password_if_given, secret, secret_if_given
from aiogenauth.calls.arguments import password as checked_password
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import chosen
from aiogenauth.errors import UpdateOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth

UPDATE_PASSWORD: Final = post("update_password", "/api/v3/update-password", UpdateOutcomeUnknown)
VERIFY_RESET_PASSWORD_REQUEST: Final = post(
    "verify_reset_password_request",
    "/api/v3/verify-reset-password-request",
    UpdateOutcomeUnknown,
    Auth.NEVER,
)
RESET_PASSWORD: Final = post(
    "reset_password", "/api/v3/reset-password", UpdateOutcomeUnknown, Auth.NEVER
)


class PasswordCalls(CallGroup):
    """Changing a password, and getting past one that is forgotten."""

    async def update_password(
        self,
        new_password: str,
        old_password: str | None = None,
        password_encrypt_type: given.PasswordEncryptType | None = None,
        *,
        password_reset_token: str | None = None,
    ) -> Confirmation:
        """Change the password of the signed-in user, or set their first one.

        Args:
            new_password: In clear text, or encrypted as `password_encrypt_type` says.
            old_password: The same of the password so far; left out where the user has none.
            password_encrypt_type: `"none"`, `"rsa"` or `"sm2"`; GenAuth takes `"none"` by default.
                Encrypt with the public key that GenAuth shows for this. TLS protects both anyway.
            password_reset_token: Of a sign-in that asks for a new password first. Source: newer
                SDKs of GenAuth.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            CredentialsRejected: The old password is wrong.
            InvalidArgument: GenAuth finds the new password too weak.
            NotSignedIn: No access token, or one that is no longer good.
            UpdateOutcomeUnknown: The answer got lost; the new password may hold by now.

        Source: API reference, update-password.
        """
        return await self._ask(
            UPDATE_PASSWORD,
            Confirmation,
            newPassword=checked_password(new_password, "new_password"),
            oldPassword=password_if_given(old_password, "old_password"),
            passwordEncryptType=choice_if_given(
                password_encrypt_type, given.PasswordEncryptType, "password_encrypt_type"
            ),
            passwordResetToken=secret_if_given(password_reset_token, "password_reset_token"),
        )

    async def verify_reset_password_request(
        self,
        verify_method: given.ResetVerifyMethod,
        phone_pass_code_payload: given.PhoneProof | None = None,
        email_pass_code_payload: given.EmailProof | None = None,
    ) -> shapes.PasswordResetGrant:
        """Prove that a phone number or e-mail address is one's own, to set a new password.

        Nobody has to be signed in. The code belongs to `Channel.RESET_PASSWORD` or
        `EmailChannel.RESET_PASSWORD`.

        Args:
            verify_method: `"PHONE_PASSCODE"` or `"EMAIL_PASSCODE"`; its payload goes along.
            phone_pass_code_payload: `phoneNumber`, `passCode`, and `phoneCountryCode` if foreign.
            email_pass_code_payload: `email` and `passCode`.

        Raises:
            InvalidInput: The payload is not the one that goes with `verify_method`.
            PassCodeRejected: The code is wrong, expired or used.
            CredentialsRejected: Nobody has this number or address.
            UpdateOutcomeUnknown: The answer got lost; the code may be spent.

        Source: API reference, verify-reset-password-request.
        """
        return await self._ask(
            VERIFY_RESET_PASSWORD_REQUEST,
            shapes.PasswordResetGrant,
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
                },
            ),
        )

    async def reset_password(
        self,
        password: str,
        password_reset_token: str | shapes.PasswordResetGrant,
        password_encrypt_type: given.PasswordEncryptType | None = None,
    ) -> Confirmation:
        """Set a new password with the permission that `verify_reset_password_request` returned.

        Args:
            password: The new one, in clear text, or encrypted as `password_encrypt_type` says.
            password_reset_token: What `verify_reset_password_request` returned, or its token.
            password_encrypt_type: As for `update_password`.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            InvalidArgument: GenAuth finds the new password too weak.
            UpdateTokenRejected: The token is used or expired.
            UpdateOutcomeUnknown: The answer got lost; the new password may hold by now. Sign in
                with it to find out.

        Source: API reference, reset-password.
        """
        token = password_reset_token
        token = token if isinstance(token, str) else token.password_reset_token
        return await self._ask(
            RESET_PASSWORD,
            Confirmation,
            password=checked_password(password),
            passwordResetToken=secret(token, "password_reset_token"),
            passwordEncryptType=choice_if_given(
                password_encrypt_type, given.PasswordEncryptType, "password_encrypt_type"
            ),
        )
