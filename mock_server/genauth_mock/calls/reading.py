"""Reading addresses out of request bodies; what is wrong is named as the API names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from genauth_mock import address
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from genauth_mock.address import Email, Phone

Given = TypeVar("Given")


def required(name: str, given: Given | None) -> Given:
    """Refuse what is missing.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    if given is None:
        raise Refusal(Verdict.INVALID_ARGUMENT, f"{name} should not be empty")
    return given


def phone(number: str, country_code: str | None, name: str = "phoneNumber") -> Phone:
    """Read a phone number; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise Refusal(Verdict.INVALID_ARGUMENT, str(error).replace("phoneNumber", name)) from None


def email(text: str, name: str = "email") -> Email:
    """Read an e-mail address; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.email(text)
    except ValueError as error:
        raise Refusal(Verdict.INVALID_ARGUMENT, str(error).replace("email", name, 1)) from None
