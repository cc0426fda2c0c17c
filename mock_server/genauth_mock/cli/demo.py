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

from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running

if TYPE_CHECKING:
    from collections.abc import Mapping


Json = dict[str, object]


@frozen
class Texted:
    """A code that a phone got."""

    number: str
    code: str

    def with_other_digits(self) -> Texted:
        """Return a code that was not sent to the phone."""
        length = len(self.code)
        return Texted(self.number, f"{(int(self.code) + 1) % 10**length:0{length}}")


@frozen
class Call:
    """A call that the story makes.

    Attributes:
        what: What it does, for people.
        expected: What it should end with.
        name: The last part of its path.
        body: What it sends.
        token: Whose call it is; None for nobody's.
    """

    what: str
    expected: Outcome
    name: str
    body: Mapping[str, str]
    token: str | None = None


@frozen
class Told:
    """One call of the story, and what came."""

    call: Call
    answer: Json

    @property
    def came_true(self) -> bool:
        """Whether the answer is the expected one."""
        row = ERROR_CODES[self.call.expected]
        given = (self.answer.get("statusCode"), self.answer.get("apiCode"))
        return given == (row.status_code, row.api_code)

    @property
    def style(self) -> str:
        """The colour that it is shown in."""
        if not self.came_true:
            return "bold red"
        return "green" if self.call.expected is Outcome.OK else "yellow"

    def line(self) -> Text:
        """Return a line about it."""
        answer = self.answer
        is_ok = answer["statusCode"] == ERROR_CODES[Outcome.OK].status_code
        mark = ("✔", "green") if is_ok else ("✘", "yellow")
        api_code = f"/{answer['apiCode']}" if "apiCode" in answer else ""
        said = f"{answer['statusCode']}{api_code} {answer['message']}"
        name = (f"({self.call.name}) ", "dim")
        return Text.assemble(mark, f" {self.call.what} ", name, "-> ", (said, self.style))


@define
class Story:
    """The story so far, and the means to continue it."""

    console: Console
    session: aiohttp.ClientSession
    told: list[Told] = field(factory=list[Told])

    async def user(self, name: str) -> str:
        """Make a signed-in user without a phone; give their access token."""
        body = {"username": name, "email": f"{name}@example.com"}
        user = await self._post("/_mock/users", body, {})
        self.console.print(f"[bold magenta]{name}[/] is signed in and has no phone.")
        return str(user["accessToken"])

    async def call(self, call: Call) -> None:
        """Make a call, show the answer, and remember whether it was the expected one."""
        headers = {"authorization": call.token} if call.token else {}
        answer = await self._post(f"/api/v3/{call.name}", call.body, headers)
        self.told.append(Told(call, answer))
        self.console.print(self.told[-1].line())

    async def read_code(self, number: str, *, aloud: bool = True) -> Texted:
        """Read the newest code from the outbox, as the phone's owner would from the phone."""
        query = {"phoneNumber": number, "limit": "1"}
        async with self.session.get("/_mock/messages", params=query) as reply:
            messages = cast("list[Json]", (await reply.json())["messages"])
        code = str(messages[0]["passCode"])
        if aloud:
            text = Text.assemble(
                "Your code is ", (code, "bold yellow"), ". It works once, within five minutes."
            )
            self.console.print(Panel.fit(text, title=f"SMS to {number}", border_style="yellow"))
        return Texted(number, code)

    async def advance(self, seconds: int) -> None:
        """Advance the clock."""
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
            answer = (
                str(told.answer.get(name, "")) for name in ("statusCode", "apiCode", "message")
            )
            table.add_row(told.call.what, *answer, style=told.style)
        return table

    async def _post(
        self, path: str, body: Mapping[str, object], headers: Mapping[str, str]
    ) -> Json:
        async with self.session.post(path, json=body, headers=headers) as reply:
            return cast("Json", await reply.json())


PHONE: Final = "18812348888"
OTHER_PHONE: Final = "13912345678"
CHANNEL: Final = "CHANNEL_BIND_PHONE"


def tell(console: Console | None = None) -> bool:
    """Play the story on a server of its own.

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
    await story.call(_send("Send a code", Outcome.OK, PHONE))
    texted = await story.read_code(PHONE)
    await story.call(_send("Send another at once", Outcome.SENT_TOO_RECENTLY, PHONE))
    wrong = texted.with_other_digits()
    await story.call(_bind("Bind with a wrong code", Outcome.WRONG_CODE, wrong, alice))
    await story.call(_bind("Bind with the code", Outcome.OK, texted, alice))
    await story.show_profile(alice)
    await story.call(_bind("Bind again", Outcome.HAS_PHONE_ALREADY, texted, alice))


async def _be_refused(story: Story) -> None:
    bob = await story.user("second-user")
    texted = await story.read_code(PHONE, aloud=False)
    await story.call(_bind("Bind with the used code", Outcome.SPENT_CODE, texted, bob))
    await story.advance(61)
    await story.call(_send("Send a new code", Outcome.OK, PHONE))
    texted = await story.read_code(PHONE)
    await story.call(_bind("Bind somebody else's phone", Outcome.PHONE_TAKEN, texted, bob))
    await story.call(_send("Send to another phone", Outcome.OK, OTHER_PHONE))
    texted = await story.read_code(OTHER_PHONE)
    await story.advance(301)
    await story.call(_bind("Bind with the expired code", Outcome.EXPIRED_CODE, texted, bob))


def _send(what: str, expected: Outcome, number: str) -> Call:
    return Call(what, expected, "send-sms", {"channel": CHANNEL, "phoneNumber": number})


def _bind(what: str, expected: Outcome, texted: Texted, token: str) -> Call:
    body = {"phoneNumber": texted.number, "passCode": texted.code}
    return Call(what, expected, "bind-phone", body, token)
