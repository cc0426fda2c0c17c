"""Means for testing the calls under /_mock/: a call for an app, a code sent, the outbox."""

from __future__ import annotations

from typing import Any

import aiohttp
from yarl import URL

NUMBER = "18812348888"


async def call(
    http: aiohttp.ClientSession,
    what: str,
    body: object = None,
    app_id: str = "app",
    token: str | None = None,
) -> tuple[int, dict[str, Any]]:
    """Make a call, such as ``GET /_mock/users``, for an app; give the HTTP status and the answer."""
    method, path = what.split(" ", 1)
    headers = {"x-genauth-app-id": app_id, **({"authorization": token} if token else {})}
    # As it is written: a ``%2B`` is not to become a plus sign, which is a blank.
    url = URL(path, encoded=True)
    async with http.request(method, url, json=body, headers=headers) as reply:
        return reply.status, await reply.json()


async def send(http: aiohttp.ClientSession, number: str = NUMBER, app_id: str = "app") -> None:
    """Send a code."""
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    _, answer = await call(http, "POST /api/v3/send-sms", body, app_id)
    assert answer["statusCode"] == 200, answer


async def messages(
    http: aiohttp.ClientSession, query: str = "", app_id: str = "app"
) -> list[dict[str, Any]]:
    """Read the outbox."""
    _, answer = await call(http, f"GET /_mock/messages?{query}", app_id=app_id)
    found: list[dict[str, Any]] = answer["messages"]
    return found
