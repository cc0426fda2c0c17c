"""The sign-in calls of `AuthenticationClient`, a class of their own to keep each file readable."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import attrs

from aiogenauth.calls.signing_in import (
    Credentials,
    by_password,
    by_phone_pass_code,
    sign_in,
)
from aiogenauth.clock import utc_now
from aiogenauth.models import SignIn
from aiogenauth.redaction import sealed
from aiogenauth.sending.executor import Courier
from aiogenauth.sending.headers import app_in_body
from aiogenauth.vocabulary import PhoneNumber

Options = Mapping[str, object]
"""Options of a sign-in under their names in the API, such as `{"scope": "openid profile phone"}`."""


class SignInCalls:
    """Signing in, in every way the API has for a password or a texted code.

    All of them return the tokens and leave the client as it is: give `access_token` to
    `client.as_user`. All of them raise:

    * `CredentialsRejected`: name or password is wrong, or there is no such user.
    * `PassCodeRejected`: the code is wrong, expired or used.
    * `AccountSuspended`, `PermissionDenied`: this user may not sign in.
    * `SignInOutcomeUnknown`: the answer got lost; a pass code may be spent.
    """

    _courier: Courier

    async def sign_in_by_username_password(
        self, username: str, password: str, options: Options | None = None
    ) -> SignIn:
        """Sign in with a user name and a password.

        Args:
            username: Who.
            password: In clear text.
            options: Such as `{"scope": "openid profile phone"}`.

        Source: API reference, signin.
        """
        password, options = sealed(password), sealed(options)
        return await self._sign_in(by_password("username", username, password), options)

    async def sign_in_by_email_password(
        self, email: str, password: str, options: Options | None = None
    ) -> SignIn:
        """Sign in with an e-mail address and a password; otherwise as by user name."""
        password, options = sealed(password), sealed(options)
        return await self._sign_in(by_password("email", email, password), options)

    async def sign_in_by_phone_password(
        self, phone: str | PhoneNumber, password: str, options: Options | None = None
    ) -> SignIn:
        """Sign in with a phone number and a password; otherwise as by user name.

        GenAuth takes no country calling code here, so a foreign number goes in without.
        """
        phone, password, options = sealed(phone), sealed(password), sealed(options)
        return await self._sign_in(by_password("phone", phone, password), options)

    async def sign_in_by_account_password(
        self, account: str, password: str, options: Options | None = None
    ) -> SignIn:
        """Sign in with a name of any kind and a password; otherwise as by user name."""
        password, options = sealed(password), sealed(options)
        return await self._sign_in(by_password("account", account, password), options)

    async def sign_in_by_phone_passcode(
        self,
        phone: str | PhoneNumber,
        pass_code: str,
        phone_country_code: str | None = None,
        options: Options | None = None,
    ) -> SignIn:
        """Sign in with a code that was texted with `Channel.LOGIN`.

        Args:
            phone: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            pass_code: As texted.
            phone_country_code: `"+86"`; may be left out for mainland China.
            options: Such as `{"scope": "openid profile phone", "autoRegister": False}`.

        Source: API reference, signin.
        """
        phone, pass_code, options = sealed(phone), sealed(pass_code), sealed(options)
        return await self._sign_in(
            by_phone_pass_code(phone, pass_code, phone_country_code), options
        )

    async def _sign_in(self, credentials: Credentials, options: Options | None) -> SignIn:
        call = sign_in(credentials, options, app_in_body(self._courier.settings))
        signed_in = await self._courier.carry(call)
        return attrs.evolve(signed_in, expires_at=_end_of(signed_in))


def _end_of(signed_in: SignIn) -> datetime:
    """Tell when the token expires; at the end of the calendar what lives beyond it."""
    now = utc_now()
    try:
        return now + timedelta(seconds=signed_in.expires_in)
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=UTC) if signed_in.expires_in > 0 else now
