"""The SDK against a server whose every answer is spoiled: each call ends typed, and none after its deadline."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import define, field, frozen

from aiogenauth import (
    AuthenticationClient,
    Channel,
    Confirmation,
    GenAuthError,
    HttpxTransport,
    PassCodeCheck,
    PhoneUpdateGrant,
    SecurityLevel,
    SignIn,
    UserProfile,
)
from benchmarks.fuzz.loop_stalls import Stalls, stalls_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

NUMBER: Final = "18812348888"
TIMEOUT: Final = 0.3
DEADLINE: Final = 1.0
IN_FLIGHT: Final = 32
SHOWN: Final = 400


@frozen
class Ask:
    """A call of the SDK, and what it gives when it returns."""

    name: str
    call: Callable[[AuthenticationClient], Awaitable[object]]
    gives: type[Any]


def _change(client: AuthenticationClient) -> Awaitable[object]:
    return client.verify_update_phone_request(
        {"newPhoneNumber": NUMBER, "newPhonePassCode": "123456"}
    )


ASKS: Final = (
    Ask("send_sms", lambda c: c.send_sms(Channel.BIND_PHONE, NUMBER), Confirmation),
    Ask("bind_phone", lambda c: c.bind_phone("123456", NUMBER), Confirmation),
    Ask("unbind_phone", lambda c: c.unbind_phone("123456"), Confirmation),
    Ask("verify_update_phone_request", _change, PhoneUpdateGrant),
    Ask("update_phone", lambda c: c.update_phone("token"), Confirmation),
    Ask(
        "pre_check_code",
        lambda c: c.pre_check_code(
            "SMS", {"phone": NUMBER, "passCode": "123456", "channel": Channel.BIND_PHONE}
        ),
        PassCodeCheck,
    ),
    Ask("get_profile", lambda c: c.get_profile(), UserProfile),
    Ask("get_security_level", lambda c: c.get_security_level(), SecurityLevel),
    Ask("sign_in", lambda c: c.sign_in_by_phone_passcode(NUMBER, "123456"), SignIn),
    Ask("request", lambda c: c.request("GET", "/api/v3/get-profile", cast_to=UserProfile), UserProfile),
    Ask("request, bare", lambda c: c.request("POST", "/oidc/token", form={"a": "b"}), object),
)  # fmt: skip


@define
class Endings:
    """How the calls ended.

    Attributes:
        counts: How often each result and each error came.
        failures: What is neither a typed result nor a typed error, or came too late.
        slowest: Seconds of the longest call.
        slowest_on_loop: The same without the time in which the event loop itself was late, be it for
            the machine or for the work of all the other calls.
    """

    counts: Counter[str] = field(factory=Counter[str])
    failures: list[str] = field(factory=list[str])
    slowest: float = 0.0
    slowest_on_loop: float = 0.0

    def count(self, ended: object, seconds: float, on_loop: float) -> None:
        """Count an ending, and remember how long the longest took."""
        self.slowest = max(self.slowest, seconds)
        self.slowest_on_loop = max(self.slowest_on_loop, on_loop)
        self.counts["returned" if not isinstance(ended, Exception) else type(ended).__name__] += 1

    def note_left_behind(self, _: object, context: dict[str, Any]) -> None:
        """Note what nobody waited for, as a loop's exception handler."""
        if not isinstance(context.get("exception"), asyncio.CancelledError):  # our server ends so
            self.failures.append(f"left behind: {context}")


@frozen
class Watch:
    """Holds each call against its promise: it ends typed, and in time.

    Attributes:
        endings: Where the outcomes are noted.
        stalls: How late the event loop itself was.
        late: Seconds after the deadline that are still forgiven, besides what the loop was late.
    """

    endings: Endings
    stalls: Stalls
    late: float

    async def hold(self, client: AuthenticationClient, ask: Ask) -> None:
        """Make a call, and note how it ended."""
        began, stalled = monotonic(), self.stalls.so_far()
        try:
            ended: object = await ask.call(client)
            is_typed = isinstance(ended, ask.gives)
        except GenAuthError as error:
            ended, is_typed = error, True
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            ended, is_typed = error, False
        seconds = monotonic() - began
        on_loop = seconds - (self.stalls.so_far() - stalled)
        self.endings.count(ended, seconds, on_loop)
        shown = f"{ask.name}: {ended!r}"[:SHOWN]
        if not is_typed:
            self.endings.failures.append(f"neither a result nor an error of ours: {shown}")
        if on_loop > DEADLINE + self.late:
            took = f"{seconds:.2f} s, {on_loop:.2f} s of a loop that ran"
            self.endings.failures.append(f"{took}: {shown}")


async def ask_all(url: str, asks: Iterable[Ask], endings: Endings, *, late: float) -> None:
    """Make the calls over both transports, many at a time.

    Args:
        url: Who spoils the answers.
        asks: What is asked for.
        endings: Where the outcomes are noted.
        late: Seconds after the deadline that are still forgiven, besides what the loop was late.
    """
    rest = iter(asks)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(endings.note_left_behind)

    async def ask_some(client: AuthenticationClient, watch: Watch) -> None:
        for ask in rest:
            await watch.hold(client, ask)

    with stalls_of(loop) as stalls:
        watch = Watch(endings, stalls, late)
        async with _clients(url) as clients, asyncio.TaskGroup() as tasks:
            for place in range(IN_FLIGHT):
                tasks.create_task(ask_some(clients[place % len(clients)], watch))


@asynccontextmanager
async def _clients(url: str) -> AsyncGenerator[list[AuthenticationClient]]:
    """Give clients over both transports, without and with retries."""
    async with AsyncExitStack() as stack:
        over_httpx = HttpxTransport(await stack.enter_async_context(httpx.AsyncClient()))
        yield [
            await stack.enter_async_context(
                AuthenticationClient(
                    "fuzz", url, access_token="t" * 20, retries=retries, timeout=TIMEOUT,
                    deadline=DEADLINE, transport=transport,
                )
            )
            for transport in (None, over_httpx)
            for retries in (0, 2)
        ]  # fmt: skip
