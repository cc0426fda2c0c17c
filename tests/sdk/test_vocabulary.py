"""Channels and phone numbers: what is taken, what is refused, what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiogenauth import Channel, InvalidInput, PhoneNumber
from aiogenauth.vocabulary import (
    _by_metadata,  # pyright: ignore[reportPrivateUsage] - what the short way is a short way for
)

mainland = st.from_regex(r"1[0-9]{10}", fullmatch=True)


@pytest.mark.parametrize(
    ("number", "code", "national", "sent_code"),
    [
        ("18812348888", None, "18812348888", None),
        ("18812348888", "+86", "18812348888", "+86"),
        ("+86 188-1234-8888", None, "18812348888", "+86"),
        ("+8618812348888", "+86", "18812348888", "+86"),
        ("188 1234 8888", "+86", "18812348888", "+86"),
        ("+44 7911 123456", None, "7911123456", "+44"),
        ("7911123456", "+44", "7911123456", "+44"),
        ("+1 (650) 253-0000", None, "6502530000", "+1"),
        ("91234567", "+65", "91234567", "+65"),
        (PhoneNumber("18812348888"), "+86", "18812348888", "+86"),
        (PhoneNumber("7911123456", "+44"), None, "7911123456", "+44"),
    ],
)
def test_a_number_is_read_in_every_form_that_callers_have(
    number: str | PhoneNumber, code: str | None, national: str, sent_code: str | None
) -> None:
    phone = PhoneNumber.parse(number, code)
    assert (phone.national_number, phone.country_code) == (national, sent_code)


@pytest.mark.parametrize(
    ("number", "code", "field"),
    [
        ("", None, "phone_number"),
        ("123", None, "phone_number"),
        ("188xxxx8888", None, "phone_number"),
        ("8618812348888", None, "phone_number"),
        ("008618812348888", None, "phone_number"),
        ("+999123456789", None, "phone_number"),
        ("07911123456", "+44", "phone_number"),
        ("+4407911123456", None, "phone_number"),
        (18812348888, None, "phone_number"),
        (None, None, "phone_number"),
        ("18812348888", "86", "phone_country_code"),
        ("18812348888", "0086", "phone_country_code"),
        ("18812348888", "", "phone_country_code"),
        ("18812348889", 86, "phone_country_code"),
        ("+8618812348888", "+1", "phone_country_code"),
        ("+16502530000", "+86", "phone_country_code"),
        (PhoneNumber("7911123456", "+44"), "+86", "phone_country_code"),
    ],
)
def test_what_cannot_be_right_is_refused_and_named(
    number: str, code: str | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        PhoneNumber.parse(number, code)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("national", "code"), [("+8618812348888", None), ("1", None), ("7911123456", "44")]
)
def test_a_value_is_checked_when_it_is_made(national: str, code: str | None) -> None:
    with pytest.raises(InvalidInput):
        PhoneNumber(national, code)


@given(mainland)
def test_the_short_way_for_mainland_numbers_agrees_with_the_metadata(national: str) -> None:
    slow = _by_metadata(national, "+86", "phone_number", "phone_country_code")
    assert PhoneNumber.parse(national, "+86") == slow


@given(mainland)
def test_no_text_of_a_number_shows_it(national: str) -> None:
    phone = PhoneNumber.parse(f"+86{national}")
    for text in (str(phone), repr(phone), f"{phone}", repr([phone])):
        assert national not in text
        assert f"{national[:3]}****{national[-4:]}" in text


def test_a_missing_country_code_means_mainland_china() -> None:
    assert PhoneNumber("18812348888").e164 == PhoneNumber("18812348888", "+86").e164
    assert PhoneNumber("18812348888").e164 != PhoneNumber("18812348888", "+852").e164


def test_a_channel_is_also_its_string() -> None:
    assert Channel.read("CHANNEL_BIND_PHONE") is Channel.BIND_PHONE
    assert f"{Channel.LOGIN}" == "CHANNEL_LOGIN"


@pytest.mark.parametrize("value", ["BIND_PHONE", "", None, 7])
def test_a_channel_that_genauth_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput, match=r"^channel: .*CHANNEL_BIND_PHONE") as refused:
        Channel.read(value)
    assert refused.value.field == "channel"
