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
_MAINLAND_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
"""Source: China's numbering plan."""
_WRITTEN: Final = re.compile(r"\+[1-9][0-9]{5,18}|[0-9]{5,15}")
_SHOWN: Final = 4

NUMBER: Final = (
    "a phone number of 5 to 15 digits, with or without its country calling code "
    "(+8618812348888, 18812348888)"
)
"""What a number must be."""

RECIPIENT: Final = f"{NUMBER}, or an e-mail address"
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
    comes with a code of its own is refused: the API reference wants it without, and it must not be filed as another
    number. Such are ``0086...``, ``86...`` before a mainland number, ``001...``; and without a plus sign
    ``12025550123`` and ``85261234567``, where ``phoneCountryCode`` is left out or has just that code. What may be
    a mainland number, is one.

    Raises:
        ValueError: With the API's name of the field at fault and what is wrong with it.
    """
    code = read_country_code(country_code or DEFAULT_COUNTRY_CODE)
    if _NUMBER.fullmatch(number) is None or _has_its_code(number, country_code and code):
        msg = "phoneNumber must be a phone number of 5 to 15 digits without area code"
        raise ValueError(msg)
    return Phone(code, number)


def plain_number(text: str, country_code: str | None = None) -> str:
    """Read a number as people write it: digits, after a plus sign where its country calling code is in it.

    Blanks, dashes, dots and parentheses are left out; ``00`` stands for the plus sign, and a number that is none
    without its country calling code may have that without one: ``8618812348888``, ``12025550123``.

    Args:
        text: The number.
        country_code: The country calling code that was read beside it, with its plus sign; None for none.

    Raises:
        ValueError: With what it must be.
    """
    digits = _PUNCTUATION.sub("", text)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.isascii() and digits.isdecimal() and _has_its_code(digits, country_code):
        digits = f"+{digits}"
    if _WRITTEN.fullmatch(digits) is None:
        msg = f"{NUMBER}; this one is {masked(text)}"
        raise ValueError(msg)
    return digits


def split_number(number: str) -> tuple[str, str]:
    """Split a number that begins with a plus sign: the number, and its country calling code with its plus sign.

    Raises:
        ValueError: It begins with no country calling code.
    """
    import phonenumbers  # noqa: PLC0415 - few numbers need it, and it is large

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        message = "phoneNumber must be a number without its country calling code, or one in E.164"
        raise ValueError(message) from None
    return phonenumbers.national_significant_number(parsed), f"+{parsed.country_code}"


def phone_as_written(number: str, country_code: str | None) -> Phone:
    """Read a phone number as `plain_number` does, with or without its country calling code.

    Raises:
        ValueError: With the API's name of the field at fault and what is wrong with it.
    """
    code = read_country_code(country_code) if country_code else None
    try:
        plain = plain_number(number, code)
    except ValueError as error:
        msg = f"phoneNumber must be {error}"
        raise ValueError(msg) from None
    if not plain.startswith("+"):
        return phone(plain, code)
    plain, its_code = split_number(plain)
    if code not in (None, its_code):
        msg = f"phoneCountryCode is {country_code!r}, and phoneNumber begins with {its_code}"
        raise ValueError(msg)
    return phone(plain, its_code)


def plain_recipient(text: str) -> str:
    """Read a number as `plain_number` does, or an e-mail address in any case.

    Raises:
        ValueError: With what it must be.
    """
    try:
        return plain_number(text) if "@" not in text else email(text.strip()).text
    except ValueError:
        msg = f"{RECIPIENT}; this one is {masked_recipient(text)}"
        raise ValueError(msg) from None


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


def _has_its_code(number: str, country_code: str | None) -> bool:
    """Return whether a number of digits comes with its country calling code, by Google's metadata.

    Args:
        number: The number.
        country_code: The country calling code that was read beside it, or None.
    """
    code = country_code or DEFAULT_COUNTRY_CODE
    if code == DEFAULT_COUNTRY_CODE and _MAINLAND_MOBILE.fullmatch(number):
        return False
    if number.startswith("00") or _MAINLAND.fullmatch(number):
        return True
    if country_code and not number.startswith(code[1:]):
        return False
    import phonenumbers  # noqa: PLC0415 - few numbers need it, and it is large

    try:
        whole, other = phonenumbers.parse("+" + number), phonenumbers.parse(code + number)
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_valid_number(whole):
        return False
    # Of a number that begins with 1, +1 makes a valid one by leaving out the 1.
    is_as_given = phonenumbers.national_significant_number(other) == number
    is_national = is_as_given and phonenumbers.is_valid_number(other)
    return not is_national and country_code in (None, f"+{whole.country_code}")
