"""Means for testing tokens: signing in, asking, and PyJWT with the published keys."""

from __future__ import annotations

import json
import warnings
from typing import Any

import aiohttp
import jwt
from jwt.warnings import InsecureKeyLengthWarning

from genauth_mock.runtime.options import Options

APP = {"client_id": Options().app_id, "client_secret": Options().app_secret}
EVERYTHING = "openid profile username email phone offline_access"
PASSWORD = "correct-horse"
ALICE = {
    "username": "alice",
    "password": PASSWORD,
    "email": "alice@example.com",
    "phoneNumber": "18812348888",
    "nickname": "Al",
}

Json = dict[str, Any]


async def ask(
    http: aiohttp.ClientSession, path: str, form: object = None, **headers: str
) -> tuple[int, Json]:
    """Post a form under ``/oidc/``; give the HTTP status and the answer."""
    async with http.post(f"/oidc/{path}", data=form, headers=headers) as reply:
        text = await reply.text()
        content: Json = json.loads(text) if text else {}
        return reply.status, content


async def sign_in(
    http: aiohttp.ClientSession, scope: str | None = EVERYTHING, **headers: str
) -> Json:
    """Make alice, and sign her in."""
    async with http.post("/_mock/users", json=ALICE, headers=headers) as reply:
        assert reply.status == 200
    return await sign_in_again(http, scope, **headers)


async def sign_in_again(http: aiohttp.ClientSession, scope: str | None, **headers: str) -> Json:
    """Sign alice in by her password."""
    proof = {} if headers.get("x-genauth-app-id") else APP
    body: Json = {
        **proof,
        "connection": "PASSWORD",
        "passwordPayload": {"username": "alice", "password": PASSWORD},
        "options": {} if scope is None else {"scope": scope},
    }
    async with http.post("/api/v3/signin", json=body, headers=headers) as reply:
        data: Json = (await reply.json())["data"]
        return data


async def verified(
    http: aiohttp.ClientSession,
    token: str,
    *,
    audience: str = APP["client_id"],
    verify_iat: bool = True,
) -> Json:
    """Verify a token as an application does: with what the server publishes about itself, and the app's secret."""
    async with http.get("/oidc/.well-known/openid-configuration") as reply:
        about = await reply.json()
    async with http.get(about["jwks_uri"]) as reply:
        keys = jwt.PyJWKSet.from_dict(await reply.json())
    head = jwt.get_unverified_header(token)
    is_by_secret = head["alg"] == "HS256"
    key = APP["client_secret"] if is_by_secret else keys[head["kid"]]
    with warnings.catch_warnings():
        # the mock's secret is short on purpose
        warnings.simplefilter("ignore", InsecureKeyLengthWarning)
        claims: Json = jwt.decode(
            token,
            key,
            algorithms=["HS256" if is_by_secret else "RS256"],
            audience=audience,
            issuer=about["issuer"],
            options={"verify_iat": verify_iat},
        )
    return claims


async def get(http: aiohttp.ClientSession, path: str, token: str) -> Json:
    """Get something with an access token."""
    async with http.get(path, headers={"authorization": token}) as reply:
        content: Json = await reply.json()
        return content


async def advance(http: aiohttp.ClientSession, seconds: float) -> None:
    """Let the app's time pass."""
    async with http.post("/_mock/clock", json={"advanceSeconds": seconds}) as reply:
        assert reply.status == 200


async def set_to(http: aiohttp.ClientSession, **settings: object) -> None:
    """Change settings."""
    async with http.post("/_mock/settings", json=settings) as reply:
        assert reply.status == 200, await reply.text()
