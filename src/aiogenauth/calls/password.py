"""Calls about the password of the signed-in user."""

from __future__ import annotations

from typing import Final

from aiogenauth import given
from aiogenauth.calls.arguments import password, password_if_given
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import post
from aiogenauth.errors import UpdateOutcomeUnknown
from aiogenauth.models import Confirmation

UPDATE_PASSWORD: Final = post("update_password", "/api/v3/update-password", UpdateOutcomeUnknown)


class PasswordCalls(CallGroup):
    """Changing a password."""

    async def update_password(
        self,
        new_password: str,
        old_password: str | None = None,
        password_encrypt_type: given.PasswordEncryptType | None = None,
    ) -> Confirmation:
        """Change the password of the signed-in user, or set their first one.

        Args:
            new_password: In clear text, or encrypted as `password_encrypt_type` says.
            old_password: The same of the password so far; left out where the user has none.
            password_encrypt_type: `"none"`, `"rsa"` or `"sm2"`; GenAuth takes `"none"` by default.
                Encrypt with the public key that GenAuth shows for this. TLS protects both anyway.

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
            newPassword=password(new_password, "new_password"),
            oldPassword=password_if_given(old_password, "old_password"),
            passwordEncryptType=password_encrypt_type,
        )
