"""A server that answers every request alike, as fast as it can: with one envelope, or with `--tokens` with tokens."""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from contextlib import suppress
from typing import ClassVar, cast

BODY = b'{"statusCode":200,"message":"ok","requestId":"934108e5-9fbf-4d24-8da1-c330328abd6c"}'
TOKENS = {
    "access_token": "a" * 700,
    "id_token": "i" * 500,
    "refresh_token": "r" * 43,
    "token_type": "Bearer",
    "expires_in": 1_209_600,
    "scope": "openid profile phone offline_access",
}


def reply_of(body: bytes) -> bytes:
    """Return the whole reply that has a body."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
    return head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Answer(asyncio.Protocol):
    """Answers each request of a connection."""

    reply: ClassVar[bytes] = reply_of(BODY)

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete by now."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            _, _, length = head.partition(b"content-length:")
            whole = end + 4 + int(length.split(b"\r\n", 1)[0] or 0)
            if len(self._buffer) < whole or self._transport is None:
                return
            self._buffer = self._buffer[whole:]
            self._transport.write(self.reply)


async def serve(arguments: list[str]) -> None:
    """Listen on a free port, with TLS if a certificate and its key are given; print the URL."""
    context = None
    if arguments == ["--tokens"]:
        Answer.reply = reply_of(json.dumps(TOKENS).encode())
    elif arguments:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*arguments)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answer, "127.0.0.1", 0, ssl=context)
    scheme = "https" if context else "http"
    print(f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(ImportError):
        import uvloop

        uvloop.install()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(sys.argv[1:]))
