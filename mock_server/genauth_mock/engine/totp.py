"""The codes of authenticator apps: time-based one-time passwords, with their usual parameters.

Source: RFC 6238, RFC 4226; API reference, qrCodeUri: ``period=30&digits=6&algorithm=SHA1``.
"""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from hashlib import sha1, sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from datetime import datetime

PERIOD_SECONDS: Final = 30
DIGITS: Final = 6

TOLERATED_STEPS: Final = 1
"""How many periods a code may be early or late. Source: RFC 6238, 5.2, recommends one; GenAuth's own is not known."""


def new_key(token: str) -> str:
    """Return a key of 160 bits in Base32, made of a random token. Source: RFC 4226, 4, R6."""
    return b32encode(sha256(token.encode()).digest()[:20]).decode()


def code_at(key: str, step: int) -> str:
    """Return the code of a period. Source: RFC 4226, 5.3; RFC 6238, 4."""
    digest = hmac.digest(b32decode(key), step.to_bytes(8, "big"), sha1)
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(key: str, code: str, now: datetime, after: int | None = None) -> int | None:
    """Return the period whose code this is.

    Args:
        key: The key, in Base32.
        code: What the user typed.
        now: The moment.
        after: The last period whose code was used, or None; a code is accepted once. Source: RFC 6238, 5.2.

    Returns:
        The number of the period since 1970, or None where the code fits none that is allowed.
    """
    current = int(now.timestamp()) // PERIOD_SECONDS
    for step in range(max(current - TOLERATED_STEPS, 0), current + TOLERATED_STEPS + 1):
        is_new = after is None or step > after
        if is_new and hmac.compare_digest(code_at(key, step).encode(), code.encode()):
            return step
    return None


def setup_uri(key: str, issuer: str, account: str) -> str:
    """Return what an authenticator app reads off a QR code. Source: API reference, qrCodeUri."""
    parameters = {
        "secret": key,
        "period": PERIOD_SECONDS,
        "digits": DIGITS,
        "algorithm": "SHA1",
        "issuer": issuer,
    }
    return (
        f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode(parameters, quote_via=quote)}"
    )


def picture(uri: str) -> str:
    """Return the QR code of a setup URI as a PNG in a ``data:`` URL. Source: API reference, qrCodeDataUrl."""
    import segno  # noqa: PLC0415 - a twentieth of the start, for a call that few tests make

    # any mask is read; to look for the best of eight takes three quarters of the time
    drawn: str = segno.make(uri, micro=False, mask=0).png_data_uri(scale=4)
    return drawn
