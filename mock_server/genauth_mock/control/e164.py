"""Phone numbers that come in one piece, such as +8618812348888."""

from __future__ import annotations

from genauth_mock.control.asking import Objection


def is_whole(number: str) -> bool:
    """Tell whether a number begins with its country calling code; in a query its plus sign may have become a space."""
    return number[:1] in {"+", " "}


def split(number: str) -> tuple[str, str]:
    """Split a whole number by Google's metadata: the number, and its country calling code with its plus sign.

    Raises:
        Objection: It begins with no country calling code.
    """
    import phonenumbers  # noqa: PLC0415 - 30 ms, for those who ask this way

    try:
        parsed = phonenumbers.parse(f"+{number.strip(' +')}")
    except phonenumbers.NumberParseException:
        message = "phoneNumber must be a number without its country calling code, or one in E.164"
        raise Objection(message) from None
    return phonenumbers.national_significant_number(parsed), f"+{parsed.country_code}"
