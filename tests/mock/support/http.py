"""Means for testing over HTTP: ask, and give the JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = "18812348888"
SMS: Final[Mapping[str, str]] = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": NUMBER}
"""Asks for a code to bind with."""

PATIENCE: Final = 120
"""Seconds after which what should have come is given up."""

Json = dict[str, Any]
Http = aiohttp.ClientSession


async def post(http: aiohttp.ClientSession, path: str, body: object, **headers: str) -> Json:
    """Ask for something; give the JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with http.post(path, json=body, headers=named) as reply:
        answer: Json = await reply.json()
        return answer


async def get(http: aiohttp.ClientSession, path: str, **query: str) -> Json:
    """Ask; give the JSON."""
    async with http.get(path, params=query) as reply:
        answer: Json = await reply.json()
        return answer


async def send_sms(http: aiohttp.ClientSession, number: str = NUMBER, **headers: str) -> Json:
    """Ask for a code to bind with."""
    return await post(http, "/api/v3/send-sms", {**SMS, "phoneNumber": number}, **headers)
