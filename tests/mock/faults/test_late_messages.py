"""Messages on their way while Redis is away: they wait for it."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from genauth_mock.engine.address import Phone
from genauth_mock.engine.clock import Clock
from genauth_mock.engine.pass_code import PassCode
from genauth_mock.faults.delivery import Dispatch, LateMessages
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from genauth_mock.storage.interfaces import StoreUnreachable
from tests.mock.support.http import PATIENCE, SMS, Http
from tests.mock.support.world import T0
from tests.support.redis_server import redis_in


async def post(http: Http, path: str, body: object) -> None:
    async with http.post(path, json=body) as reply:
        assert reply.status == 200


class HeldUp(logging.Handler):
    """Tells when a late message is said to wait for its store."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = asyncio.Event()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line."""
        line = record.getMessage()
        if line.startswith("a late message waits for its store: "):
            self.lines.append(line)
            self.said.set()


@pytest.fixture
def held_up() -> Iterator[HeldUp]:
    """Give what is logged of late messages."""
    handler, log = HeldUp(), logging.getLogger("genauth_mock")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


async def test_a_message_on_its_way_comes_when_redis_is_back(held_up: HeldUp) -> None:
    late = {"delivery": "late", "delaySeconds": 30}
    with tempfile.TemporaryDirectory(prefix="redis-") as folder, ExitStack() as redis:
        options = Options(store=redis.enter_context(redis_in(Path(folder))))
        async with (
            asyncio.timeout(PATIENCE),
            running(options) as server,
            Http(server.url) as http,
        ):
            await post(http, "/_mock/faults", late)
            await post(http, "/api/v3/send-sms", SMS)
            redis.close()
            server.deployment.deliveries.late.look_at_clock(options.app_id)
            await held_up.said.wait()
            redis.enter_context(redis_in(Path(folder)))
            await post(http, "/_mock/clock", {"advanceSeconds": 31})
            async with http.get("/_mock/messages", params={"wait": "10"}) as reply:
                [message] = (await reply.json())["messages"]
    assert message["phoneNumber"] == SMS["phoneNumber"]
    [line] = held_up.lines
    assert f"the store at {options.store} cannot be reached" in line
    assert SMS["phoneNumber"] not in line


async def test_a_message_that_the_store_does_not_take_is_delivered_once_it_does(
    held_up: HeldUp,
) -> None:
    refusals = [StoreUnreachable("full"), StoreUnreachable("full")]
    delivered: asyncio.Queue[str] = asyncio.Queue()

    async def clock(_: str) -> Clock:
        return Clock()

    async def deliver(app_id: str, code: PassCode) -> None:
        if refusals:
            late.look_at_clock(app_id)
            raise refusals.pop()
        delivered.put_nowait(code.code_id)

    late = LateMessages(clock, deliver, T0.timestamp, StoreUnreachable)
    code = PassCode("id", "CHANNEL_LOGIN", Phone("+86", "18812348888"), "012345", T0, T0)
    late.send("app", Dispatch(code))
    async with asyncio.timeout(PATIENCE):
        assert await delivered.get() == "id"
    assert held_up.lines == ["a late message waits for its store: full"]
