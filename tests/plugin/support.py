"""Calls of GenAuth as tests with the fixture make them."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from genauth_mock.testing import GenAuthServer


def send_sms(server: GenAuthServer, number: str, *, seconds: float = 10) -> dict[str, Any]:
    """Have a pass code sent; give the answer, an empty one where it is not JSON."""
    connection = HTTPConnection(urlsplit(server.app_host).netloc, timeout=seconds)
    body = json.dumps({"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number})
    try:
        connection.request("POST", "/api/v3/send-sms", body, {"x-genauth-app-id": server.app_id})
        answer: dict[str, Any] = json.loads(connection.getresponse().read() or b"{}")
    finally:
        connection.close()
    return answer
