"""The whole story in one terminal: a code is sent, a phone is bound, and each refusal is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, cast

import aiohttp
from attrs import define, field, frozen
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from genauth_mock.deployment import Options
from genauth_mock.error_codes import ERROR_CODES
from genauth_mock.server import running
from genauth_mock.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, object]

PHONE: Final = "18812348888"
OTHER_PHONE: Final = "13912345678"
CHANNEL: Final = "CHANNEL_BIND_PHONE"


@frozen
class Told:
    """One call of the story, with what was expected and what came."""

    what: str
    expected: Verdict
    answer: Json

    @property
    def came_true(self) -> bool:
        """Whether the answer is the expected one."""
        row = ERROR_CODES[self.expected]
        given = (self.answer.get("statusCode"), self.answer.get("apiCode"))
        return given == (row.status_code, row.api_code)


def tell(console: Console | None = None) -> bool:
    """Tell the story on a server of its own.

    Returns:
        Whether every answer was the expected one.
    """
    return asyncio.run(_tell(console or Console(highlight=False)))


async def _tell(console: Console) -> bool:
    async with (
        running(Options(language="en-US")) as server,
        aiohttp.ClientSession(server.url) as session,
    ):
        console.print(
            f"\n[bold]An offline GenAuth[/] listens on [cyan]{server.url}[/]: no account, no network, no SMS.\n"
        )
        story = Story(console, session)
        await _bind_a_phone(story)
        await _be_refused(story)
    console.print(story.summary())
    return all(told.came_true for told in story.told)


async def _bind_a_phone(story: Story) -> None:
    alice = await story.user("first-user")
    await story.call(
        "Send a code", Verdict.OK, "send-sms", {"channel": CHANNEL, "phoneNumber": PHONE}
    )
    code = await story.read_code(PHONE)
    await story.call(
        "Send another at once",
        Verdict.SENT_TOO_RECENTLY,
        "send-sms",
        {"channel": CHANNEL, "phoneNumber": PHONE},
    )
    await story.call(
        "Bind with a wrong code",
        Verdict.WRONG_CODE,
        "bind-phone",
        _bind(PHONE, _wrong(code)),
        alice,
    )
    await story.call("Bind with the code", Verdict.OK, "bind-phone", _bind(PHONE, code), alice)
    await story.show_profile(alice)
    await story.call(
        "Bind again", Verdict.HAS_PHONE_ALREADY, "bind-phone", _bind(PHONE, code), alice
    )


async def _be_refused(story: Story) -> None:
    bob = await story.user("second-user")
    code = await story.read_code(PHONE, aloud=False)
    await story.call(
        "Bind with the used code", Verdict.SPENT_CODE, "bind-phone", _bind(PHONE, code), bob
    )
    await story.advance(61)
    await story.call(
        "Send a new code", Verdict.OK, "send-sms", {"channel": CHANNEL, "phoneNumber": PHONE}
    )
    code = await story.read_code(PHONE)
    await story.call(
        "Bind somebody else's phone", Verdict.PHONE_TAKEN, "bind-phone", _bind(PHONE, code), bob
    )
    await story.call(
        "Send to another phone",
        Verdict.OK,
        "send-sms",
        {"channel": CHANNEL, "phoneNumber": OTHER_PHONE},
    )
    code = await story.read_code(OTHER_PHONE)
    await story.advance(61)
    await story.call(
        "Bind with the expired code",
        Verdict.EXPIRED_CODE,
        "bind-phone",
        _bind(OTHER_PHONE, code),
        bob,
    )


@define
class Story:
    """What was told so far, and the means to tell more."""

    console: Console
    session: aiohttp.ClientSession
    told: list[Told] = field(factory=list[Told])

    async def user(self, name: str) -> str:
        """Make a signed-in user without a phone; give their access token."""
        body = {"username": name, "email": f"{name}@example.com"}
        user = await self._post("/_mock/users", body, {})
        self.console.print(f"[bold magenta]{name}[/] is signed in and has no phone.")
        return str(user["accessToken"])

    async def call(
        self,
        what: str,
        expected: Verdict,
        name: str,
        body: Mapping[str, str],
        token: str | None = None,
    ) -> None:
        """Make a call, show the answer, and remember whether it was the expected one."""
        headers = {"authorization": token} if token else {}
        answer = await self._post(f"/api/v3/{name}", body, headers)
        told = Told(what, expected, answer)
        self.told.append(told)
        self.console.print(self._line(told, name))

    async def read_code(self, number: str, *, aloud: bool = True) -> str:
        """Read the newest code from the outbox, as the phone's owner would from the phone."""
        query = {"phoneNumber": number, "limit": "1"}
        async with self.session.get("/_mock/messages", params=query) as reply:
            messages = cast("list[Json]", (await reply.json())["messages"])
        code = str(messages[0]["passCode"])
        if aloud:
            text = Text.assemble(
                "Your code is ", (code, "bold yellow"), ". It works once, within a minute."
            )
            self.console.print(Panel.fit(text, title=f"SMS to {number}", border_style="yellow"))
        return code

    async def advance(self, seconds: int) -> None:
        """Move the clock."""
        await self._post("/_mock/clock", {"advanceSeconds": seconds}, {})
        self.console.print(f"[blue]... {seconds} seconds pass on the server's clock ...[/]")

    async def show_profile(self, token: str) -> None:
        """Show what the profile says of the phone."""
        async with self.session.get(
            "/api/v3/get-profile", headers={"authorization": token}
        ) as reply:
            profile = cast("Json", (await reply.json())["data"])
        shown = f"{profile['phoneCountryCode']} {profile['phone']}, verified: {profile['phoneVerified']}"
        self.console.print(f"The profile says: [green]{shown}[/]")

    def summary(self) -> Table:
        """Show every call with its answer."""
        table = Table(
            "call",
            "statusCode",
            "apiCode",
            "answer",
            title="What GenAuth answers",
            title_style="bold",
        )
        for told in self.told:
            ok = told.expected is Verdict.OK
            style = ("green" if ok else "yellow") if told.came_true else "bold red"
            answer = (
                str(told.answer.get(name, "")) for name in ("statusCode", "apiCode", "message")
            )
            table.add_row(told.what, *answer, style=style)
        return table

    def _line(self, told: Told, name: str) -> Text:
        ok = told.answer["statusCode"] == ERROR_CODES[Verdict.OK].status_code
        mark = ("✔", "green") if ok else ("✘", "yellow")
        api_code = f"/{told.answer['apiCode']}" if "apiCode" in told.answer else ""
        answer = f"{told.answer['statusCode']}{api_code} {told.answer['message']}"
        style = ("green" if ok else "yellow") if told.came_true else "bold red"
        return Text.assemble(mark, f" {told.what} ", (f"({name}) ", "dim"), "-> ", (answer, style))

    async def _post(
        self, path: str, body: Mapping[str, object], headers: Mapping[str, str]
    ) -> Json:
        async with self.session.post(path, json=body, headers=headers) as reply:
            return cast("Json", await reply.json())


def _bind(number: str, code: str) -> dict[str, str]:
    return {"phoneNumber": number, "passCode": code}


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"
