"""A transport of the caller: what it raises becomes one of the SDK's errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest

from aiogenauth import (
    AuthenticationClient,
    ConfigurationError,
    HttpxTransport,
    ReadOutcomeUnknown,
    SendOutcomeUnknown,
    TooManyRequests,
)
from aiogenauth.protocol import Reply, Request


class Broken:
    """Raises what a socket would, with the token in its text."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    async def send(self, _request: Request, /) -> Reply:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError("canary"), TimeoutError("canary"), OSError(5, "canary")],
    ids=["reset", "timeout", "i/o"],
)
async def test_an_error_of_the_system_leaves_the_outcome_unknown(error: Exception) -> None:
    """A read may be sent again, and is; then its error is the SDK's, and quotes nothing."""
    transport = Broken(error)
    client = AuthenticationClient(
        "a", "https://x.example", access_token="t", transport=transport, retries=1
    )
    with pytest.raises(ReadOutcomeUnknown) as unknown:
        await client.get_profile()
    assert transport.asked == 2
    assert "canary" not in f"{unknown.value}{unknown.value.__cause__!r}"


async def test_a_mistake_in_a_transport_proves_nothing_and_is_chained() -> None:
    transport = Broken(LookupError("their own"))
    client = AuthenticationClient("a", "https://x.example", access_token="t", transport=transport)
    with pytest.raises(ReadOutcomeUnknown) as unknown:
        await client.get_profile()
    assert repr(unknown.value.__cause__) == "LookupError('their own')"
    assert transport.asked == 3


class Answering:
    """A transport of the caller whose answer is given."""

    def __init__(self, reply: object) -> None:
        self.reply = reply

    async def send(self, _: Request) -> Reply:
        return self.reply  # type: ignore[return-value]


async def test_names_of_headers_are_found_in_any_case() -> None:
    reply = Reply(429, {"retry-after": "7", "content-type": "text/html"}, b"slow down")
    client = AuthenticationClient("a", "https://x.example", transport=Answering(reply))
    with pytest.raises(TooManyRequests) as refused:
        await client.send_sms("CHANNEL_LOGIN", "18812348888")
    assert refused.value.retry_after == 7.0


async def test_what_is_no_reply_proves_nothing() -> None:
    client = AuthenticationClient(
        "a", "https://x.example", transport=Answering({"statusCode": 200})
    )
    with pytest.raises(SendOutcomeUnknown, match="dict and no Reply"):
        await client.send_sms("CHANNEL_LOGIN", "18812348888")


@pytest.mark.parametrize(
    ("name", "make", "way"),
    [
        ("transport", httpx.AsyncClient, "HttpxTransport"),
        ("transport", httpx2.AsyncClient, "HttpxTransport"),
        ("transport", lambda: HttpxTransport, "send"),
        ("transport", object, "send"),
        ("transport", aiohttp.ClientSession, "session="),
        ("session", httpx.AsyncClient, "ClientSession"),
        ("session", object, "ClientSession"),
    ],
    ids=["httpx", "httpx2", "class", "object", "aiohttp", "httpx as session", "object as session"],
)
async def test_what_carries_nothing_is_refused_with_the_way_to_give_it(
    name: str, make: Callable[[], Any], way: str
) -> None:
    given = make()
    with pytest.raises(ConfigurationError, match=way) as refused:
        AuthenticationClient("a", "https://x.example", **{name: given})
    assert refused.value.field == name
    if isinstance(given, aiohttp.ClientSession):
        await given.close()
