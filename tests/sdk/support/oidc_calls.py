"""The calls of OpenID Connect and CAS, and what each puts on the wire."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Awaitable
from typing import Any

import pytest

from aiogenauth import TokenKeyUnknown
from tests.sdk.support.answers import http, raw
from tests.sdk.support.sign_ins import PROOF, Row
from tests.sdk.support.world import APP, CODE

VERIFIER = "v" * 43
KEY_SET: dict[str, Any] = {"keys": []}
SERVICE = "https://app.example/cb?a=1"

OIDC_ANSWERS: dict[str, Any] = {
    "token": {"access_token": "at", "token_type": "Bearer", "expires_in": 7200},
    "me": {"sub": "u"},
    "introspection": {"active": True},
    "revocation": {"success": True},
    "jwks.json": KEY_SET,
    "validate": raw(http(b"yes\nann\n", headers={"Content-Type": "text/plain"})),
}


def unknown_token(rest: str = "x") -> str:
    """Give a token whose key has to be asked for."""
    header = urlsafe_b64encode(b'{"alg":"RS256","kid":"k"}').decode().rstrip("=")
    return f"{header}.{rest}.{rest}"


async def refused(check: Awaitable[object]) -> None:
    """Wait for a check of a token whose key is not there."""
    with pytest.raises(TokenKeyUnknown):
        await check


OIDC_CALLS: dict[str, Row] = {
    "get_access_token_by_code": (
        lambda c: c.get_access_token_by_code(CODE, VERIFIER),
        "POST /oidc/token",
        {
            **PROOF,
            "grant_type": "authorization_code",
            "code": CODE,
            "redirect_uri": APP["redirect_uri"],
            "code_verifier": VERIFIER,
        },
    ),
    "get_new_access_token_by_refresh_token": (
        lambda c: c.get_new_access_token_by_refresh_token("rt"),
        "POST /oidc/token",
        {**PROOF, "grant_type": "refresh_token", "refresh_token": "rt"},
    ),
    "get_access_token_by_client_credentials": (
        lambda c: c.get_access_token_by_client_credentials("read", "key", "key-secret"),
        "POST /oidc/token",
        {
            "client_id": "key",
            "client_secret": "key-secret",
            "grant_type": "client_credentials",
            "scope": "read",
        },
    ),
    "get_user_info_by_access_token": (
        lambda c: c.get_user_info_by_access_token("at"),
        "POST /oidc/me",
        None,
    ),
    "introspect_token": (
        lambda c: c.introspect_token("at"),
        "POST /oidc/token/introspection",
        {**PROOF, "token": "at"},
    ),
    "revoke_token": (
        lambda c: c.revoke_token("at"),
        "POST /oidc/token/revocation",
        {**PROOF, "token": "at"},
    ),
    "introspect_token_offline": (
        lambda c: refused(c.introspect_token_offline(unknown_token())),
        "GET /oidc/.well-known/jwks.json",
        None,
    ),
    "validate_ticket_v1": (
        lambda c: c.validate_ticket_v1("ST-1", SERVICE),
        "GET /cas-idp/app-1/validate?service=https%3A%2F%2Fapp.example%2Fcb%3Fa%3D1&ticket=ST-1",
        None,
    ),
}
