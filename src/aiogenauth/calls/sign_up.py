"""Calls that make an account for a user who has none yet."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import password as checked_password
from aiogenauth.calls.arguments import secret, text
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import chosen, payload
from aiogenauth.protocol import Auth, Endpoint
from aiogenauth.vocabulary import PhoneNumber


def _sign_up(name: str) -> Endpoint:
    """Return the one endpoint of every way to make an account. Source: API reference, signup."""
    return post(name, "/api/v3/signup", auth=Auth.NEVER)


SIGN_UP_BY_EMAIL_PASSWORD: Final = _sign_up("sign_up_by_email_password")
SIGN_UP_BY_USERNAME_PASSWORD: Final = _sign_up("sign_up_by_username_password")
SIGN_UP_BY_EMAIL_PASSCODE: Final = _sign_up("sign_up_by_email_passcode")
SIGN_UP_BY_PHONE_PASSCODE: Final = _sign_up("sign_up_by_phone_passcode")
SIGN_UP: Final = _sign_up("sign_up")


class SignUpCalls(CallGroup):
    """Making an account.

    All of them return the new user, who is not signed in by that. All of them raise:

    * `InvalidInput`: an argument cannot be right; nothing was sent.
    * `PassCodeRejected`: the code is wrong, expired or used.
    * `ApiError`: somebody has the name already, or the user pool takes no new accounts.
    * `OutcomeUnknown`: the answer got lost; the account may be there. Signing in shows it.
    """

    async def sign_up_by_email_password(
        self,
        email: str,
        password: str,
        profile: given.SignUpProfile | None = None,
        options: given.SignUpOptions | None = None,
    ) -> shapes.UserProfile:
        """Make an account with an e-mail address and a password.

        Args:
            email: Whose account it will be.
            password: In clear text, or encrypted as `options` say.
            profile: More about the user, such as `{"nickname": "Ann"}`.
            options: Such as `{"clientIp": "203.0.113.7"}`.

        Source: API reference, signup.
        """
        return await self._ask(
            SIGN_UP_BY_EMAIL_PASSWORD,
            shapes.UserProfile,
            connection="PASSWORD",
            passwordPayload={
                "email": text(email, "email"),
                "password": checked_password(password),
            },
            profile=payload(profile, given.SignUpProfile, "profile"),
            options=payload(options, given.SignUpOptions, "options"),
        )

    async def sign_up_by_username_password(
        self,
        username: str,
        password: str,
        profile: given.SignUpProfile | None = None,
        options: given.SignUpOptions | None = None,
    ) -> shapes.UserProfile:
        """Make an account with a user name and a password.

        Args:
            username: Nobody else in the user pool may have it.
            password: In clear text, or encrypted as `options` say.
            profile: More about the user, such as `{"nickname": "Ann"}`.
            options: Such as `{"clientIp": "203.0.113.7"}`.

        Source: API reference, signup.
        """
        return await self._ask(
            SIGN_UP_BY_USERNAME_PASSWORD,
            shapes.UserProfile,
            connection="PASSWORD",
            passwordPayload={
                "username": text(username, "username"),
                "password": checked_password(password),
            },
            profile=payload(profile, given.SignUpProfile, "profile"),
            options=payload(options, given.SignUpOptions, "options"),
        )

    async def sign_up_by_email_passcode(
        self,
        email: str,
        pass_code: str,
        profile: given.SignUpProfile | None = None,
        options: given.SignUpOptions | None = None,
    ) -> shapes.UserProfile:
        """Make an account with an e-mail address and a code that was mailed to it.

        Args:
            email: Whose account it will be.
            pass_code: As mailed with `EmailChannel.REGISTER`.
            profile: More about the user, such as `{"nickname": "Ann"}`.
            options: Such as `{"clientIp": "203.0.113.7"}`.

        Source: API reference, signup.
        """
        return await self._ask(
            SIGN_UP_BY_EMAIL_PASSCODE,
            shapes.UserProfile,
            connection="PASSCODE",
            passCodePayload={
                "email": text(email, "email"),
                "passCode": secret(pass_code, "pass_code"),
            },
            profile=payload(profile, given.SignUpProfile, "profile"),
            options=payload(options, given.SignUpOptions, "options"),
        )

    async def sign_up_by_phone_passcode(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        phone: str | PhoneNumber,
        pass_code: str,
        phone_country_code: str | None = None,
        profile: given.SignUpProfile | None = None,
        options: given.SignUpOptions | None = None,
    ) -> shapes.UserProfile:
        """Make an account with a phone number and a code that was texted to it.

        Args:
            phone: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            pass_code: As texted with `Channel.REGISTER`.
            phone_country_code: `"+86"`; may be left out for mainland China.
            profile: More about the user, such as `{"nickname": "Ann"}`.
            options: Such as `{"clientIp": "203.0.113.7"}`.

        Source: API reference, signup.
        """
        return await self._ask(
            SIGN_UP_BY_PHONE_PASSCODE,
            shapes.UserProfile,
            connection="PASSCODE",
            passCodePayload={
                "phone": PhoneNumber.parse(phone, phone_country_code, name="phone"),
                "passCode": secret(pass_code, "pass_code"),
            },
            profile=payload(profile, given.SignUpProfile, "profile"),
            options=payload(options, given.SignUpOptions, "options"),
        )

    async def sign_up(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        connection: given.SignUpConnection,
        password_payload: given.SignUpPasswordPayload | None = None,
        pass_code_payload: given.SignUpPassCodePayload | None = None,
        profile: given.SignUpProfile | None = None,
        options: given.SignUpOptions | None = None,
    ) -> shapes.UserProfile:
        """Make an account in a way that is chosen while the program runs.

        Args:
            connection: `"PASSWORD"` or `"PASSCODE"`; its payload goes along.
            password_payload: `password`, and `username` or `email`.
            pass_code_payload: `passCode`, and `email` or `phone`, with `phoneCountryCode`.
            profile: More about the user, such as `{"nickname": "Ann"}`.
            options: Such as `{"clientIp": "203.0.113.7"}`.

        Source: API reference, signup.
        """
        return await self._ask(
            SIGN_UP,
            shapes.UserProfile,
            profile=payload(profile, given.SignUpProfile, "profile"),
            options=payload(options, given.SignUpOptions, "options"),
            **chosen(
                "connection",
                connection,
                {
                    "PASSWORD": ("passwordPayload", given.SignUpPasswordPayload, password_payload),
                    "PASSCODE": ("passCodePayload", given.SignUpPassCodePayload, pass_code_payload),
                },
            ),
        )
