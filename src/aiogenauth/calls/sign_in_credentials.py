"""Calls that sign a user in by any credentials: those of a directory, or whatever is chosen."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import password as checked_password
from aiogenauth.calls.arguments import password_if_given, text
from aiogenauth.calls.payloads import chosen, payload
from aiogenauth.calls.sign_in import signin
from aiogenauth.calls.token_answers import TokenCallGroup

SIGN_IN_BY_CREDENTIALS: Final = signin("sign_in_by_credentials")
SIGN_IN_BY_LDAP: Final = signin("sign_in_by_ldap")
SIGN_IN_BY_AD: Final = signin("sign_in_by_ad")


class SignInByCredentialsCalls(TokenCallGroup):
    """Signing in by credentials of any kind. `SignInCalls` says what all of them raise."""

    async def sign_in_by_credentials(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        connection: given.SignInConnection,
        password_payload: given.SignInPasswordPayload | None = None,
        pass_code_payload: given.SignInPassCodePayload | None = None,
        ad_payload: given.DirectoryPayload | None = None,
        ldap_payload: given.DirectoryPayload | None = None,
        options: given.SignInOptions | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
    ) -> shapes.SignIn:
        """Sign in in a way that is chosen while the program runs.

        Where it is known beforehand, the other methods say more plainly what they take.

        Args:
            connection: `"PASSWORD"`, `"PASSCODE"`, `"AD"` or `"LDAP"`; its payload goes along.
            password_payload: `password`, and one of `account`, `email`, `username`, `phone`.
            pass_code_payload: `passCode`, and `email` or `phone`, with `phoneCountryCode`.
            ad_payload: `sAMAccountName` and `password`.
            ldap_payload: `sAMAccountName` and `password`.
            options: Such as `{"scope": "openid profile phone"}`.
            client_id: Of another application than this client's.
            client_secret: Of another application than this client's.

        Raises:
            InvalidInput: The payload is not the one that goes with `connection`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_CREDENTIALS,
            options=payload(options, given.SignInOptions, "options"),
            client_id=client_id,
            client_secret=password_if_given(client_secret, "client_secret"),
            **chosen(
                "connection",
                connection,
                {
                    "PASSWORD": ("passwordPayload", given.SignInPasswordPayload, password_payload),
                    "PASSCODE": ("passCodePayload", given.SignInPassCodePayload, pass_code_payload),
                    "AD": ("adPayload", given.DirectoryPayload, ad_payload),
                    "LDAP": ("ldapPayload", given.DirectoryPayload, ldap_payload),
                },
            ),
        )

    async def sign_in_by_ldap(
        self,
        sAMAccountName: str,  # noqa: N803 - as the official SDK and the directory spell it
        password: str,
        options: given.SignInOptions | None = None,
    ) -> shapes.SignIn:
        """Sign in with an account of the LDAP directory that the user pool is connected to.

        Args:
            sAMAccountName: Who.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_LDAP,
            connection="LDAP",
            ldapPayload={
                "sAMAccountName": text(sAMAccountName, "sAMAccountName"),
                "password": checked_password(password),
            },
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_ad(
        self,
        sAMAccountName: str,  # noqa: N803 - as the official SDK and the directory spell it
        password: str,
        options: given.SignInOptions | None = None,
    ) -> shapes.SignIn:
        """Sign in with an account of the Active Directory that the user pool is connected to.

        Args:
            sAMAccountName: Who.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_AD,
            connection="AD",
            adPayload={
                "sAMAccountName": text(sAMAccountName, "sAMAccountName"),
                "password": checked_password(password),
            },
            options=payload(options, given.SignInOptions, "options"),
        )
