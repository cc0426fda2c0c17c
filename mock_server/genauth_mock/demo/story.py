"""A story in a terminal: calls with what they were expected to answer, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from attrs import define, field, frozen
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from genauth_mock.error_codes import ERROR_CODES
from genauth_mock.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp
    from rich.console import Console

Json = dict[str, object]


@frozen
class Texted:
    """A code that a phone got."""

    number: str
    code: str

    def with_other_digits(self) -> Texted:
        """Give a code that the phone did not get."""
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
    expected: Verdict
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
        """The colour that it is told in."""
        if not self.came_true:
            return "bold red"
        return "green" if self.call.expected is Verdict.OK else "yellow"

    def line(self) -> Text:
        """Tell of it in a line."""
        answer = self.answer
        is_ok = answer["statusCode"] == ERROR_CODES[Verdict.OK].status_code
        mark = ("✔", "green") if is_ok else ("✘", "yellow")
        api_code = f"/{answer['apiCode']}" if "apiCode" in answer else ""
        said = f"{answer['statusCode']}{api_code} {answer['message']}"
        name = (f"({self.call.name}) ", "dim")
        return Text.assemble(mark, f" {self.call.what} ", name, "-> ", (said, self.style))


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
                "Your code is ", (code, "bold yellow"), ". It works once, within a minute."
            )
            self.console.print(Panel.fit(text, title=f"SMS to {number}", border_style="yellow"))
        return Texted(number, code)

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
