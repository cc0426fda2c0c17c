"""What the calls take that sign a user in by a password or a pass code."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from aiogenauth.given.password import PasswordEncryptType
from aiogenauth.vocabulary import PhoneNumber

SignInConnection = Literal["PASSWORD", "PASSCODE", "LDAP", "AD"]
"""How a user proves who they are. Source: API reference, signin, connection."""


class SignInOptions(TypedDict):
    """Options of a sign-in. Source: API reference, signin; captchaToken: newer SDKs of GenAuth."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    clientIp: NotRequired[str | None]
    """Address of the end user, where a server signs them in."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    tenantId: NotRequired[str | None]
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""
    autoRegister: NotRequired[bool | None]
    """Make an account where there is none."""
    captchaCode: NotRequired[str | None]
    """As read off the picture; wanted after too many failures."""
    captchaToken: NotRequired[str | None]
    """Says which picture."""
    passwordEncryptType: NotRequired[PasswordEncryptType | None]


class SignInPasswordPayload(TypedDict):
    """A password, and one of the names. Source: API reference, signin."""

    password: str
    account: NotRequired[str | None]
    """A user name, e-mail address or phone number."""
    email: NotRequired[str | None]
    username: NotRequired[str | None]
    phone: NotRequired[str | None]
    """A number of mainland China: the payload has no country calling code."""


class SignInPassCodePayload(TypedDict):
    """A pass code, and where it was sent. Source: API reference, signin."""

    passCode: str
    email: NotRequired[str | None]
    phone: NotRequired[str | PhoneNumber | None]
    phoneCountryCode: NotRequired[str | None]


class DirectoryPayload(TypedDict):
    """A name and password of a directory, LDAP or Active Directory. Source: API reference, signin."""

    sAMAccountName: str
    password: str
