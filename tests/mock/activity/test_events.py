"""Events over HTTP: told as they happen, to whom they concern, resumed where a reader left off."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest

from genauth_mock.control.events import KEEP_ALIVE_SECONDS
from genauth_mock.server.launch import running
from tests.mock.support.http import NUMBER, Json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class Stream:
    """One who reads server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._content = response.content

    async def block(self) -> dict[str, str]:
        """Read up to the next empty line."""
        text = (await self._content.readuntil(b"\n\n")).decode()
        return dict(line.split(": ", 1) for line in text.strip().splitlines())

    async def next(self) -> tuple[str, Json, str | None]:
        """Read the next event: its name, its data and its id."""
        while "event" not in (block := await self.block()):
            pass
        return block["event"], json.loads(block["data"]), block.get("id")


@asynccontextmanager
async def listening(
    http: aiohttp.ClientSession, last: str | None = None, **query: str
) -> AsyncGenerator[Stream]:
    """Listen; the server has noticed when this begins."""
    headers = {"Last-Event-ID": last} if last else {}
    async with http.get("/_mock/events", params=query, headers=headers) as response:
        assert response.content_type == "text/event-stream"
        stream = Stream(response)
        assert "" in await stream.block()
        yield stream


async def post(http: aiohttp.ClientSession, path: str, body: object, **query: str) -> Json:
    """Ask for something; give the JSON."""
    async with http.post(path, json=body, params=query) as reply:
        answer: Json = await reply.json()
        return answer


async def send_sms(http: aiohttp.ClientSession, app_id: str = "genauth-mock-app") -> None:
    """Ask for a code."""
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": NUMBER}
    await post(http, "/api/v3/send-sms", body, appId=app_id)


async def test_message_and_request_are_told(http: aiohttp.ClientSession) -> None:
    async with listening(http) as stream:
        await send_sms(http)
        issued = await stream.next()
        asked = await stream.next()
    async with http.get("/_mock/messages") as reply:
        [message] = (await reply.json())["messages"]
    assert issued[:2] == ("message.issued", {"appId": "genauth-mock-app", "message": message})
    assert asked[0] == "request"
    assert asked[1]["request"]["body"]["phoneNumber"] == "188****8888"


async def test_everything_else_is_told_in_the_shape_of_its_call(
    http: aiohttp.ClientSession,
) -> None:
    async with listening(http) as stream:
        user = await post(http, "/_mock/users", {"username": "ada"})
        name, data, _ = await stream.next()
        assert name == "user.changed"
        assert data["user"]["userId"] == user["userId"]
        assert "accessToken" not in data["user"]
        assert (await stream.next())[0] == "user.event"

        settings = await post(http, "/_mock/settings", {"passCodeLength": 4})
        assert (await stream.next())[:2] == (
            "settings.changed",
            {"appId": "genauth-mock-app", "settings": settings},
        )

        fault = await post(http, "/_mock/faults", {"kind": "drop"})
        assert (await stream.next())[1]["faults"] == [fault]

        await post(http, "/_mock/clock", {"frozen": True})
        name, data, _ = await stream.next()
        assert (name, data["clock"]["frozen"]) == ("clock.changed", True)

        await post(http, "/_mock/reset", {})
        assert (await stream.next())[:2] == ("reset", {"appId": "genauth-mock-app"})


async def test_used_code_changes_its_message(http: aiohttp.ClientSession) -> None:
    user = await post(http, "/_mock/users", {"username": "ada"})
    await send_sms(http)
    async with http.get("/_mock/messages") as reply:
        [message] = (await reply.json())["messages"]
    async with listening(http, events="message.changed,user.changed") as stream:
        headers = {"authorization": user["accessToken"]}
        body = {"phoneNumber": NUMBER, "passCode": message["passCode"]}
        async with http.post("/api/v3/bind-phone", json=body, headers=headers):
            pass
        _, changed, _ = await stream.next()
        _, bound, _ = await stream.next()
    assert changed["message"]["id"] == message["id"]
    assert changed["message"]["state"] == "used"
    assert "cursor" not in changed["message"]
    assert bound["user"]["phoneNumber"] == NUMBER


async def test_fault_that_strikes_is_told(http: aiohttp.ClientSession) -> None:
    await post(http, "/_mock/faults", {"outcome": "PHONE_TAKEN", "times": 1})
    async with listening(http, events="faults.changed") as stream:
        await send_sms(http)
        assert (await stream.next())[1]["faults"] == []


@pytest.mark.parametrize(
    ("query", "heard"),
    [({}, ["one", "two"]), ({"appId": "two"}, ["two"]), ({"appId": "*"}, ["one", "two"])],
    ids=str,
)
async def test_reader_hears_one_app_or_all(
    http: aiohttp.ClientSession, query: dict[str, str], heard: list[str]
) -> None:
    async with listening(http, events="message.issued", **query) as stream:
        await send_sms(http, "one")
        await send_sms(http, "two")
        assert [(await stream.next())[1]["appId"] for _ in heard] == heard


async def test_reader_goes_on_after_the_last_event_it_heard(http: aiohttp.ClientSession) -> None:
    async with listening(http, events="message.issued") as stream:
        await send_sms(http, "one")
        _, _, last = await stream.next()
    await send_sms(http, "two")
    async with listening(http, last, events="message.issued") as stream:
        assert (await stream.next())[1]["appId"] == "two"


async def test_event_of_another_server_resumes_with_a_note(http: aiohttp.ClientSession) -> None:
    async with listening(http, "elsewhere-7", events="message.issued") as stream:
        async with asyncio.timeout(KEEP_ALIVE_SECONDS / 3):  # at once: nothing else has to happen
            assert await stream.next() == ("dropped", {"dropped": None}, None)
        await send_sms(http)
        assert (await stream.next())[0] == "message.issued"


async def test_event_that_does_not_exist_is_refused(http: aiohttp.ClientSession) -> None:
    async with http.get("/_mock/events", params={"events": "mesage"}) as reply:
        assert reply.status == 400
        assert "; expected one of: message.issued, " in (await reply.json())["error"]


async def test_server_that_stops_sends_its_readers_away() -> None:
    async with running() as server, aiohttp.ClientSession() as http:
        response = await http.get(server.url + "/_mock/events")
        await response.content.readuntil(b"\n\n")
        server.deployment.events.close()
        assert await response.content.read() == b": still here\n\n"
