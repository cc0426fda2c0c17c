"""What the bodies of several groups of calls have in common: addresses, proofs, encrypted passwords, options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from attrs import field

from genauth_mock.engine import address
from genauth_mock.engine.codes import Proof
from genauth_mock.engine.contact_kinds import EMAIL, PHONE
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.engine.address import Address, Email, Phone
    from genauth_mock.engine.context import CallContext


Given = TypeVar("Given")


PasswordEncryption = Literal["none", "sm2", "rsa"]
"""Source: API reference, passwordEncryptType."""


@json_shape
class TokenOptions:
    """``options`` of a call that gives tokens, as far as they change what the offline GenAuth does."""

    scope: str | None = None


@json_shape
class CustomDataOptions(TokenOptions):
    """Those of a call that keeps data with the user, too."""

    custom_data: dict[str, object] | None = field(default=None, alias="customData")


@json_shape
class PassCodePayload:
    """``passCodePayload`` of ``POST /api/v3/signin`` and ``signup``: a code, and where it was sent."""

    pass_code: str = field(alias="passCode", repr=False)
    phone: str | None = None
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    email: str | None = None


@json_shape
class PhoneProof:
    """``phonePassCodePayload`` of requests that prove who somebody is."""

    phone_number: str = field(alias="phoneNumber")
    pass_code: str = field(alias="passCode", repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")

    def read(self, channel: str) -> Proof:
        """Return the proof; its code was sent for ``channel``."""
        name = "phonePassCodePayload.phoneNumber"
        where = read_phone(self.phone_number, self.phone_country_code, name)
        return Proof(PHONE, where, self.pass_code, (channel,))


@json_shape
class EmailProof:
    """``emailPassCodePayload`` of requests that prove who somebody is.

    The reference lets ``email`` be missing, and says nothing of what is meant then.
    """

    email: str
    pass_code: str = field(alias="passCode", repr=False)

    def read(self, channel: str) -> Proof:
        """Return the proof; its code was sent for ``channel``."""
        where = read_email(self.email, "emailPassCodePayload.email")
        return Proof(EMAIL, where, self.pass_code, (channel,))


def read_code_proof(
    method: str, phone: PhoneProof | None, email: EmailProof | None, channel: str
) -> Proof:
    """Read the proof that ``verifyMethod`` names, be it ``PHONE_PASSCODE`` or ``EMAIL_PASSCODE``.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    if method == "PHONE_PASSCODE":
        return required("phonePassCodePayload", phone).read(channel)
    return required("emailPassCodePayload", email).read(channel)


def required(name: str, given: Given | None) -> Given:
    """Refuse what is missing.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    if given is None:
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name} should not be empty")
    return given


def read_phone(number: str, country_code: str | None, name: str = "phoneNumber") -> Phone:
    """Read a phone number; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise Refusal(Outcome.INVALID_ARGUMENT, str(error).replace("phoneNumber", name)) from None


def read_email(text: str, name: str = "email") -> Email:
    """Read an e-mail address; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.email(text)
    except ValueError as error:
        raise Refusal(Outcome.INVALID_ARGUMENT, str(error).replace("email", name, 1)) from None


def read_password(context: CallContext, password: str, encryption: str | None) -> str:
    """Return a password, decrypted where it came encrypted.

    Raises:
        Refusal: ``PASSWORD_NOT_DECRYPTED``; ``NOT_IMITATED`` for SM2.
    """
    if encryption == "sm2":
        raise Refusal(
            Outcome.NOT_IMITATED, "a password with passwordEncryptType sm2, beside none and rsa"
        )
    if encryption != "rsa":
        return password
    try:
        return context.token_issuer.decrypted(password)
    except ValueError:
        raise Refusal(
            Outcome.PASSWORD_NOT_DECRYPTED,
            why={"rule": "not encrypted with the key of /api/v3/system"},
        ) from None


def read_proof(given: PassCodePayload | None, channels: tuple[str, ...]) -> Proof:
    """Read a ``passCodePayload``.

    Args:
        given: The payload, or None where it is missing.
        channels: The channels for which its code may have been sent.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    given = required("passCodePayload", given)
    if given.phone is not None:
        where: Address = read_phone(given.phone, given.phone_country_code, "passCodePayload.phone")
        return Proof(PHONE, where, given.pass_code, channels)
    if given.email is not None:
        where = read_email(given.email, "passCodePayload.email")
        return Proof(EMAIL, where, given.pass_code, channels)
    raise Refusal(
        Outcome.INVALID_ARGUMENT,
        "Parameter passCodePayload must include email or phone when connection is PASSCODE.",
    )
