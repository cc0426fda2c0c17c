"""Answers are read strictly: nothing is coerced, nothing that is not needed gets in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from aiogenauth.decoding import ShapeError, envelope, read
from aiogenauth.models import Envelope
from aiogenauth.shapes import PassCodeCheck, PhoneUpdateGrant, SecurityLevel, SignIn, UserProfile


@dataclass
class Visit:
    """A shape of a user's own."""

    login_at: str
    logins_count: int = 0


def test_an_envelope_needs_only_its_status() -> None:
    assert read(Envelope, {"statusCode": 200}) == Envelope(200)


def test_an_api_code_may_be_text_as_the_old_reference_writes_it() -> None:
    assert read(Envelope, {"statusCode": 499, "apiCode": "2011"}).api_code == 2011


@pytest.mark.parametrize(
    "value",
    [
        [],
        None,
        {},
        {"statusCode": "200"},
        {"statusCode": 200.0},
        {"statusCode": True},
        {"statusCode": None},
    ],
)
def test_an_envelope_of_another_shape_is_none(value: object) -> None:
    with pytest.raises(ShapeError):
        read(Envelope, value)


def test_an_api_code_of_thousands_of_digits_is_none() -> None:
    """Python itself would refuse to read it, with an error that is not ours."""
    assert envelope({"statusCode": 200, "apiCode": "2" * 5000}).api_code is None


def test_null_is_not_the_text_none() -> None:
    assert read(Envelope, {"statusCode": 200, "message": None}).message is None
    with pytest.raises(ShapeError, match="user_id"):
        read(UserProfile, {"userId": None})


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (PassCodeCheck, {"isValid": "true"}),
        (PassCodeCheck, {"isValid": 1}),
        (PassCodeCheck, {}),
        (PassCodeCheck, []),
        (UserProfile, {"userId": 7}),
        (SignIn, {"access_token": 7, "token_type": "bearer"}),
        (SignIn, {"token_type": "bearer"}),
        (PhoneUpdateGrant, {"tokenExpiresIn": 60}),
        (SecurityLevel, {"passwordSecurityLevel": 1}),
        (Visit, {"loginAt": "x", "loginsCount": "1"}),
        (int, "1"),
        (list[str], {"a": 1}),
        (list[str], "ab"),
        (Sequence[int], ["1"]),
        (dict[str, int], [["a", 1]]),
        (dict[str, int], {"a": "1"}),
    ],
)
def test_nothing_is_coerced(shape: type, value: object) -> None:
    with pytest.raises(ShapeError):
        read(shape, value)


def test_a_shape_error_shows_no_values() -> None:
    with pytest.raises(ShapeError) as wrong:
        read(PassCodeCheck, {"isValid": "18812348888"})
    assert "18812348888" not in str(wrong.value)
    assert wrong.value.__context__ is None


def test_a_profile_keeps_what_it_has_no_attribute_for() -> None:
    profile = read(
        UserProfile,
        {
            "userId": "u",
            "createdAt": "2022-07-03T02:20:30.000Z",
            "departmentIds": ["d"],
            "identities": [{"provider": "wechat"}],
            "customData": {"x": 1},
            "brandNew": [1],
        },
    )
    assert profile.created_at == datetime(2022, 7, 3, 2, 20, 30, tzinfo=UTC)
    assert profile.department_ids == ("d",)
    assert profile.identities == ({"provider": "wechat"},)
    assert profile.custom_data == {"x": 1}
    assert profile.extra == {"brandNew": [1]}


def test_a_shape_of_the_users_own_is_found_under_the_names_of_the_api() -> None:
    assert read(Visit, {"loginAt": "x", "loginsCount": 3}) == Visit("x", 3)


def test_lists_and_tuples_stay_what_they_are() -> None:
    assert read(list[int], [1]) == [1]
    assert read(tuple[int, ...], [1]) == (1,)


def test_a_check_is_as_true_as_the_code() -> None:
    assert read(PassCodeCheck, {"isValid": True})
    assert not read(PassCodeCheck, {"isValid": False})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", 18812348888),
        ("phoneVerified", "yes"),
        ("createdAt", "yesterday"),
        ("lastLogin", ""),
        ("lastLogin", 1700000000000),
        ("loginsCount", "3"),
        ("customData", []),
        ("departmentIds", "abc"),
        ("departmentIds", [None]),
        ("identities", [7]),
    ],
)
def test_an_odd_field_of_a_profile_is_kept_beside_it(field: str, value: object) -> None:
    profile = read(UserProfile, {"userId": "u", "name": "Ann", field: value, "new": 1})
    assert profile == UserProfile("u", name="Ann", extra={"new": 1, field: value})


def test_the_spelling_of_the_api_comes_before_that_of_an_attribute() -> None:
    assert read(UserProfile, {"user_id": "of nobody", "userId": "u"}).user_id == "u"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7200", 7200.0), (7200, 7200), (None, None), (True, None), ("soon", None), (1e999, None)],
)
def test_only_the_token_of_a_sign_in_is_needed(value: object, seconds: float | None) -> None:
    signed_in = read(SignIn, {"access_token": "t", "expires_in": value, "scope": ["openid"]})
    assert signed_in == SignIn("t", expires_in=seconds)
    grant = read(PhoneUpdateGrant, {"updatePhoneToken": "t", "tokenExpiresIn": value})
    assert grant == PhoneUpdateGrant("t", seconds)
