"""Means for testing faults: armed ones, what reached a phone, and a look at the bare wire."""

from __future__ import annotations

import asyncio
import json
from typing import Final

import aiohttp

from genauth_mock.server.launch import Running
from tests.mock.support.http import (
    NUMBER,
    Json,
    get,
    post,
)

OTHER: Final = "18812348889"
AN_HOUR: Final = 3600


async def arm(http: aiohttp.ClientSession, **fault: object) -> Json:
    """Arm a fault that has to be accepted."""
    armed = await post(http, "/_mock/faults", fault)
    assert "error" not in armed
    return armed


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
