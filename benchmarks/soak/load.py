"""Mixed load under faults and kills: many people at a time; each outcome is held against the truth."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

import aiohttp
from attrs import frozen

from aiogenauth import AuthenticationClient
from benchmarks.processes import Memory
from benchmarks.soak.person import PASSWORD, Person
from benchmarks.soak.truth import Tally, Truth, Untold

if TYPE_CHECKING:
    from benchmarks.soak.server import Server

APP: Final = "soak"
ROUND_SECONDS: Final = 5.0
PEOPLE: Final = 16
KILL_EVERY_SECONDS: Final = 3.0
TRUTH_SECONDS: Final = 5.0
ROUTES: Final = (
    *("send-sms", "bind-phone", "unbind-phone", "get-profile"),
    *("verify-update-phone-request", "update-phone", "signin"),
)
FAULTS: Final[tuple[dict[str, object], ...]] = (
    {"kind": "drop", "when": "before", "probability": 0.03},
    {"kind": "drop", "when": "after", "probability": 0.03},
    {"kind": "reset", "when": "after", "probability": 0.03},
    {"kind": "cut", "probability": 0.03},
    {"kind": "notJson", "probability": 0.03},
    {"kind": "status", "httpStatus": 503, "probability": 0.03},
    {"kind": "delay", "delay": {"distribution": "uniform", "fromSeconds": 0, "toSeconds": 0.03}},
)

Json = dict[str, object]


async def soak_load(server: Server, seconds: float) -> Json:
    """Play rounds of mixed load while workers are killed."""
    tally, memory, began = Tally(), Memory(server.watched()), monotonic()
    kills = asyncio.create_task(_kill_workers(server))
    limit = aiohttp.ClientTimeout(total=TRUTH_SECONDS)
    async with (
        aiohttp.ClientSession(server.url, headers={"x-genauth-app-id": APP}, timeout=limit) as http,
        AuthenticationClient(APP, server.url, deadline=4.0, timeout=2.0) as client,
    ):
        while monotonic() < began + seconds:
            await Round(Truth(http), client, tally).play()
            memory.note()
    kills.cancel()
    with suppress(asyncio.CancelledError):
        await kills
    return {
        "seconds": round(monotonic() - began),
        "calls": sum(each.total() for each in tally.outcomes.values()),
        "outcomes": {name: dict(each) for name, each in sorted(tally.outcomes.items())},
        "killed": server.errors.read_text(encoding="utf-8").count("was ended by signal 9"),
        "untold": tally.untold,
        "failures": tally.failures,
        "memoryMib": memory.report(),
    }


async def _kill_workers(server: Server) -> None:
    for turn in count():
        await asyncio.sleep(KILL_EVERY_SECONDS)
        server.kill_a_younger_worker(turn)


@frozen
class Round:
    """People who live for a while, many at a time, one after the other."""

    truth: Truth
    client: AuthenticationClient
    tally: Tally
    seconds: float = ROUND_SECONDS

    async def play(self) -> None:
        """Let people live; then hold what is kept against all that was seen, and forget everything.

        What the server does not tell is a failure, and the round goes on.
        """
        for step in (self._arm, self._live, self._compare, self._forget):
            try:
                await step()
            except Untold as error:
                self.tally.failures.append(f"in a round, {error}")

    async def _arm(self) -> None:
        for fault in FAULTS:
            for route in ROUTES:
                await self.truth.tell("POST", "/_mock/faults", {**fault, "route": route})

    async def _live(self) -> None:
        ends = monotonic() + self.seconds
        self.tally.phones.clear()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(PEOPLE):
                tasks.create_task(self._live_one_after_the_other(ends))

    async def _live_one_after_the_other(self, ends: float) -> None:
        while monotonic() < ends:
            try:
                await self._live_one(f"person-{next(self.tally.numbers)}")
            except Untold:
                self.tally.untold += 1

    async def _live_one(self, name: str) -> None:
        wanted: Json = {"username": name, "password": PASSWORD}
        made = await self.truth.tell("POST", "/_mock/users", wanted)
        user = self.client.as_user(str(made["accessToken"]))
        await Person(str(made["userId"]), name, user, self.truth, self.tally).live()

    async def _compare(self) -> None:
        users = cast("list[Json]", (await self.truth.tell("GET", "/_mock/users"))["users"])
        kept = {str(user["userId"]): user["phoneNumber"] for user in users}
        for user_id, phone in self.tally.phones.items():
            if kept.get(user_id, "nobody") != phone:
                lost = "lost: a user is not at the end of a round as they were left"
                self.tally.failures.append(lost)

    async def _forget(self) -> None:
        await self.truth.tell("POST", "/_mock/reset", {})
