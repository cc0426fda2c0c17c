"""Numbers that come with their country calling code."""

from __future__ import annotations

import pytest

from genauth_mock.engine.address import phone
from genauth_mock.engine.sign_in import identifiers_of_account


@pytest.mark.parametrize(
    "number", ["008618812348888", "8618812348888", "0012025550123", "+12025550123"]
)
def test_a_number_with_its_own_code_is_not_filed_as_another(number: str) -> None:
    with pytest.raises(ValueError, match="without area code"):
        phone(number, None)
    assert phone("18812348888", None).key == "+8618812348888"
    assert phone("2025550123", "+1").key == "+12025550123"


@pytest.mark.parametrize(
    ("account", "number"),
    [
        ("18812348888", "+8618812348888"),
        ("8618812348888", "+8618812348888"),
        ("008618812348888", "+8618812348888"),
        ("+12025550123", "+12025550123"),
        ("0012025550123", "+12025550123"),
    ],
)
def test_an_account_may_be_a_whole_number(account: str, number: str) -> None:
    assert f"phone:{number}" in identifiers_of_account(account)
