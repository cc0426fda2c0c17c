"""What is secret is hidden: by its name, by its form, by the header it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genauth_mock.activity.masking import masked_headers, masked_json, masked_text


@given(st.from_regex(r"\+?[0-9]{7,15}", fullmatch=True), st.sampled_from(["", "call ", "(", '"']))
def test_number_in_a_text_is_masked(number: str, before: str) -> None:
    assert number.lstrip("+") not in masked_text(f"{before}{number}.")


@pytest.mark.parametrize(
    "kept",
    [
        "507f1f77bcf86cd799439011",
        "2026-01-01T00:00:00.000Z",
        "934108e5-9fbf-4d24-8da1-c330328abd6c",
    ],
)
def test_ids_and_moments_are_not_taken_for_numbers(kept: str) -> None:
    assert masked_text(kept) == kept


@pytest.mark.parametrize(
    "name",
    [
        "passCode",
        "newPhonePassCode",
        "password",
        "client_secret",
        "access_token",
        "refresh_token",
        "id_token",
        "updatePhoneToken",
        "code",
        "code_verifier",
        "code_challenge",
        "state",
        "nonce",
        "appSecret",
    ],
)
@pytest.mark.parametrize("value", ["canary", 123456, ["canary"], {"a": "canary"}], ids=str)
def test_what_is_secret_is_hidden_by_its_name(name: str, value: object) -> None:
    assert masked_json({"inner": {name: value}}) == {"inner": {name: "***"}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statusCode", 499),
        ("apiCode", 2001),
        ("phoneCountryCode", "+86"),
        ("expires_in", 7200),
        ("token_type", "bearer"),
        ("passwordSecurityLevel", 1),
        ("isValid", True),
        ("code", None),
    ],
)
def test_what_is_no_secret_stays(name: str, value: object) -> None:
    assert masked_json({name: value}) == {name: value}


def test_headers_nobody_knows_are_hidden() -> None:
    shown = masked_headers(
        {
            "X-GenAuth-App-Id": "app",
            "X-Api-Key": "canary",
            "Cookie": "canary",
            "Authorization": "canary",
            "X-GenAuth-Mock-Token": "canary",
            "Content-Type": "application/json",
        }
    )
    assert "canary" not in str(shown)
    assert (shown["x-genauth-app-id"], shown["content-type"]) == ("app", "application/json")
