"""The code that an authenticator app shows. Source: RFC 6238, RFC 4226; API reference, qrCodeUri."""

from __future__ import annotations

import hmac
from base64 import b32decode
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit


def shown_code(uri: str, seconds: float) -> str:
    """Return what an app shows that was set up with an `otpauth://` URI.

    Args:
        uri: The URI.
        seconds: The moment, in seconds since 1970.
    """
    asked = {name: values[0] for name, values in parse_qs(urlsplit(uri).query).items()}
    step = int(seconds) // int(asked["period"])
    digest = hmac.digest(b32decode(asked["secret"]), step.to_bytes(8, "big"), sha1)
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    digits = int(asked["digits"])
    return f"{number % 10**digits:0{digits}}"
