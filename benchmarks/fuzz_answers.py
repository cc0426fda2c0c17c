"""The SDK against a server whose every answer is spoiled: each call ends typed, and none after its deadline."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

import httpx
from attrs import define, field, frozen
from fuzz_mutations import END_OF_HEAD, framed, mutated
from loop_stalls import Stalls, stalls_of

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

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

NUMBER: Final = "18812348888"
TIMEOUT: Final = 0.3
DEADLINE: Final = 1.0
IN_FLIGHT: Final = 32
SHOWN: Final = 400

PROFILE: Final = {
    "userId": "5f8d0f4e",
    "status": "Activated",
    "phone": NUMBER,
    "phoneCountryCode": "+86",
    "phoneVerified": True,
    "loginsCount": 3,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "customData": {"a": [1, None]},
}
DATA: Final[dict[str, object]] = {
    "/api/v3/pre-check-code": {"isValid": True},
    "/api/v3/verify-update-phone-request": {"updatePhoneToken": "token", "tokenExpiresIn": 60},
    "/api/v3/get-profile": PROFILE,
    "/api/v3/get-security-info": {"score": 60, "email": True, "phone": True, "password": True},
    "/api/v3/signin": {
        "access_token": "token",
        "id_token": "token",
        "scope": "openid",
        "token_type": "Bearer",
        "expires_in": 3600,
    },
}
REFUSALS: Final = (
    {"statusCode": 400, "apiCode": 2001, "message": "验证码不正确", "requestId": "id"},
    {"statusCode": 401, "message": "用户未登录", "requestId": "id"},
    {"statusCode": 429, "message": "Too many requests", "requestId": "id"},
    {"statusCode": 500, "message": "failed", "requestId": "id"},
)


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


@define
class SpoilingServer:
    """Answers every request with an answer that GenAuth could give, spoiled."""

    chance: Random
    talks: set[asyncio.Task[None]] = field(factory=set[asyncio.Task[None]])

    def spoiled(self, path: str) -> bytes:
        """Give an answer to a path, spoiled; one in ten stays whole."""
        whole = {"statusCode": 200, "message": "ok", "requestId": "id", "data": DATA.get(path)}
        content = whole if self.chance.random() < 0.7 else self.chance.choice(REFUSALS)  # noqa: PLR2004
        headers = b"Content-Type: application/json; charset=utf-8\r\nRetry-After: 1\r\n"
        answer = framed(b"HTTP/1.1 200 OK", headers, json.dumps(content).encode())
        return answer if self.chance.random() < 0.1 else mutated(self.chance, answer)  # noqa: PLR2004

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the client leaves, or we do."""
        talk = cast("asyncio.Task[None]", asyncio.current_task())
        self.talks.add(talk)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._talk(reader, writer)
        finally:
            self.talks.discard(talk)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            head = await reader.readuntil(END_OF_HEAD)
            await reader.readexactly(_length(head))
            writer.write(self.spoiled(head.split(b" ", 2)[1].decode().partition("?")[0]))
            await writer.drain()
            if self.chance.random() < 0.5:  # noqa: PLR2004 - as often as not it hangs up
                break


@asynccontextmanager
async def spoiling(seed: int) -> AsyncGenerator[str]:
    """Run a server that spoils its answers; give its URL."""
    spoiler = SpoilingServer(Random(seed))
    server = await asyncio.start_server(spoiler.talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for talk in tuple(spoiler.talks):
            talk.cancel()
        await asyncio.gather(*spoiler.talks, return_exceptions=True)


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

    def note(_: object, context: dict[str, Any]) -> None:
        if not isinstance(context.get("exception"), asyncio.CancelledError):  # our server ends so
            endings.failures.append(f"left behind: {context}")

    loop.set_exception_handler(note)

    async def ask_some(client: AuthenticationClient, stalls: Stalls) -> None:
        for ask in rest:
            await _ask(client, ask, endings, stalls, late=late)

    async with AsyncExitStack() as stack:
        stalls = stack.enter_context(stalls_of(loop))
        over_httpx = HttpxTransport(await stack.enter_async_context(httpx.AsyncClient()))
        clients = [
            await stack.enter_async_context(
                AuthenticationClient(
                    "fuzz", url, access_token="t" * 20, retries=retries, timeout=TIMEOUT,
                    deadline=DEADLINE, transport=transport,
                )
            )
            for transport in (None, over_httpx)
            for retries in (0, 2)
        ]  # fmt: skip
        async with asyncio.TaskGroup() as tasks:
            for place in range(IN_FLIGHT):
                tasks.create_task(ask_some(clients[place % len(clients)], stalls))


async def _ask(
    client: AuthenticationClient, ask: Ask, endings: Endings, stalls: Stalls, *, late: float
) -> None:
    began, stalled = monotonic(), stalls.so_far()
    try:
        ended: object = await ask.call(client)
        is_typed = isinstance(ended, ask.gives)
    except GenAuthError as error:
        ended, is_typed = error, True
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        ended, is_typed = error, False
    seconds = monotonic() - began
    on_loop = seconds - (stalls.so_far() - stalled)
    endings.slowest = max(endings.slowest, seconds)
    endings.slowest_on_loop = max(endings.slowest_on_loop, on_loop)
    endings.counts["returned" if not isinstance(ended, Exception) else type(ended).__name__] += 1
    shown = f"{ask.name}: {ended!r}"[:SHOWN]
    if not is_typed:
        endings.failures.append(f"neither a result nor an error of ours: {shown}")
    if on_loop > DEADLINE + late:
        endings.failures.append(f"{seconds:.2f} s, {on_loop:.2f} s of a loop that ran: {shown}")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0
