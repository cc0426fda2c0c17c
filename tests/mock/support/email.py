"""Means for testing e-mail addresses: users who call the API about theirs."""

from __future__ import annotations

import aiohttp

from tests.mock.support.http import Json

EMAIL, OTHER = "ada@example.com", "eve@example.com"


class Person:
    """A user who calls the API."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self._http = http
        self._headers = {"authorization": token}

    async def call(self, name: str, **body: object) -> Json:
        """Make a call; give the answer's envelope."""
        async with self._http.post(f"/api/v3/{name}", json=body, headers=self._headers) as reply:
            content: Json = await reply.json()
            return content

    async def sent(self, channel: str, email: str = EMAIL) -> str:
        """Have a code sent; give its digits."""
        answer = await self.call("send-email", channel=channel, email=email)
        assert answer["statusCode"] == 200, answer
        query = {"email": email.lower(), "channel": channel}
        async with self._http.get("/_mock/messages", params=query) as reply:
            return str((await reply.json())["messages"][0]["passCode"])

    async def bind(self, email: str = EMAIL) -> Json:
        """Bind an address."""
        code = await self.sent("CHANNEL_BIND_EMAIL", email)
        return await self.call("bind-email", email=email, passCode=code)

    async def profile(self) -> Json:
        """Get the profile."""
        async with self._http.get("/api/v3/get-profile", headers=self._headers) as reply:
            data: Json = (await reply.json())["data"]
            return data


async def a_user(http: aiohttp.ClientSession, **names: str) -> Person:
    """Make a user."""
    async with http.post("/_mock/users", json=names) as reply:
        return Person(http, (await reply.json())["accessToken"])


async def advance(http: aiohttp.ClientSession, seconds: float) -> None:
    """Let the app's time pass."""
    async with http.post("/_mock/clock", json={"advanceSeconds": seconds}) as reply:
        assert reply.status == 200
