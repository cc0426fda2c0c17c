"""Signing up: ``signup``, by password or by pass code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import asdict, evolve, field

from genauth_mock.api.call import Call, post, takes_password
from genauth_mock.api.fields import (
    PassCodePayload,
    PasswordEncryption,
    read_email,
    read_password,
    read_phone,
    read_proof,
    required,
)
from genauth_mock.engine import profile, sign_up
from genauth_mock.engine.codes import Proof
from genauth_mock.engine.contact_kinds import EMAIL, PHONE
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class SignUpPassword:
    """``passwordPayload``: a password, and a username or an e-mail address."""

    password: str = field(repr=False)
    username: str | None = None
    email: str | None = field(default=None, repr=False)


@json_shape
class SignUpOptions:
    """``options``. The reference calls ``context`` required, the official SDKs leave it out: it may be missing."""

    context: dict[str, object] | None = field(default=None, repr=False)
    phone_pass_code: str | None = field(
        default=None, alias="phonePassCodeForInformationCompletion", repr=False
    )
    email_pass_code: str | None = field(
        default=None, alias="emailPassCodeForInformationCompletion", repr=False
    )
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


@json_shape
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
        """Return the profile's fields without the addresses, which have to be verified first."""
        named = asdict(self, recurse=False)
        return {
            name: value
            for name, value in named.items()
            if value is not None and name not in _ADDRESSES
        }


_ADDRESSES: Final = {"email", "phone"}


@json_shape
class SignUp:
    """Body of ``POST /api/v3/signup``."""

    connection: Literal["PASSWORD", "PASSCODE"]
    password_payload: SignUpPassword | None = field(default=None, alias="passwordPayload")
    pass_code_payload: PassCodePayload | None = field(default=None, alias="passCodePayload")
    profile: SignUpProfile | None = None
    options: SignUpOptions | None = None


def signup(context: CallContext, ask: SignUp) -> Json:
    """``POST /api/v3/signup``, by password or by pass code; gives the new user's profile."""
    options = ask.options or SignUpOptions()
    about = ask.profile or SignUpProfile()
    completing = tuple(_completing(about, options))
    shown = _shown(about, options)
    if ask.connection == "PASSWORD":
        given = required("passwordPayload", ask.password_payload)
        password = read_password(context, given.password, options.password_encrypt_type)
        given = evolve(given, password=password)
        new = _new_by_password(given, completing, shown)
    else:
        proof = read_proof(ask.pass_code_payload, sign_up.REGISTER)
        new = sign_up.NewUser((proof, *completing), profile=shown)
    return profile.full_profile(sign_up.sign_up(context, new))


def _new_by_password(
    given: SignUpPassword, completing: tuple[Proof, ...], shown: Json
) -> sign_up.NewUser:
    if given.username is None and given.email is None:
        raise Refusal(Outcome.INVALID_ARGUMENT, "passwordPayload must include username or email")
    address = None if given.email is None else read_email(given.email, "passwordPayload.email")
    return sign_up.NewUser(
        proofs=completing,
        unverified=None if address is None else (EMAIL, address),
        username=given.username,
        password=given.password,
        profile=shown,
    )


def _completing(about: SignUpProfile, options: SignUpOptions) -> Iterator[Proof]:
    """Yield the proofs of the profile's addresses. Source: API reference, SignUpProfileDto."""
    if about.phone is not None:
        name = "options.phonePassCodeForInformationCompletion"
        digits = required(name, options.phone_pass_code)
        where = read_phone(about.phone, None, "profile.phone")
        yield Proof(PHONE, where, digits, sign_up.COMPLETE["phone"])
    if about.email is not None:
        name = "options.emailPassCodeForInformationCompletion"
        digits = required(name, options.email_pass_code)
        yield Proof(
            EMAIL, read_email(about.email, "profile.email"), digits, sign_up.COMPLETE["email"]
        )


def _shown(about: SignUpProfile, options: SignUpOptions) -> Json:
    """Return the profile, with the options' context in the custom data. Source: API reference, SignUpOptionsDto."""
    custom = {**(options.context or {}), **(about.customData or {})}
    return {**about.shown(), **({"customData": custom} if custom else {})}


CALLS: Final[tuple[Call, ...]] = (takes_password(post("/api/v3/signup", SignUp, signup)),)
