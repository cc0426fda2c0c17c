"""Answers of OAuth's endpoints, which have no envelope."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from tests.sdk.support.answers import Behaviour, Received, http, raw

TOKENS = {
    "access_token": "a-2",
    "id_token": "i-2",
    "refresh_token": "r-2",
    "token_type": "Bearer",
    "expires_in": 3600,
    "scope": "openid offline_access",
}


def bare(value: object, status: int = 200) -> Behaviour:
    """Answer with JSON as it is."""
    return raw(http(json.dumps(value).encode(), status))


def refusal(error: str, description: str = "as it is", status: int = 400) -> Behaviour:
    """Refuse in OAuth's words."""
    return bare({"error": error, "error_description": description}, status)


def form(request: Received) -> dict[str, str]:
    """Read a form as a server does; no field may be there twice."""
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    pairs = parse_qsl(request.body.decode(), keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)
