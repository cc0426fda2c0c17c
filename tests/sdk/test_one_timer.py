"""Deadlines of blocks: each kept, and all by one timer."""

from __future__ import annotations

import asyncio

import pytest

from aiogenauth.transports.deadlines import Deadline, Deadlines


async def test_each_block_ends_at_its_own_time() -> None:
    deadlines = Deadlines(asyncio.get_running_loop())
    ended: list[str] = []

    async def block(name: str, seconds: float) -> None:
        try:
            with Deadline(deadlines, seconds):
                await asyncio.Event().wait()
        except TimeoutError:
            ended.append(name)

    await asyncio.gather(block("slow", 0.09), block("quick", 0.03), block("middle", 0.06))
    assert ended == ["quick", "middle", "slow"]


async def test_a_block_that_ends_in_time_is_left_alone() -> None:
    deadlines = Deadlines(asyncio.get_running_loop())
    with Deadline(deadlines, 0.01):
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    with pytest.raises(TimeoutError), Deadline(deadlines, 0.01):
        await asyncio.Event().wait()
    assert not asyncio.current_task().cancelling()  # type: ignore[union-attr]


async def test_a_cancellation_from_elsewhere_goes_through() -> None:
    deadlines = Deadlines(asyncio.get_running_loop())

    async def block() -> None:
        with Deadline(deadlines, 9):
            await asyncio.Event().wait()

    task = asyncio.create_task(block())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancellation_that_meets_the_deadline_wins() -> None:
    deadlines = Deadlines(asyncio.get_running_loop())

    async def block() -> None:
        with Deadline(deadlines, 0.01) as deadline:
            deadline.expire()
            asyncio.current_task().cancel()  # type: ignore[union-attr]
            await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(block())


async def test_a_request_outside_of_a_task_is_refused() -> None:
    loop = asyncio.get_running_loop()
    failure: asyncio.Future[str] = loop.create_future()

    def enter() -> None:
        try:
            Deadline(Deadlines(loop), 1).__enter__()
        except RuntimeError as exc:
            failure.set_result(str(exc))

    loop.call_soon(enter)
    assert "task" in await failure
