"""Where a pass code can be sent: a phone number or an e-mail address."""

from __future__ import annotations

import re
from sys import intern
from typing import Final

from attrs import field

from genauth_mock.engine.value import frozen_for_checkers

DEFAULT_COUNTRY_CODE: Final = "+86"
"""Source: API reference, bind-phone, phoneCountryCode: optional for mainland China numbers."""

_COUNTRY_CODE: Final = re.compile(r"\+?([1-9][0-9]{0,3})")
_NUMBER: Final = re.compile(r"[0-9]{5,15}")
_PUNCTUATION: Final = re.compile(r"[\s().-]")
_MAINLAND: Final = re.compile(r"861[0-9]{10}")
"""Source: ITU-T E.164 and China's numbering plan: +86, and eleven digits of which the first is 1."""
_WRITTEN: Final = re.compile(r"\+[1-9][0-9]{5,17}|[0-9]{5,15}")
_SHOWN: Final = 4

RECIPIENT: Final = (
    "a phone number of 5 to 15 digits, with or without its country calling code "
    "(+8618812348888, 18812348888), or an e-mail address"
)
"""What a recipient must be."""

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def masked(number: str) -> str:
    """Show a phone number without showing it: ``188****8888``; of a short one only the end."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 2 * _SHOWN else f"****{number[-2:]}"


def masked_recipient(recipient: str) -> str:
    """Show a phone number or an e-mail address without showing it: ``188****8888``, ``b****@example.com``."""
    name, at, host = recipient.partition("@")
    return f"{name[:1]}****@{host}" if at else masked(name)


@frozen_for_checkers
class Phone:
    """A phone number with its country calling code, such as ``+86`` and ``18812348888``."""

    country_code: str
    number: str = field(repr=masked)

    @property
    def key(self) -> str:
        """The number as one E.164 string."""
        return self.country_code + self.number


@frozen_for_checkers
class Email:
    """An e-mail address in lower case. Source: API reference, send-email: case-insensitive."""

    text: str = field(repr=False)

    @property
    def key(self) -> str:
        """The address itself."""
        return self.text


Address = Phone | Email


def phone(number: str, country_code: str | None) -> Phone:
    """Read a phone number as the API takes it.

    Source: assumed. Only digits, 5 to 15 of them; the country calling code with or without its plus. A number that
    comes with a code of its own (``0086...``, ``86...`` before a mainland number, ``001...``) is refused: the API
    reference wants it without, and it must not be filed as another number.

    Raises:
        ValueError: With the API's name of the field at fault and what is wrong with it.
    """
    code = read_country_code(country_code or DEFAULT_COUNTRY_CODE)
    is_whole = number.startswith("00") or _MAINLAND.fullmatch(number) is not None
    if _NUMBER.fullmatch(number) is None or is_whole:
        msg = "phoneNumber must be a phone number of 5 to 15 digits without area code"
        raise ValueError(msg)
    return Phone(code, number)


def plain_number(text: str) -> str:
    """Read a number as people write it: digits, after a plus sign where its country calling code is in it.

    Blanks, dashes, dots and parentheses are left out; ``00`` stands for the plus sign, and a mainland number may have
    its ``86`` without one.

    Raises:
        ValueError: With what it must be.
    """
    digits = _PUNCTUATION.sub("", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if _MAINLAND.fullmatch(digits):
        digits = f"+{digits}"
    if _WRITTEN.fullmatch(digits) is None:
        msg = f"{RECIPIENT}; this one is {masked(text)}"
        raise ValueError(msg)
    return digits


def plain_recipient(text: str) -> str:
    """Read a number as `plain_number` does, or an e-mail address in any case.

    Raises:
        ValueError: With what it must be.
    """
    if "@" not in text:
        return plain_number(text)
    try:
        return email(text.strip()).text
    except ValueError:
        raise ValueError(RECIPIENT) from None


def recipient_key(text: str) -> str:
    """Read a number or an e-mail address as the key of an address; a number without its code is a mainland one.

    Raises:
        ValueError: With what it must be.
    """
    plain = plain_recipient(text)
    return plain if "@" in plain or plain.startswith("+") else DEFAULT_COUNTRY_CODE + plain


def email(text: str) -> Email:
    """Read an e-mail address.

    Raises:
        ValueError: With the API's name of the field and what is wrong with it.
    """
    if _EMAIL.fullmatch(text) is None:
        msg = "email must be an email"
        raise ValueError(msg)
    return Email(text.lower())


def read_country_code(given: str) -> str:
    """Read a country calling code; equal ones are one string, since every phone number that is kept has one.

    Raises:
        ValueError: With the API's name of the field and what is wrong with it.
    """
    if given == DEFAULT_COUNTRY_CODE:
        return DEFAULT_COUNTRY_CODE
    code = _COUNTRY_CODE.fullmatch(given)
    if code is None:
        msg = "phoneCountryCode must be a country calling code such as +86"
        raise ValueError(msg)
    return intern("+" + code[1])
