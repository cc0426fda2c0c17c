"""The codes of authenticator apps: the test vectors of RFC 6238, and both sides of each period."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from genauth_mock.engine import totp

KEY = b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}
"""Source: RFC 6238, appendix B, SHA1; the last six of eight digits."""


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_at(KEY, seconds // 30) == code
    now = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_step(KEY, code, now) == seconds // 30


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)]
)
def test_a_code_may_be_one_period_early_or_late(seconds: int, fits: bool) -> None:
    step = 1111111111 // 30
    now = datetime.fromtimestamp(step * 30 + seconds, UTC)
    assert (totp.matching_step(KEY, VECTORS[1111111111], now) == step) is fits


def test_a_used_code_and_earlier_ones_no_longer_fit() -> None:
    now = datetime.fromtimestamp(1111111111, UTC)
    step = 1111111111 // 30
    assert totp.matching_step(KEY, "050471", now, after=step) is None
    assert totp.matching_step(KEY, totp.code_at(KEY, step - 1), now, after=step) is None
    assert totp.matching_step(KEY, totp.code_at(KEY, step + 1), now, after=step) == step + 1


@pytest.mark.parametrize("code", ["", "０５０４７１", "50471", "050471 and more"])
def test_what_is_no_code_fits_nothing(code: str) -> None:
    assert totp.matching_step(KEY, code, datetime.fromtimestamp(1111111111, UTC)) is None


def test_an_app_reads_its_settings_off_the_uri() -> None:
    assert totp.setup_uri("KEY", "my pool", "ada@example.com") == (
        "otpauth://totp/my%20pool:ada%40example.com"
        "?secret=KEY&period=30&digits=6&algorithm=SHA1&issuer=my%20pool"
    )


def test_keys_have_160_bits_and_no_padding() -> None:
    key = totp.new_key("token")
    assert (len(key), key.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")) == (32, "")
    assert key != totp.new_key("another")
