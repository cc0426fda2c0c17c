"""What the calls take that make an account."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from aiogenauth.given.password import PasswordEncryptType
from aiogenauth.given.profile import Gender
from aiogenauth.vocabulary import PhoneNumber

SignUpConnection = Literal["PASSWORD", "PASSCODE"]
"""What the new account begins with. Source: API reference, signup, connection."""


class SignUpPasswordPayload(TypedDict):
    """A password, and the user name or e-mail address it belongs to. Source: API reference."""

    password: str
    username: NotRequired[str | None]
    email: NotRequired[str | None]


class SignUpPassCodePayload(TypedDict):
    """A pass code, and where it was sent. Source: API reference, signup."""

    passCode: str
    email: NotRequired[str | None]
    phone: NotRequired[str | PhoneNumber | None]
    phoneCountryCode: NotRequired[str | None]


class SignUpOptions(TypedDict):
    """Options of making an account. Source: API reference, signup.

    passwordForPhonePassCode: newer SDKs of GenAuth.
    """

    clientIp: NotRequired[str | None]
    """Address of the end user, where a server makes the account."""
    phonePassCodeForInformationCompletion: NotRequired[str | None]
    """Proves `profile.phone`; it belongs to `Channel.COMPLETE_PHONE`."""
    emailPassCodeForInformationCompletion: NotRequired[str | None]
    """Proves `profile.email`; it belongs to `EmailChannel.COMPLETE_EMAIL`."""
    passwordForPhonePassCode: NotRequired[str | None]
    """A password for an account that begins with a texted code."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    passwordEncryptType: NotRequired[PasswordEncryptType | None]


class SignUpProfile(TypedDict):
    """What a new account says of its user. Source: API reference, signup.

    phoneCountryCode: newer SDKs of GenAuth.
    """

    nickname: NotRequired[str | None]
    company: NotRequired[str | None]
    photo: NotRequired[str | None]
    device: NotRequired[str | None]
    browser: NotRequired[str | None]
    name: NotRequired[str | None]
    givenName: NotRequired[str | None]
    familyName: NotRequired[str | None]
    middleName: NotRequired[str | None]
    profile: NotRequired[str | None]
    preferredUsername: NotRequired[str | None]
    website: NotRequired[str | None]
    gender: NotRequired[Gender | None]
    birthdate: NotRequired[str | None]
    zoneinfo: NotRequired[str | None]
    locale: NotRequired[str | None]
    address: NotRequired[str | None]
    formatted: NotRequired[str | None]
    streetAddress: NotRequired[str | None]
    locality: NotRequired[str | None]
    region: NotRequired[str | None]
    postalCode: NotRequired[str | None]
    country: NotRequired[str | None]
    email: NotRequired[str | None]
    """Proved by `options.emailPassCodeForInformationCompletion`."""
    phone: NotRequired[str | PhoneNumber | None]
    """Proved by `options.phonePassCodeForInformationCompletion`."""
    phoneCountryCode: NotRequired[str | None]
    customData: NotRequired[Mapping[str, object] | None]
    """Fields of your own; the console of GenAuth defines their names first."""
