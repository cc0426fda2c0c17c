"""Mixed load under faults: people send, bind, look, sign in, change, unbind; each outcome is held against the truth."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

import aiohttp
from attrs import define, field, frozen

from aiogenauth import (
    ApiError,
    AuthenticationClient,
    Channel,
    GenAuthError,
    OutcomeUnknown,
    PassCodeRejected,
    PhoneUpdateGrant,
    UpdateTokenRejected,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

APP: Final = "soak"
PASSWORD: Final = "a-password-of-the-soak"  # noqa: S105 - of people who do not exist
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
TRIES: Final = 4
"""How often the truth is asked for: the process that should tell it may have been killed."""

Json = dict[str, object]


class Untold(Exception):  # noqa: N818 - it says what happened
    """The server did not tell what is true."""


@define
class Truth:
    """What the server knows, asked for on a way that no fault lies on."""

    http: aiohttp.ClientSession

    async def tell(self, method: str, path: str, body: Json | None = None) -> Json:
        """Ask the server, again where its process was killed meanwhile."""
        for _ in range(TRIES):
            with suppress(aiohttp.ClientError, ConnectionError, TimeoutError):
                async with self.http.request(method, path, json=body) as answer:
                    answer.raise_for_status()
                    return cast("Json", await answer.json())
            await asyncio.sleep(0.05)
        message = f"{method} {path} gets no answer"
        raise Untold(message)

    async def user(self, user_id: str) -> Json:
        """Give a user as the server knows them."""
        return await self.tell("GET", f"/_mock/users/{user_id}")

    async def codes(self, number: str, channel: Channel) -> list[str]:
        """Give the codes that were sent to a number, the newest first."""
        path = f"/_mock/messages?phoneNumber={number}&channel={channel}"
        messages = cast("list[dict[str, str]]", (await self.tell("GET", path))["messages"])
        return [message["passCode"] for message in messages]


@define
class Tally:
    """What happened so far.

    Attributes:
        outcomes: How often each call ended how.
        lies: Where the SDK said what is not true.
        untold: How often the truth could not be had, and a person was left.
        phones: The number of each user of this round as it was last seen.
        numbers: Numbers that nobody has.
    """

    outcomes: dict[str, Counter[str]] = field(factory=dict[str, Counter[str]])
    lies: list[str] = field(factory=list[str])
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
                self.lies.append(f"{call}: a good code or token was refused: {error}")
        except GenAuthError:
            ended = "failed"
        self.outcomes.setdefault(call, Counter())[ended] += 1
        return ended, result

    def hold(self, call: str, ended: str, *, is_done: bool) -> None:
        """Hold an outcome against the truth."""
        if (ended == "returned" and not is_done) or (ended in {"refused", "failed"} and is_done):
            self.lies.append(f"{call}: {ended}, but {'done' if is_done else 'not done'}")


@frozen
class Person:
    """One user, from their first message to their last."""

    user_id: str
    name: str
    client: AuthenticationClient
    truth: Truth
    tally: Tally

    async def live(self) -> None:
        """Do everything that a user does, as far as it goes well."""
        number = await self._bind()
        if number is None:
            return
        await self._look(number)
        await self._sign_in(number)
        await self._unbind(await self._change(number))

    async def _code(self, channel: Channel, number: str) -> str | None:
        """Have a code sent, and look whether it was."""
        before = await self.truth.codes(number, channel)
        ended, _ = await self.tally.outcome("send_sms", self.client.send_sms(channel, number))
        codes = await self.truth.codes(number, channel)
        is_new = len(codes) > len(before)
        self.tally.hold("send_sms", ended, is_done=is_new)
        return codes[0] if is_new else None

    async def _phone(self) -> object:
        phone = (await self.truth.user(self.user_id))["phoneNumber"]
        self.tally.phones[self.user_id] = phone
        return phone

    async def _bind(self) -> str | None:
        number = str(next(self.tally.numbers))
        code = await self._code(Channel.BIND_PHONE, number)
        if code is None:
            return None
        ended, _ = await self.tally.outcome("bind_phone", self.client.bind_phone(code, number))
        is_bound = await self._phone() == number
        self.tally.hold("bind_phone", ended, is_done=is_bound)
        return number if is_bound else None

    async def _look(self, number: str) -> None:
        ended, profile = await self.tally.outcome("get_profile", self.client.get_profile())
        shown = getattr(profile, "phone", None)
        if ended == "returned" and str(shown) not in {number, f"+86{number}"}:
            self.tally.lies.append("get_profile: shows another number")

    async def _sign_in(self, number: str) -> None:
        """Sign in twice: with a code and with the password."""
        code = await self._code(Channel.LOGIN, number)
        if code is not None:
            asked = self.client.sign_in_by_phone_passcode(number, code)
            await self._counted("sign_in_by_phone_passcode", asked)
        asked = self.client.sign_in_by_username_password(self.name, PASSWORD)
        await self._counted("sign_in_by_username_password", asked)

    async def _counted(self, call: str, asked: Awaitable[object]) -> None:
        before = (await self.truth.user(self.user_id))["loginsCount"]
        ended, _ = await self.tally.outcome(call, asked)
        after = (await self.truth.user(self.user_id))["loginsCount"]
        self.tally.hold(call, ended, is_done=after != before)

    async def _change(self, old: str) -> str:
        """Change to a new number; give the one that is bound afterwards."""
        new = str(next(self.tally.numbers))
        codes = [
            await self._code(Channel.BIND_PHONE, new),
            await self._code(Channel.UNBIND_PHONE, old),
        ]
        if None in codes:
            return old
        new_code, old_code = cast("list[str]", codes)
        asked = self.client.verify_update_phone_request(
            {
                "newPhoneNumber": new,
                "newPhonePassCode": new_code,
                "oldPhoneNumber": old,
                "oldPhonePassCode": old_code,
            }
        )
        _, grant = await self.tally.outcome("verify_update_phone_request", asked)
        if not isinstance(grant, PhoneUpdateGrant):
            return old
        ended, _ = await self.tally.outcome("update_phone", self.client.update_phone(grant))
        bound = str(await self._phone())
        self.tally.hold("update_phone", ended, is_done=bound == new)
        return bound

    async def _unbind(self, number: str) -> None:
        code = await self._code(Channel.UNBIND_PHONE, number)
        if code is None:
            return
        ended, _ = await self.tally.outcome("unbind_phone", self.client.unbind_phone(code))
        self.tally.hold("unbind_phone", ended, is_done=await self._phone() is None)


async def play_round(
    truth: Truth, client: AuthenticationClient, tally: Tally, *, people: int, seconds: float
) -> None:
    """Let people live for a while; then hold what is kept against all that was seen, and forget everything."""
    for fault in FAULTS:
        for route in ROUTES:
            await truth.tell("POST", "/_mock/faults", {**fault, "route": route})
    ends = monotonic() + seconds
    tally.phones.clear()

    async def live_one_after_the_other() -> None:
        while monotonic() < ends:
            name = f"person-{next(tally.numbers)}"
            try:
                made = await truth.tell(
                    "POST", "/_mock/users", {"username": name, "password": PASSWORD}
                )
                user = client.as_user(str(made["accessToken"]))
                await Person(str(made["userId"]), name, user, truth, tally).live()
            except Untold:
                tally.untold += 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(people):
            tasks.create_task(live_one_after_the_other())
    users = cast("list[Json]", (await truth.tell("GET", "/_mock/users"))["users"])
    kept = {str(user["userId"]): user["phoneNumber"] for user in users}
    for user_id, phone in tally.phones.items():
        if kept.get(user_id, "nobody") != phone:
            tally.lies.append("lost: a user is not at the end of a round as they were left")
    await truth.tell("POST", "/_mock/reset", {})
