"""What Google's metadata says of a phone number: it knows every numbering plan."""

from typing import TYPE_CHECKING

from aiogenauth.secrets import Secret

if TYPE_CHECKING:
    import phonenumbers


def split(digits: str) -> tuple[str, Secret] | None:
    """Split E.164 digits into country code and national number; None for what is no mobile number.

    A function of its own, because the library's numbers show themselves and no frame that an error
    goes through may hold one.
    """
    import phonenumbers  # noqa: PLC0415 - 30 ms that most programs never need

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
