"""Numbers that come with their country calling code."""

from __future__ import annotations

import pytest

from genauth_mock.engine.address import phone, phone_as_written
from tests.mock.support.control import call, messages
from tests.mock.support.http import Http

WITH_A_CODE = [
    ("008618812348888", None),
    ("008618812348888", "+86"),
    ("8618812348888", None),
    ("8618812348888", "86"),
    ("+8618812348888", None),
    ("0012025550123", None),
    ("+12025550123", None),
    ("12025550123", None),
    ("12025550123", "+1"),
    ("85261234567", None),
    ("85261234567", "+852"),
    ("447911123456", None),
]


@pytest.mark.parametrize(("number", "code"), WITH_A_CODE)
async def test_number_with_its_own_code_is_filed_under_no_other(
    http: Http, number: str, code: str | None
) -> None:
    given = {"phoneNumber": number, **({"phoneCountryCode": code} if code else {})}
    _, sent = await call(http, "POST /api/v3/send-sms", {"channel": "CHANNEL_LOGIN", **given})
    assert (sent["statusCode"], "without area code" in sent["message"]) == (400, True), sent
    _, user = await call(http, "POST /_mock/users", {"username": "ada"})
    _, bound = await call(
        http,
        "POST /api/v3/bind-phone",
        {**given, "passCode": "1234"},
        token=user["accessToken"],
    )
    assert (bound["statusCode"], "without area code" in bound["message"]) == (400, True), bound
    proof = {"phone": number, "passCode": "1234", "phoneCountryCode": code}
    body = {"connection": "PASSCODE", "passCodePayload": {k: v for k, v in proof.items() if v}}
    _, signed_in = await call(http, "POST /api/v3/signin", body)
    assert "passCodePayload.phone must be" in signed_in["message"]
    assert await messages(http) == []


@pytest.mark.parametrize(
    ("number", "code", "key"),
    [
        ("18812348888", None, "+8618812348888"),
        ("16502530000", None, "+8616502530000"),  # also a number of the USA
        ("01088888888", None, "+8601088888888"),
        ("61234567", None, "+8661234567"),
        ("85261234567", "+86", "+8685261234567"),  # they say so
        ("12345678901", "+49", "+4912345678901"),
        ("2025550123", "+1", "+12025550123"),
        ("07911123456", "44", "+4407911123456"),
        ("85212345", "+852", "+85285212345"),
    ],
)
def test_number_without_its_code_is_kept_as_it_is(number: str, code: str | None, key: str) -> None:
    assert phone(number, code).key == key


async def signed_in(http: Http, name: str, written: str) -> object:
    """Sign in with a password; give the status code."""
    payload = {name: written, "password": "secret"}
    body = {"connection": "PASSWORD", "passwordPayload": payload}
    return (await call(http, "POST /api/v3/signin", body))[1]["statusCode"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+12025550123", None),
        ("0012025550123", None),
        ("12025550123", None),
        ("+1 (202) 555-0123", "1"),
        ("12025550123", "+1"),
        ("2025550123", "+1"),
    ],
)
async def test_user_with_a_foreign_number_signs_in_with_it_and_a_password(
    http: Http, number: str, code: str | None
) -> None:
    body = {"phoneNumber": number, "phoneCountryCode": code, "password": "secret"}
    status, user = await call(http, "POST /_mock/users", body)
    assert (status, user["phoneCountryCode"], user["phoneNumber"]) == (200, "+1", "2025550123")
    for name in ("account", "phone"):
        for written in ("+12025550123", "0012025550123", "12025550123"):
            assert await signed_in(http, name, written) == 200, (name, written)
    assert await signed_in(http, "phone", "2025550123") == 403
    for query in ("%2B12025550123", "12025550123", "2025550123", "2025550123&phoneCountryCode=1"):
        _, found = await call(http, f"GET /_mock/users?phoneNumber={query}")
        assert [each["userId"] for each in found["users"]] == [user["userId"]], query


async def test_message_is_found_by_the_number_however_it_is_written(http: Http) -> None:
    for number, code in (("18812348888", None), ("2025550123", "+1")):
        body = {"channel": "CHANNEL_LOGIN", "phoneNumber": number, "phoneCountryCode": code}
        await call(http, "POST /api/v3/send-sms", {k: v for k, v in body.items() if v})
    for written in ("8618812348888", "008618812348888", "188-1234-8888", "%2B8618812348888"):
        found = await messages(http, f"phoneNumber={written}")
        assert [each["phoneNumber"] for each in found] == ["18812348888"], written
    for written in ("12025550123", "0012025550123", "2025550123", "%2B1-202-555-0123"):
        found = await messages(http, f"phoneNumber={written}")
        assert [each["phoneNumber"] for each in found] == ["2025550123"], written


@pytest.mark.parametrize(
    ("number", "code", "problem"),
    [
        ("+12025550123", "+86", "phoneCountryCode is '\\+86', and phoneNumber begins with \\+1"),
        ("12345", "x", "phoneCountryCode must be"),
        ("one", None, "phoneNumber must be a phone number"),
        ("", None, "phoneNumber must be a phone number"),
        ("+99912345678", None, "phoneNumber must be a number without"),
    ],
)
def test_number_that_cannot_be_is_refused_by_its_name(
    number: str, code: str | None, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        phone_as_written(number, code)
