"""Means for testing faults: calls, armed faults, and a look at the bare wire."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from genauth_mock.server import Running

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = "18812348888"
OTHER: Final = "18812348889"
AN_HOUR: Final = 3600

Json = dict[str, Any]


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


async def arm(http: aiohttp.ClientSession, **fault: object) -> Json:
    """Arm a fault that has to be accepted."""
    armed = await post(http, "/_mock/faults", fault)
    assert "error" not in armed
    return armed


async def send_sms(http: aiohttp.ClientSession, number: str = NUMBER, **headers: str) -> Json:
    """Ask for a code to bind with."""
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    return await post(http, "/api/v3/send-sms", body, **headers)


async def codes_sent(http: aiohttp.ClientSession, number: str = NUMBER) -> list[str]:
    """Read what reached a number."""
    messages = (await get(http, "/_mock/messages", phoneNumber=number))["messages"]
    return [message["passCode"] for message in messages]


async def answer_on_the_wire(server: Running, path: str, body: object) -> bytes:
    """Ask over a bare socket and read until the connection ends; a reset raises ConnectionResetError."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        written = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(written)}\r\n"
        writer.write(head.encode() + b"Content-Type: application/json\r\n\r\n" + written)
        return await reader.read()
    finally:
        writer.close()


A_CODE: Final[Mapping[str, str]] = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": NUMBER}
