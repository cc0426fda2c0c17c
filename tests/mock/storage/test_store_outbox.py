"""What would have been sent is found at once, and old messages make room: one suite, two outboxes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from attrs import evolve
from redis.asyncio import Redis

from genauth_mock.engine.address import Address, Email, Phone
from genauth_mock.engine.pass_code import PassCode, State
from genauth_mock.storage.interfaces import Outbox, Wanted
from genauth_mock.storage.memory import MemoryOutbox
from genauth_mock.storage.redis.outbox import RedisOutbox
from tests.mock.support.http import PATIENCE

T0 = datetime(2026, 1, 1, tzinfo=UTC)
APP = f"app-{uuid4()}"
BOB = Phone("+86", "18812348888")
ANN = Phone("+49", "15112345678")
EVE = Email("eve@example.com")


def code(
    name: str, address: Address = BOB, at: datetime = T0, channel: str = "CHANNEL_LOGIN"
) -> PassCode:
    return PassCode(name, channel, address, "123456", at, at + timedelta(seconds=60))


@pytest.fixture(params=["memory", "redis"])
async def outbox(request: pytest.FixtureRequest) -> AsyncIterator[Outbox]:
    """Give an outbox of four messages, of each sort, empty for the app."""
    if request.param == "memory":
        yield MemoryOutbox(size=4, most_ended=2)
        return
    url = request.getfixturevalue("redis_url")
    client = Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves its options untyped
    shared = RedisOutbox(client, "test", size=4, most_ended=2)
    await shared.forget(APP)
    yield shared
    await shared.close()


async def ids(outbox: Outbox, wanted: Wanted) -> list[str]:
    return [message.code.code_id for message in await outbox.find(APP, wanted)]


async def test_messages_are_found_newest_first(outbox: Outbox) -> None:
    for name, address in (("a", BOB), ("b", ANN), ("c", BOB)):
        await outbox.add(APP, code(name, address))
    assert await ids(outbox, Wanted()) == ["c", "b", "a"]
    assert await ids(outbox, Wanted(to=BOB.number)) == ["c", "a"]
    assert await ids(outbox, Wanted(to=ANN.number, country_code="+49")) == ["b"]
    assert await ids(outbox, Wanted(to=ANN.number, country_code="+86")) == []
    assert await ids(outbox, Wanted(limit=1)) == ["c"]


async def test_a_mail_is_found_by_its_address_and_channel(outbox: Outbox) -> None:
    await outbox.add(APP, code("a", EVE, channel="CHANNEL_BIND_EMAIL"))
    assert await ids(outbox, Wanted(to=EVE.text, channel="CHANNEL_BIND_EMAIL")) == ["a"]
    assert await ids(outbox, Wanted(to=EVE.text, channel="CHANNEL_LOGIN")) == []


async def test_only_what_came_after_the_cursor_is_given(outbox: Outbox) -> None:
    first = await outbox.add(APP, code("a"))
    second = await outbox.add(APP, code("b"))
    assert await ids(outbox, Wanted(after=first.cursor)) == ["b"]
    assert await ids(outbox, Wanted(after=second.cursor, to=BOB.number)) == []
    assert await outbox.cursor(APP) == second.cursor


async def test_a_code_is_shown_as_it_is_now_wherever_it_was_sent(outbox: Outbox) -> None:
    await outbox.add(APP, code("a"))
    await outbox.add(APP, code("a"))
    await outbox.update(APP, evolve(code("a"), ended=State.USED))
    shown = await outbox.find(APP, Wanted(to=BOB.number))
    assert [message.code.ended for message in shown] == [State.USED, State.USED]


async def test_a_full_ring_drops_its_oldest_even_if_still_needed(outbox: Outbox) -> None:
    for name in "abcdef":
        await outbox.add(APP, code(name))
    assert await ids(outbox, Wanted()) == ["f", "e", "d", "c"]
    assert await ids(outbox, Wanted(to=BOB.number)) == ["f", "e", "d", "c"]


async def test_codes_that_ended_make_room_first(outbox: Outbox) -> None:
    await outbox.add(APP, code("expired"))
    await outbox.add(APP, code("used", ANN, T0 + timedelta(seconds=30)))
    await outbox.update(
        APP, evolve(code("used", ANN, T0 + timedelta(seconds=30)), ended=State.USED)
    )
    for name in ("b", "c"):
        await outbox.add(APP, code(name, at=T0 + timedelta(seconds=60)))
    assert await ids(outbox, Wanted()) == ["c", "b"]
    assert await ids(outbox, Wanted(to=ANN.number)) == []


async def test_who_waits_is_told_of_the_message_that_fits(outbox: Outbox) -> None:
    waiting = asyncio.create_task(outbox.wait(APP, Wanted(to=ANN.number), 5))
    await outbox.add(APP, code("a", BOB))
    await outbox.add(APP, code("b", ANN))
    assert [message.code.code_id for message in await waiting] == ["b"]


async def test_who_waits_in_vain_gets_nothing(outbox: Outbox) -> None:
    assert await outbox.wait(APP, Wanted(to="15112345679"), 0.01) == []


async def test_every_wait_in_vain_ends(outbox: Outbox) -> None:
    """redis-py lost cancellations: one wait in a hundred never ended."""

    async def ask(number: int) -> None:
        for context in range(20):
            assert await outbox.wait(APP, Wanted(to=str(number)), 0.001 * (context % 5 + 1)) == []

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(ask(15112340000 + number) for number in range(32)))


async def test_an_emptied_ring_goes_on_counting(outbox: Outbox) -> None:
    before = await outbox.add(APP, code("a"))
    await outbox.forget(APP)
    assert await ids(outbox, Wanted(to=BOB.number)) == []
    after = await outbox.add(APP, code("b"))
    assert after.cursor > before.cursor
    assert await ids(outbox, Wanted()) == ["b"]


def test_no_message_is_lost_that_several_threads_add_at_once() -> None:
    """Each takes a cursor of its own; threads take turns every microsecond."""
    outbox, usual = MemoryOutbox(size=100_000), sys.getswitchinterval()

    def add_many(thread: int) -> list[int]:
        async def add() -> list[int]:
            sent = [code(f"{thread}-{number}") for number in range(10_000)]
            return [(await outbox.add(APP, one)).cursor for one in sent]

        return asyncio.run(add())

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            cursors = [each for given in threads.map(add_many, range(4)) for each in given]
    finally:
        sys.setswitchinterval(usual)
    assert sorted(cursors) == list(range(1, 40_001))
