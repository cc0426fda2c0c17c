"""Calls that sign a user in by a password or a pass code, one way of naming them each."""

from __future__ import annotations

import re
from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import password as checked_password
from aiogenauth.calls.arguments import secret, text
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import InvalidInput, SignInOutcomeUnknown
from aiogenauth.protocol import Auth, Endpoint
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber, plain_digits


def signin(name: str) -> Endpoint:
    """Return the one endpoint of every way to sign in. Source: API reference, signin."""
    return post(name, "/api/v3/signin", SignInOutcomeUnknown, Auth.NEVER)


SIGN_IN_BY_USERNAME_PASSWORD: Final = signin("sign_in_by_username_password")
SIGN_IN_BY_EMAIL_PASSWORD: Final = signin("sign_in_by_email_password")
SIGN_IN_BY_PHONE_PASSWORD: Final = signin("sign_in_by_phone_password")
SIGN_IN_BY_ACCOUNT_PASSWORD: Final = signin("sign_in_by_account_password")
SIGN_IN_BY_PHONE_PASSCODE: Final = signin("sign_in_by_phone_passcode")
SIGN_IN_BY_EMAIL_PASSCODE: Final = signin("sign_in_by_email_passcode")


class SignInCalls(TokenCallGroup):
    """Signing in by a password or a pass code.

    All of them return the tokens and leave the client as it is: give `access_token` to
    `client.as_user`. All of them raise:

    * `CredentialsRejected`: name or password is wrong, or there is no such user.
    * `PassCodeRejected`: the code is wrong, expired or used.
    * `AccountSuspended`, `PermissionDenied`: this user may not sign in.
    * `SignInOutcomeUnknown`: the answer got lost; a pass code may be spent.
    """

    async def sign_in_by_username_password(
        self, username: str, password: str, options: given.SignInOptions | None = None
    ) -> shapes.SignIn:
        """Sign in with a user name and a password.

        Args:
            username: Who.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_USERNAME_PASSWORD,
            connection="PASSWORD",
            passwordPayload={
                "username": text(username, "username"),
                "password": checked_password(password),
            },
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_email_password(
        self, email: str, password: str, options: given.SignInOptions | None = None
    ) -> shapes.SignIn:
        """Sign in with an e-mail address and a password.

        Args:
            email: Who.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_EMAIL_PASSWORD,
            connection="PASSWORD",
            passwordPayload={"email": text(email, "email"), "password": checked_password(password)},
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_phone_password(
        self, phone: str | PhoneNumber, password: str, options: given.SignInOptions | None = None
    ) -> shapes.SignIn:
        """Sign in with a phone number and a password.

        GenAuth takes no country calling code here, so a foreign number goes in without.

        Args:
            phone: Who: `"18812348888"`.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_PHONE_PASSWORD,
            connection="PASSWORD",
            passwordPayload={"phone": home_phone(phone), "password": checked_password(password)},
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_account_password(
        self, account: str, password: str, options: given.SignInOptions | None = None
    ) -> shapes.SignIn:
        """Sign in with a name of any kind and a password.

        Args:
            account: Who: a user name, e-mail address or phone number.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_ACCOUNT_PASSWORD,
            connection="PASSWORD",
            passwordPayload={
                "account": text(account, "account"),
                "password": checked_password(password),
            },
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_phone_passcode(
        self,
        phone: str | PhoneNumber,
        pass_code: str,
        phone_country_code: str | None = None,
        options: given.SignInOptions | None = None,
    ) -> shapes.SignIn:
        """Sign in with a code that was texted with `Channel.LOGIN`.

        Args:
            phone: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            pass_code: As texted.
            phone_country_code: `"+86"`; may be left out for mainland China.
            options: Such as `{"scope": "openid profile phone", "autoRegister": False}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_PHONE_PASSCODE,
            connection="PASSCODE",
            passCodePayload={
                "passCode": secret(pass_code, "pass_code"),
                "phone": PhoneNumber.parse(phone, phone_country_code, name="phone"),
            },
            options=payload(options, given.SignInOptions, "options"),
        )

    async def sign_in_by_email_passcode(
        self, email: str, pass_code: str, options: given.SignInOptions | None = None
    ) -> shapes.SignIn:
        """Sign in with a code that was mailed with `EmailChannel.LOGIN`.

        Args:
            email: Who.
            pass_code: As mailed.
            options: Such as `{"scope": "openid profile email", "autoRegister": False}`.

        Source: API reference, signin.
        """
        return await self._sign_in(
            SIGN_IN_BY_EMAIL_PASSCODE,
            connection="PASSCODE",
            passCodePayload={
                "email": text(email, "email"),
                "passCode": secret(pass_code, "pass_code"),
            },
            options=payload(options, given.SignInOptions, "options"),
        )


def home_phone(phone: str | PhoneNumber) -> PhoneNumber:
    """Return the number of a sign-in by password, whose payload has no country calling code.

    Raises:
        InvalidInput: The number is a foreign one, or none.
    """
    digits = plain_digits(phone) if isinstance(phone, str) else ""
    if digits and not digits.startswith("+"):
        if not _NATIONAL.fullmatch(digits):
            message = "phone: give 4 to 15 digits, without a zero in front"
            raise InvalidInput(message).with_facts(field="phone")
        return PhoneNumber(digits)
    number = PhoneNumber.parse(phone, name="phone")
    if number.country_code not in {None, DEFAULT_COUNTRY_CODE}:
        message = "phone: sign-in by password takes no country code; give the national number alone"
        raise InvalidInput(message).with_facts(field="phone")
    return PhoneNumber(number.national_number)


_NATIONAL: Final = re.compile(r"[1-9][0-9]{3,14}")
"""A zero in front is dialled at home, or before a country code, and no part of the number."""
