"""Readers of events: what they hear, miss and resume, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from genauth_mock.activity.events import (
    EVENT_NAMES,
    QUEUE_SIZE,
    Events,
    Reader,
)
from genauth_mock.control.events import written


async def test_silence_is_filled_with_comments() -> None:
    events, reader = Events(), Reader()
    assert written(events, reader, await reader.next_events(0)) == b": still here\n\n"


async def test_slow_reader_misses_the_oldest_and_is_told_how_many() -> None:
    events, reader = Events(), Reader()
    await events.listen(reader)
    for _ in range(QUEUE_SIZE + 3):
        events.publish("reset", "app")
    heard: list[Any] = []
    while told := await reader.next_events(0):
        heard += told
    assert (len(heard), heard[0].number, reader.missed) == (QUEUE_SIZE, 4, 3)


@pytest.mark.parametrize(("last", "missed"), [(1, None), (2, 0), (3, 0)])
async def test_resuming_from_what_is_gone_is_told(last: int, missed: int | None) -> None:
    events = Events(size=2)
    events.leave(await _listener(events))
    for _ in range(4):
        events.publish("reset", "app")
    name = events.event_id((await _heard(events, "x-0"))[0]).partition("-")[0]
    reader = Reader()
    await events.listen(reader, f"{name}-{last}")
    assert reader.missed == missed
    assert [event.number for event in await reader.next_events(0)] == [3, 4][max(0, last - 2) :]


async def test_reader_that_left_hears_nothing() -> None:
    events, reader = Events(), Reader()
    await events.listen(reader)
    events.leave(reader)
    events.publish("reset", "app")
    assert await reader.next_events(0) == []


def test_every_event_is_described() -> None:
    from genauth_mock.activity import events as module  # noqa: PLC0415 - its text is what is tested

    assert module.__doc__ is not None
    assert [name for name in EVENT_NAMES if f"``{name}``" not in module.__doc__] == []


async def test_nothing_is_kept_before_somebody_listens() -> None:
    events = Events()
    events.publish("reset", "app")
    assert await _heard(events, "elsewhere-7") == []


async def _listener(events: Events) -> Reader:
    reader = Reader()
    await events.listen(reader)
    return reader


async def _heard(events: Events, last: str) -> list[Any]:
    reader = Reader()
    await events.listen(reader, last)
    return await reader.next_events(0)
