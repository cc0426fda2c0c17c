"""Means for testing GenAuth's own paths: posts that name no type, users, codes."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from tests.mock.support.http import NUMBER, SMS


async def post(
    http: aiohttp.ClientSession, path: str, body: object = None, **headers: str
) -> dict[str, Any]:
    """Post JSON; give the answer's envelope."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with http.post(path, data=data, headers=named) as reply:
        content: dict[str, Any] = await reply.json()
        return content


async def new_user(http: aiohttp.ClientSession, name: str = "alice", **headers: str) -> str:
    """Make a user without a phone; give the access token."""
    user = await post(http, "/_mock/users", {"username": name}, **headers)
    return str(user["accessToken"])


async def sent_code(http: aiohttp.ClientSession, number: str = NUMBER, **headers: str) -> str:
    """Send a code and read it from the outbox."""
    answer = await post(http, "/api/v3/send-sms", {**SMS, "phoneNumber": number}, **headers)
    assert answer["statusCode"] == 200
    app = {"appId": headers["x_genauth_app_id"]} if "x_genauth_app_id" in headers else {}
    async with http.get("/_mock/messages", params={"phoneNumber": number, **app}) as reply:
        messages = (await reply.json())["messages"]
    return str(messages[0]["passCode"])
