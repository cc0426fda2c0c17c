"""A server that answers as GenAuth could, and spoils nearly every answer."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import TYPE_CHECKING, Final, cast

from attrs import define, field

from benchmarks.fuzz.mutations import END_OF_HEAD, framed, mutated

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

PROFILE: Final = {
    "userId": "5f8d0f4e",
    "status": "Activated",
    "phone": "18812348888",
    "phoneCountryCode": "+86",
    "phoneVerified": True,
    "loginsCount": 3,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "customData": {"a": [1, None]},
}
DATA: Final[dict[str, object]] = {
    "/api/v3/pre-check-code": {"isValid": True},
    "/api/v3/verify-update-phone-request": {"updatePhoneToken": "token", "tokenExpiresIn": 60},
    "/api/v3/get-profile": PROFILE,
    "/api/v3/get-security-info": {"score": 60, "email": True, "phone": True, "password": True},
    "/api/v3/signin": {
        "access_token": "token",
        "id_token": "token",
        "scope": "openid",
        "token_type": "Bearer",
        "expires_in": 3600,
    },
}
REFUSALS: Final = (
    {"statusCode": 400, "apiCode": 2001, "message": "验证码不正确", "requestId": "id"},
    {"statusCode": 401, "message": "用户未登录", "requestId": "id"},
    {"statusCode": 429, "message": "Too many requests", "requestId": "id"},
    {"statusCode": 500, "message": "failed", "requestId": "id"},
)


@define
class SpoilingServer:
    """Answers every request with an answer that GenAuth could give, spoiled."""

    chance: Random
    talks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]])

    def spoiled(self, path: str) -> bytes:
        """Give an answer to a path, spoiled; one in ten stays whole."""
        whole = {"statusCode": 200, "message": "ok", "requestId": "id", "data": DATA.get(path)}
        content = whole if self.chance.random() < 0.7 else self.chance.choice(REFUSALS)  # noqa: PLR2004
        headers = b"Content-Type: application/json; charset=utf-8\r\nRetry-After: 1\r\n"
        answer = framed(b"HTTP/1.1 200 OK", headers, json.dumps(content).encode())
        return answer if self.chance.random() < 0.1 else mutated(self.chance, answer)  # noqa: PLR2004

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the client leaves, or we do."""
        talk = cast("asyncio.Task[None]", asyncio.current_task())
        self.talks.add(talk)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._talk(reader, writer)
        finally:
            self.talks.discard(talk)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            head = await reader.readuntil(END_OF_HEAD)
            await reader.readexactly(_length(head))
            writer.write(self.spoiled(head.split(b" ", 2)[1].decode().partition("?")[0]))
            await writer.drain()
            if self.chance.random() < 0.5:  # noqa: PLR2004 - as often as not it hangs up
                break


@asynccontextmanager
async def spoiling(seed: int) -> AsyncGenerator[str]:
    """Run a server that spoils its answers; give its URL."""
    spoiler = SpoilingServer(Random(seed))
    server = await asyncio.start_server(spoiler.talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for talk in tuple(spoiler.talks):
            talk.cancel()
        await asyncio.gather(*spoiler.talks, return_exceptions=True)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0
