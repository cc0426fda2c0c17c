"""Answers that are packed, and ones that nobody asked for."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from typing import Any

import aiohttp
import pytest

from aiogenauth import AuthenticationClient, BindOutcomeUnknown, PassCodeWrong
from aiogenauth.transports.inflating import LONGEST_ANSWER
from tests.sdk.support.answers import Connection, Received, http, raw
from tests.sdk.support.world import CODE, NUMBER, FakeServer, Kind, connected

REFUSAL = json.dumps({"statusCode": 499, "apiCode": 2001, "message": "验证码不正确"}).encode()
BOMB = gzip.compress(b" " * (64 * 1024 * 1024))


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(REFUSAL)),
        ("X-GZIP", gzip.compress(REFUSAL)),
        ("gzip", gzip.compress(REFUSAL[:20]) + gzip.compress(REFUSAL[20:])),
        ("gzip", gzip.compress(REFUSAL) + gzip.compress(b"") * 63),
        ("deflate", zlib.compress(REFUSAL)),
        ("deflate", _raw_deflate(REFUSAL)),
        ("identity", REFUSAL),
        ("gzip", REFUSAL),
        ("br", REFUSAL),
    ],
    ids=[
        "gzip",
        "x-gzip",
        "two parts",
        "64 parts",
        "deflate",
        "bare deflate",
        "identity",
        "not so",
        "not br",
    ],
)
async def test_a_packed_answer_is_unpacked(
    genauth: FakeServer, client: AuthenticationClient, coding: str, body: bytes
) -> None:
    genauth.on("bind-phone", raw(http(body, headers={"Content-Encoding": coding})))
    with pytest.raises(PassCodeWrong):
        await client.bind_phone(CODE, NUMBER)
    assert genauth.received[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", BOMB),
        ("deflate", zlib.compress(b" " * (LONGEST_ANSWER + 1))),
        ("gzip, gzip", gzip.compress(BOMB)),
        ("gzip", gzip.compress(b"") * 65),
        ("gzip", gzip.compress(b"[" + b"{}," * 1_000_000 + b"{}]")),
        ("identity", b'{"statusCode":200,"data":[' + b'{"":0},' * 150_000 + b"0]}"),
        ("br", b"\x0b\x02\x80"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("gzip", gzip.compress(REFUSAL)[:-9]),
        ("gzip", b"\x1f\x8bnonsense"),
        ("deflate", b"nonsense"),
    ],
    ids=[
        "bomb",
        "one byte",
        "twice",
        "parts",
        "values",
        "plain values",
        "br",
        "zstd",
        "broken off",
        "broken",
        "broken deflate",
    ],
)
async def test_what_cannot_be_unpacked_within_the_bound_is_unknown(
    genauth: FakeServer, client: AuthenticationClient, coding: str, body: bytes
) -> None:
    genauth.on("bind-phone", raw(http(body, headers={"Content-Encoding": coding})))
    tracemalloc.start()
    try:
        with pytest.raises(BindOutcomeUnknown, match="no whole answer came"):
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * LONGEST_ANSWER


async def test_a_session_that_unpacks_itself_is_told_not_to(genauth: FakeServer) -> None:
    body = gzip.compress(REFUSAL)
    genauth.on("bind-phone", raw(http(body, headers={"Content-Encoding": "gzip"})))
    for unpacks in (True, False):
        async with (
            aiohttp.ClientSession(auto_decompress=unpacks) as session,
            connected(genauth.url, session=session) as client,
        ):
            with pytest.raises(PassCodeWrong):
                await client.bind_phone(CODE, NUMBER)


@pytest.mark.parametrize("moment", ["late", "at once", "by half"])
@pytest.mark.parametrize("is_given", [True, False], ids=["their session", "our session"])
async def test_an_answer_that_nobody_asked_for_is_nobodys(
    genauth: FakeServer, moment: str, *, is_given: bool
) -> None:
    """It would be the next user's: the connection is closed instead."""
    poison = http(b'{"statusCode": 200, "message": "POISON"}')

    async def behave(connection: Connection, received: Received) -> None:
        message = {"statusCode": 200, "message": received.headers["authorization"]}
        whole = http(json.dumps(message).encode())
        await connection.send(whole + (poison if moment == "at once" else b""))
        if moment != "at once":
            await asyncio.sleep(0.02)
            await connection.send(poison if moment == "late" else poison[:30])

    genauth.on("*", behave)
    async with aiohttp.ClientSession() as session:
        given: dict[str, Any] = {"session": session} if is_given else {}
        async with connected(genauth.url, **given) as client:
            for user in ("token-of-ann", "token-of-bob", "token-of-eve"):
                confirmed = await client.as_user(user).bind_phone(CODE, NUMBER)
                assert confirmed.message == user
                await asyncio.sleep(0.05)
    assert len(genauth.received) == 3


async def test_one_long_header_of_a_company_network_is_read(
    genauth: FakeServer, kind: Kind
) -> None:
    headers = {"X-Waf": "a" * 9000, **{f"X-{n}": "1" for n in range(60)}}
    genauth.on("*", raw(http(REFUSAL, headers=headers)))
    async with connected(genauth.url, kind) as client:
        with pytest.raises(PassCodeWrong):
            await client.bind_phone(CODE, NUMBER)
