"""What callers of ``POST /api/v3/signup`` send. Source: API reference, SignUpDto."""

from __future__ import annotations

from typing import Final, Literal

from attrs import asdict, field, frozen

from genauth_mock.calls.sign_in_shapes import SignInCode  # noqa: TC001 - read at run time


@frozen
class SignUpPassword:
    """``passwordPayload``: a password, and a username or an e-mail address."""

    password: str = field(repr=False)
    username: str | None = None
    email: str | None = field(default=None, repr=False)


@frozen
class SignUpOptions:
    """``options``. The reference calls ``context`` required, the official SDKs leave it out: it may be missing."""

    context: dict[str, object] | None = field(default=None, repr=False)
    phone_pass_code: str | None = field(
        default=None, alias="phonePassCodeForInformationCompletion", repr=False
    )
    email_pass_code: str | None = field(
        default=None, alias="emailPassCodeForInformationCompletion", repr=False
    )
    password_encrypt_type: Literal["none", "sm2", "rsa"] | None = field(
        default=None, alias="passwordEncryptType"
    )


@frozen
class SignUpProfile:
    """``profile``: the attributes have the API's own names, as the profile shows them."""

    nickname: str | None = None
    company: str | None = None
    photo: str | None = None
    device: str | None = None
    browser: str | None = None
    name: str | None = None
    givenName: str | None = None  # noqa: N815 - the API's own name, shown as it is
    familyName: str | None = None  # noqa: N815
    middleName: str | None = None  # noqa: N815
    profile: str | None = None
    preferredUsername: str | None = None  # noqa: N815
    website: str | None = None
    gender: Literal["M", "F", "U"] | None = None
    birthdate: str | None = None
    zoneinfo: str | None = None
    locale: str | None = None
    address: str | None = None
    formatted: str | None = None
    streetAddress: str | None = None  # noqa: N815
    locality: str | None = None
    region: str | None = None
    postalCode: str | None = None  # noqa: N815
    country: str | None = None
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    customData: dict[str, object] | None = None  # noqa: N815

    def shown(self) -> dict[str, object]:
        """Give what the profile shows besides the addresses, which have to be verified first."""
        named = asdict(self, recurse=False)
        return {
            name: value
            for name, value in named.items()
            if value is not None and name not in _ADDRESSES
        }


_ADDRESSES: Final = {"email", "phone"}


@frozen
class SignUp:
    """Body of ``POST /api/v3/signup``."""

    connection: Literal["PASSWORD", "PASSCODE"]
    password_payload: SignUpPassword | None = field(default=None, alias="passwordPayload")
    pass_code_payload: SignInCode | None = field(default=None, alias="passCodePayload")
    profile: SignUpProfile | None = None
    options: SignUpOptions | None = None
