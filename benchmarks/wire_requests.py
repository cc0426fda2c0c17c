"""Requests as bytes, as a client writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def sends(how_many: int) -> Iterable[bytes]:
    """Ask for codes for that many numbers."""
    for number in range(how_many):
        phone = {"phoneNumber": str(15_000_000_000 + number), "phoneCountryCode": "+86"}
        yield request("POST", "/api/v3/send-sms", {"channel": "CHANNEL_BIND_PHONE", **phone})


def request(method: str, path: str, body: object, headers: dict[str, str] | None = None) -> bytes:
    """Write a request as a client does."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = {
        "host": "127.0.0.1",
        "x-genauth-app-id": "bench",
        "content-type": "application/json",
        "content-length": len(content),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


def bind(token: str, number: str, digits: str) -> bytes:
    """Bind one prepared number for its prepared user: every one succeeds."""
    phone = {"phoneNumber": number, "phoneCountryCode": "+86", "passCode": digits}
    return request("POST", "/api/v3/bind-phone", phone, {"authorization": token})


def look_up(number: str) -> bytes:
    """Look one number's messages up."""
    return request("GET", f"/_mock/messages?phoneNumber={number}", None)
