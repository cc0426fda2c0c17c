"""The words that callers speak: phone numbers, pass codes and tokens."""

import re
import unicodedata
from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Secret, masked

if TYPE_CHECKING:
    import phonenumbers


def split(digits: str) -> tuple[str, Secret] | None:
    """Split E.164 digits into country code and national number; None for what is not a mobile number.

    A function of its own, because the library's numbers show themselves and no frame that an error
    goes through may hold one.
    """
    import phonenumbers  # noqa: PLC0415 - as above

    try:
        parsed = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return None
    if not _may_be_mobile(parsed):
        return None
    return f"+{parsed.country_code}", Secret(phonenumbers.national_significant_number(parsed))


def _may_be_mobile(parsed: "phonenumbers.PhoneNumber") -> bool:
    """Check the length only: numbering plans gain ranges faster than metadata is updated."""
    import phonenumbers  # noqa: PLC0415 - as above

    return phonenumbers.is_possible_number_for_type(parsed, phonenumbers.PhoneNumberType.MOBILE)


def typed(text: str) -> str:
    """Return a number or code as people type and paste it, in plain ASCII where there is such.

    Full-width and Arabic-Indic digits become plain ones, dashes of every kind a hyphen, and what is
    not to be seen (marks of writing direction, spaces without width) is taken out.

    >>> typed("＋８６\u202d １８８\u2011１２３４\u202c")
    '+86 188-1234'
    """
    if text.isascii():
        return text
    kept: list[str] = []
    for each in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(each)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(each)))
        elif category == "Pd" or each == "\u2212":
            kept.append("-")
        elif category == "Zs":
            kept.append(" ")
        elif category != "Cf":
            kept.append(each)
    return "".join(kept)


def checked_code(value: object, name: str) -> Secret:
    """Return a pass code or token of a call, its digits in plain ASCII however they were typed.

    Raises:
        InvalidInput: As `checked_secret`.
    """
    if isinstance(value, str) and not value.isascii():
        plain = typed(value).strip(" ")
        digits = plain.replace("-", "")
        value = Secret(digits if digits.isdecimal() else plain)
    return checked_secret(value, name)


LONGEST_SECRET: Final = 8192
"""Characters; a token with many claims is well below."""


def checked_secret(value: object, name: str) -> Secret:
    """Return a pass code or token as it is; how long a pass code is, is GenAuth's setting.

    Raises:
        InvalidInput: Not a string, empty, or with spaces or control characters in it.
    """
    if (
        isinstance(value, str)
        and value.isascii()
        and value.isprintable()
        and 0 < len(value) <= LONGEST_SECRET
        and " " not in value
    ):  # a regular expression would cost thrice as much
        return value if isinstance(value, Secret) else Secret(value)
    message = f"{name}: give a string of visible ASCII characters, without spaces around it"
    raise InvalidInput(message).with_facts(field=name)


_PUNCTUATION: Final = re.compile(r"[\s\-().]+")
_COUNTRY_CODE: Final = re.compile(r"\+[1-9][0-9]{0,2}", re.ASCII)
_DIGITS: Final = re.compile(r"\+?[0-9]{2,20}", re.ASCII)
DEFAULT_COUNTRY_CODE: Final = "+86"
"""What a number without a code belongs to. Source: API reference, parameter phoneCountryCode."""


