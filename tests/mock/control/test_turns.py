"""Long answers are made in turns: others are answered between two pieces of one."""

from __future__ import annotations

import asyncio
from collections.abc import Sized
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from genauth_mock.runtime import turns
from tests.mock.support.http import Http, get, post, send_sms

if TYPE_CHECKING:
    from genauth_mock.server.launch import Running

MANY = 300


@pytest.mark.parametrize(
    "path", ["users", "state", "messages?limit=1000", "requests?limit=1000", "apps"]
)
async def test_others_have_their_turn_during_a_long_answer(
    server: Running, http: Http, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    users = {"users": [{"username": f"user-{number}"} for number in range(MANY)]}
    await post(http, "/_mock/users", users)
    for number in range(MANY):
        await send_sms(http, number=f"1881234{number:04d}")
        await server.deployment.store.transact(f"app-{number}", lambda _: None)
    taken = 0

    async def take_turns() -> None:
        nonlocal taken
        while True:
            taken += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(turns, "TURN_SECONDS", -1.0)  # each item is a turn of its own
    others = asyncio.create_task(take_turns())
    answer = await get(http, f"/_mock/{path}")
    others.cancel()
    with suppress(asyncio.CancelledError):
        await others
    longest = max(len(value) for value in answer.values() if isinstance(value, Sized))
    assert longest >= MANY
    assert taken > 2 * MANY  # its items are made, and then they are written
