"""What the server of a soak knows, and what calls through the SDK were seen to do."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Final, cast

import aiohttp
from attrs import define, field

from aiogenauth import ApiError, GenAuthError, OutcomeUnknown, PassCodeRejected, UpdateTokenRejected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from aiogenauth import Channel

TRIES: Final = 4
"""How often the truth is asked for: the process that should tell it may have been killed."""

Json = dict[str, object]


class Untold(Exception):  # noqa: N818 - it says what happened
    """The server did not tell what is true."""


@define
class Truth:
    """What the server knows, asked for on a way that no fault lies on."""

    http: aiohttp.ClientSession
    pause_seconds: float = 0.05

    async def tell(self, method: str, path: str, body: Json | None = None) -> Json:
        """Ask the server, again where its process was killed meanwhile.

        Raises:
            Untold: It gave no answer, however often it was asked.
        """
        said: Exception | None = None
        for _ in range(TRIES):
            try:
                return await self._told(method, path, body)
            except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                said = error
            await asyncio.sleep(self.pause_seconds)
        message = f"{method} {path} gets no answer: {type(said).__name__}: {said}"
        raise Untold(message)

    async def user(self, user_id: str) -> Json:
        """Give a user as the server knows them."""
        return await self.tell("GET", f"/_mock/users/{user_id}")

    async def codes(self, number: str, channel: Channel) -> list[str]:
        """Give the codes that were sent to a number, the newest first."""
        path = f"/_mock/messages?phoneNumber={number}&channel={channel}"
        messages = cast("list[dict[str, str]]", (await self.tell("GET", path))["messages"])
        return [message["passCode"] for message in messages]

    async def _told(self, method: str, path: str, body: Json | None) -> Json:
        async with self.http.request(method, path, json=body) as answer:
            answer.raise_for_status()
            return cast("Json", await answer.json())


@define
class Tally:
    """What happened so far.

    Attributes:
        outcomes: How often each call ended how.
        failures: Where the SDK said what is not true, and what the server did not tell of a whole round.
        untold: How often the truth could not be had, and a person was left.
        phones: The number of each user of this round as it was last seen.
        numbers: Numbers that nobody has.
    """

    outcomes: dict[str, Counter[str]] = field(factory=dict[str, Counter[str]])
    failures: list[str] = field(factory=list[str])
    untold: int = 0
    phones: dict[str, object] = field(factory=dict[str, object])
    numbers: Iterator[int] = field(factory=lambda: count(13_000_000_000))

    async def outcome(self, call: str, asked: Awaitable[object]) -> tuple[str, object]:
        """Wait for a call and tell how it ended: returned, refused, failed or unknown."""
        result: object = None
        try:
            ended, result = "returned", await asked
        except OutcomeUnknown:
            ended = "unknown"
        except ApiError as error:
            ended = "refused"
            if isinstance(error, PassCodeRejected | UpdateTokenRejected):
                self.failures.append(f"{call}: a good code or token was refused: {error}")
        except GenAuthError:
            ended = "failed"
        self.outcomes.setdefault(call, Counter())[ended] += 1
        return ended, result

    def hold(self, call: str, ended: str, *, is_done: bool) -> None:
        """Hold an outcome against the truth."""
        if (ended == "returned" and not is_done) or (ended in {"refused", "failed"} and is_done):
            self.failures.append(f"{call}: {ended}, but {'done' if is_done else 'not done'}")
