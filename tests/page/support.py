"""What the page's tests talk to: a server as an application sees it, and what a page complains about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import aiohttp
    from playwright.async_api import ConsoleMessage, Error, Page, Request


class OpenPage(Protocol):
    """Opens the inbox page in a window of its own."""

    async def __call__(
        self, path: str = "/", *, scheme: str = "light", width: int = 1280, app_id: str = ""
    ) -> Page:
        """Open it, and wait until it is live.

        Args:
            path: What comes after the server's address.
            scheme: What the system prefers: ``light`` or ``dark``.
            width: Of the window, in CSS pixels.
            app_id: The app that the address names.
        """
        ...


@frozen
class Mock:
    """A running server, as an application or a test would talk to it.

    Attributes:
        url: Where it answers.
        app_id: The app of the calls.
    """

    url: str
    http: aiohttp.ClientSession
    app_id: str = "genauth-mock-app"

    def as_app(self, app_id: str) -> Mock:
        """Call for another app."""
        return Mock(self.url, self.http, app_id)

    async def post(
        self, path: str, body: Mapping[str, object], token: str = ""
    ) -> dict[str, object]:
        """Ask for something."""
        headers = {"authorization": token} if token else {}
        query = {"appId": self.app_id}
        async with self.http.post(
            self.url + path, json=body, headers=headers, params=query
        ) as reply:
            answer: dict[str, object] = await reply.json()
            return answer

    async def get(self, path: str) -> dict[str, list[dict[str, object]]]:
        """Ask for a list of what there is."""
        async with self.http.get(self.url + path, params={"appId": self.app_id}) as reply:
            answer: dict[str, list[dict[str, object]]] = await reply.json()
            return answer

    async def send_sms(self, number: str, channel: str = "CHANNEL_BIND_PHONE") -> str:
        """Ask for a code, and read it."""
        await self.post("/api/v3/send-sms", {"channel": channel, "phoneNumber": number})
        query = {"phoneNumber": number, "appId": self.app_id}
        async with self.http.get(self.url + "/_mock/messages", params=query) as reply:
            messages = await reply.json()
        code: str = messages["messages"][0]["passCode"]
        return code

    async def new_user(self, **fields: object) -> str:
        """Make a user; give its access token."""
        user = await self.post("/_mock/users", fields)
        return str(user["accessToken"])

    async def freeze(self) -> None:
        """Stop the app's clock."""
        await self.post("/_mock/clock", {"frozen": True})


def read_json_file(path: Path) -> dict[str, object]:
    """Read what the page saved."""
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


@define(slots=False)  # playwright keeps a note of its own on whatever listens
class Complaints:
    """What went wrong in a page without anybody looking.

    Attributes:
        said: Errors and warnings, such as a violation of the content security policy.
        hosts: Every host that was asked for something.
    """

    said: list[str] = field(factory=list[str])
    hosts: set[str] = field(factory=set[str])

    def listen_to(self, page: Page) -> None:
        """Note what a page complains about."""
        page.on("console", self._note_console)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)

    def stop_listening_to(self, page: Page) -> None:
        """Leave a page to whoever has it next."""
        page.remove_listener("console", self._note_console)
        page.remove_listener("pageerror", self._note_error)
        page.remove_listener("request", self._note_request)

    def forget(self, words: str) -> None:
        """Leave out what the browser says about an answer, or a silence, that the test asked for."""
        self.said = [text for text in self.said if words not in text]

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.said.append(str(error))

    def _note_request(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)
