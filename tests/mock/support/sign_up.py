"""Means for testing who signs up: codes sent, and both ways to do it."""

from __future__ import annotations

import aiohttp

from tests.mock.support.http import Json, post

EMAIL, PASSWORD = "ada@example.com", "correct-horse"


async def sent(http: aiohttp.ClientSession, channel: str, to: str) -> str:
    """Send a code by message or mail; give its digits."""
    kind, name = ("email", "email") if "@" in to else ("sms", "phoneNumber")
    answer = await post(http, f"/api/v3/send-{kind}", {"channel": channel, name: to})
    assert answer["statusCode"] == 200, answer
    async with http.get("/_mock/messages", params={name: to, "channel": channel}) as reply:
        return str((await reply.json())["messages"][0]["passCode"])


async def sign_up(http: aiohttp.ClientSession, **body: object) -> Json:
    """Sign up."""
    return await post(http, "/api/v3/signup", body)


async def by_password(http: aiohttp.ClientSession, **more: object) -> Json:
    """Sign ada up by username and password."""
    payload = {"username": "ada", "password": PASSWORD}
    return await sign_up(http, **{"connection": "PASSWORD", "passwordPayload": payload, **more})


async def by_code(http: aiohttp.ClientSession, to: str, pass_code: str, **more: object) -> Json:
    """Sign up by the code that was sent to an address."""
    payload = {"email" if "@" in to else "phone": to, "passCode": pass_code}
    return await sign_up(http, **{"connection": "PASSCODE", "passCodePayload": payload, **more})
