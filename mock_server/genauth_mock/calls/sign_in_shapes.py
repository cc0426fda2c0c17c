"""What callers of ``POST /api/v3/signin`` send. Source: API reference, signin."""

from __future__ import annotations

from typing import Literal

from attrs import field

from genauth_mock.value import light_value


@light_value
class Password:
    """``passwordPayload`` of ``POST /api/v3/signin``: a password and one way to name the account."""

    password: str = field(repr=False)
    account: str | None = None
    email: str | None = None
    username: str | None = None
    phone: str | None = None


@light_value
class SignInCode:
    """``passCodePayload`` of ``POST /api/v3/signin`` and ``signup``: a code, and where it was sent."""

    pass_code: str = field(alias="passCode", repr=False)
    phone: str | None = None
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    email: str | None = None


@light_value
class SignInOptions:
    """``options`` of ``POST /api/v3/signin``, as far as they change what the offline GenAuth does."""

    scope: str | None = None
    auto_register: bool | None = field(default=None, alias="autoRegister")
    password_encrypt_type: Literal["none", "sm2", "rsa"] | None = field(
        default=None, alias="passwordEncryptType"
    )


@light_value
class SignIn:
    """Body of ``POST /api/v3/signin``."""

    connection: Literal["PASSWORD", "PASSCODE", "LDAP", "AD"]
    password_payload: Password | None = field(default=None, alias="passwordPayload")
    pass_code_payload: SignInCode | None = field(default=None, alias="passCodePayload")
    options: SignInOptions | None = None
