"""What a fake server does with a request: an answer, an error page, silence, half of something."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from attrs import frozen


@frozen
class Received:
    """A request as it came over the wire; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)

    @property
    def fields(self) -> Any:  # noqa: ANN401 - JSON
        """What the body says, be it JSON or a form."""
        if "form" in self.headers["content-type"]:
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True))
        return self.json


@frozen
class Connection:
    """The server's side of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def close(self) -> None:
        self.writer.close()

    def abort(self) -> None:
        self.writer.transport.abort()


Behaviour = Callable[[Connection, Received], Awaitable[None]]


def http(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """Spell an HTTP answer."""
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    fields |= headers or {}
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def answer(
    data: object = None, *, status: int = 200, headers: Mapping[str, str] | None = None,
    **envelope: object,
) -> Behaviour:  # fmt: skip
    """Answer with an envelope; a success unless told otherwise."""
    whole: dict[str, object] = {"statusCode": 200, "message": "操作成功", "requestId": "r-1"}
    whole |= envelope
    if data is not None:
        whole["data"] = data
    return raw(http(json.dumps(whole).encode(), status, headers))


def raw(data: bytes) -> Behaviour:
    """Answer with these bytes."""

    async def behave(connection: Connection, _: Received) -> None:
        await connection.send(data)

    return behave


def page(status: int, body: bytes = b"<html>bad gateway</html>") -> Behaviour:
    """Answer with an error page, as proxies do."""
    return raw(http(body, status, {"Content-Type": "text/html"}))


SIGNED_OUT = answer(statusCode=401, apiCode=2020, message="尚未登录")
"""Refuse the access token."""


async def silence(_: Connection, __: Received) -> None:
    """Never answer."""


async def hang_up(connection: Connection, _: Received) -> None:
    """Read the request and close."""
    connection.close()


async def half_headers(connection: Connection, _: Received) -> None:
    """Stop in the middle of the headers, and stay."""
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


async def half_body(connection: Connection, _: Received) -> None:
    """Stop in the middle of the body, and stay."""
    await connection.send(http(b'{"statusCode": 2', headers={"Content-Length": "99"}))


async def cut_body(connection: Connection, _: Received) -> None:
    """Close in the middle of the body."""
    await connection.send(http(b'{"statusCode": 2', headers={"Content-Length": "99"}))
    connection.close()


LOSSES: dict[str, Behaviour] = {
    "never answers": silence,
    "closes after the request": hang_up,
    "half headers": half_headers,
    "half body": half_body,
    "cut body": cut_body,
    "error page of a gateway": page(502),
    "error page of an overloaded server": page(503),
    "server fault in an envelope": answer(statusCode=500, message="Internal server error"),
    "success that is no JSON": raw(http(b"fine!")),
    "empty success": raw(http(b"")),
    "a list": raw(http(b"[]")),
    "status as text": raw(http(b'{"statusCode": "200", "message": ""}')),
    "wrong content type": raw(http(b"fine!", headers={"Content-Type": "text/plain"})),
    "refused by its status": answer(status=404),
    "success by half": answer(status=500),
    "nonsense": raw(b"\x15\x03\x01 what?\r\n\r\n"),
}
"""Every way in which nobody can know what a request did."""