@frozen(repr=False)
class PhoneNumber:
    """A phone number in the two parts that GenAuth takes. Shows itself masked.

    Attributes:
        national_number: Digits without country calling code and without trunk prefix.
        country_code: Country calling code with its plus sign, or None where the caller gave none
            and GenAuth reads the number as one of mainland China.

    >>> PhoneNumber.parse("+86 188-1234-8888")
    PhoneNumber('+86 188****8888')
    >>> PhoneNumber.parse("+44 7911 123456").country_code
    '+44'
    """

    national_number: str = field(converter=Secret)
    country_code: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse parts that no numbering plan has."""
        number = self.national_number
        if not (number.isdecimal() and number.isascii() and 4 <= len(number) <= 15):  # noqa: PLR2004 - E.164
            message = (
                "national_number: 4 to 15 digits without country code; PhoneNumber.parse splits"
            )
            raise InvalidInput(message).with_facts(field="national_number")
        if self.country_code != DEFAULT_COUNTRY_CODE:
            _country_code(self.country_code, "country_code")

    def __repr__(self) -> str:
        """Show the number masked."""
        return f"PhoneNumber({str(self)!r})"

    def __str__(self) -> str:
        """Mask the number, with its country calling code in front."""
        return f"{self.country_code or ''} {masked(self.national_number)}".lstrip()

    @property
    def e164(self) -> str:
        """Return the number as one string, `+8618812348888`: unmasked, so not for logs."""
        return f"{self.country_code or DEFAULT_COUNTRY_CODE}{self.national_number}"

    @classmethod
    def parse(
        cls,
        phone_number: "str | PhoneNumber",
        phone_country_code: str | None = None,
        *,
        name: str = "phone_number",
        code_name: str = "phone_country_code",
    ) -> "PhoneNumber":
        """Read a number as GenAuth wants it, as one E.164 string, or as a value of this class.

        Spaces, dashes, dots and parentheses are taken out, and digits of other scripts and widths
        are read. Nothing else is repaired: a number with a trunk prefix is refused, and so is a
        country code without its plus sign, unless it could be a number of mainland China.

        Args:
            phone_number: `"18812348888"`, `"+86 188-1234-8888"`, or a `PhoneNumber`.
            phone_country_code: `"+86"`; must agree with the number if both name a country.
            name: The parameter that an error names.
            code_name: The parameter that an error about the country code names.

        Raises:
            InvalidInput: One of the two cannot be right; `field` says which.
        """
        usual = phone_country_code is None or phone_country_code == DEFAULT_COUNTRY_CODE
        if usual and isinstance(phone_number, str):
            if _is_mainland_mobile(phone_number):
                return cls._usual(phone_number, phone_country_code)
            if phone_number.startswith(DEFAULT_COUNTRY_CODE):
                national = Secret(phone_number.removeprefix(DEFAULT_COUNTRY_CODE))
                if _is_mainland_mobile(national):
                    return cls._usual(national, DEFAULT_COUNTRY_CODE)
        if isinstance(phone_number, PhoneNumber):
            if isinstance(phone_country_code, str):
                phone_country_code = typed(phone_country_code)
            _agreeing(phone_number.country_code, phone_country_code, code_name)
            code = phone_number.country_code or _country_code(phone_country_code, code_name)
            return cls(phone_number.national_number, code)
        if not isinstance(cast("object", phone_number), str):
            message = f"{name}: give a string such as '+86 188-1234-8888', or a PhoneNumber"
            raise InvalidInput(message).with_facts(field=name)
        return _of_text(phone_number, phone_country_code, name, code_name)

    @classmethod
    def _usual(cls, number: str, code: str | None) -> "PhoneNumber":
        """Make the value of a number that was found to be of mainland China; no need to look again."""
        made = object.__new__(cls)
        object.__setattr__(made, "national_number", Secret(number))
        object.__setattr__(made, "country_code", code)
        return made


MAINLAND_LENGTH: Final = 11
"""Digits of a mainland China mobile number; the first is 1. Source: ITU, +86 is China alone."""


def _is_mainland_mobile(number: str) -> bool:
    """Whether this is the usual number. A regular expression would cost twice as much."""
    return (
        len(number) == MAINLAND_LENGTH
        and number.startswith("1")
        and number.isascii()
        and number.isdecimal()
    )


def _country_code(value: str | None, name: str) -> str | None:
    if value is None or (isinstance(value, str) and _COUNTRY_CODE.fullmatch(value)):  # pyright: ignore[reportUnnecessaryIsInstance] - callers without types
        return value
    message = f"{name}: write the country calling code with its plus sign, such as '+86'"
    raise InvalidInput(message).with_facts(field=name)


def _agreeing(own: str | None, given: str | None, name: str) -> None:
    if own and given and own != given:
        message = (
            f"{name}: is {given}, but the number itself begins with {own}; leave one of them out"
        )
        raise InvalidInput(message).with_facts(field=name)


def _of_text(phone_number: str, code: str | None, name: str, code_name: str) -> PhoneNumber:
    """Read a number that is written in any other way."""
    code = _country_code(typed(code) if isinstance(code, str) else code, code_name)
    digits = Secret(plain_digits(phone_number))
    if digits != phone_number:
        return PhoneNumber.parse(digits, code, name=name, code_name=code_name)
    if not _DIGITS.fullmatch(digits):
        message = f"{name}: not a phone number; give digits such as '18812348888', or E.164"
        raise InvalidInput(message).with_facts(field=name)
    return _by_metadata(digits, code, name, code_name)


def plain_digits(phone_number: str) -> str:
    """Return a number without spaces, dashes, dots and parentheses, its digits in plain ASCII."""
    return _PUNCTUATION.sub("", typed(phone_number))


def _by_metadata(digits: str, code: str | None, name: str, code_name: str) -> PhoneNumber:
    """Split and check by Google's metadata, which knows every numbering plan."""
    has_own_code = digits.startswith("+")
    parts = split(Secret(digits if has_own_code else f"{code or DEFAULT_COUNTRY_CODE}{digits}"))
    if parts is None:
        message = f"{name}: no mobile number of {code or 'its country'} has this many digits"
        raise InvalidInput(message).with_facts(field=name)
    own, national = parts
    if has_own_code:
        _agreeing(own, code, code_name)
    if Secret(own + national if has_own_code else national) != digits:
        message = (
            f"{name}: leave out the trunk prefix, the digit in front that is dialled at home only"
        )
        raise InvalidInput(message).with_facts(field=name)
    return PhoneNumber(national, own if has_own_code else code)
