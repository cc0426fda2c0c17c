"""Events by WebSocket: heard by the user whom they are about, and refused to who is not signed in."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from aiogenauth import AuthenticationClient, NotSignedIn
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import Running, running
from tests.mock.support.http import PATIENCE, Http, get, post

SUB = "/events/v1/authentication/sub"
APP = {"appId": "app"}


@pytest.fixture
async def token(http: Http) -> str:
    user = await post(http, "/_mock/users", {"username": "ada", "password": "right", **APP})
    return str(user["accessToken"])


async def next_event(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        told: dict[str, Any] = json.loads(await socket.receive_str())
    return told


async def sign_in(http: Http, name: str) -> None:
    payload = {"username": name, "password": "right"}
    body = {"connection": "PASSWORD", "passwordPayload": payload}
    await post(http, "/api/v3/signin", body, x_genauth_app_id="app")


async def test_a_sign_in_is_heard_by_its_user_alone(http: Http, token: str) -> None:
    await post(http, "/_mock/users", {"username": "bob", "password": "right", **APP})
    async with http.ws_connect(f"{SUB}?code=authing.user.login&token={token}") as socket:
        await sign_in(http, "bob")
        await sign_in(http, "ada")
        told = await next_event(socket)
    assert told["eventType"] == "authing.user.login"
    assert told["eventData"]["username"] == "ada"
    assert told["time"].endswith("Z")


async def test_a_user_hears_what_is_changed_and_that_they_left(http: Http, token: str) -> None:
    [user] = (await get(http, "/_mock/users", **APP))["users"]
    codes = ("authing.user.updated", "authing.user.resigned", "authing.user.delete-account")
    sockets = [await http.ws_connect(f"{SUB}?code={code}&token={token}") for code in codes]
    path = f"/_mock/users/{user['userId']}?appId=app"
    async with http.patch(path, json={"status": "Resigned"}):
        pass
    async with http.delete(path):
        pass
    updated, resigned, deleted = [await next_event(socket) for socket in sockets]
    assert updated["eventData"]["updates"] == {"status": "Resigned"}
    assert resigned["eventType"] == "authing.user.resigned"
    assert deleted["eventData"]["users"][0]["id"] == user["userId"]
    for socket in sockets:
        await socket.close()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("code=authing.user.login", 401),
        ("code=authing.user.login&token=no", 401),
        ("token=no", 400),
    ],
)
async def test_who_is_not_signed_in_hears_nothing(http: Http, query: str, status: int) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{SUB}?{query}")
    assert refused.value.status == status


async def test_the_sdk_hears_what_it_publishes(server: Running, token: str) -> None:
    host = server.url.replace("http", "ws")
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with AuthenticationClient(
        app_id="app", app_host=server.url, access_token=token, websocket_host=host
    ) as ada:
        listening = asyncio.create_task(ada.sub_event("custom_order_paid", heard.put))
        async with asyncio.timeout(PATIENCE):
            while heard.empty():  # whoever listens late misses what was published before
                assert await ada.put_event("custom_order_paid", {"total": 12.5})
                await asyncio.sleep(0)
            told = json.loads(await heard.get())
        assert told["eventData"] == {"total": 12.5}
        refused = await ada.put_event("authing.user.login", {})
        assert (bool(refused), refused.err_msg) == (False, "事件未定义")
        listening.cancel()
        with pytest.raises(NotSignedIn):
            await ada.as_user("no").sub_event("custom_order_paid", heard.put)


async def test_a_listener_is_sent_away_when_the_server_stops() -> None:
    async with aiohttp.ClientSession() as http:
        async with running(Options(app_id="app")) as stopping:
            made = await post(http, f"{stopping.url}/_mock/users", {"username": "ada"})
            url = f"{stopping.url}{SUB}?code=authing.user.login&token={made['accessToken']}"
            socket = await http.ws_connect(url)
        async with asyncio.timeout(PATIENCE):
            told = await socket.receive()
    assert told.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}


async def test_other_processes_hear_it_too(servers: tuple[Http, Http]) -> None:
    first, second = servers
    user = await post(first, "/_mock/users", {"username": "ada"})
    url = f"{SUB}?code=custom_ping&token={user['accessToken']}"
    async with second.ws_connect(url) as socket:
        body = {"eventType": "custom_ping", "eventData": "1"}
        await post(first, "/api/v3/pub-userEvent", body, authorization=str(user["accessToken"]))
        assert (await next_event(socket))["eventData"] == 1


async def test_events_of_users_are_in_the_stream_of_control(http: Http, token: str) -> None:
    async with http.get("/_mock/events?appId=app&events=user.event") as stream:
        await stream.content.readuntil(b"\n\n")
        body = {"eventType": "custom_ping", "eventData": "[1]"}
        await post(http, "/api/v3/pub-userEvent", body, authorization=token, x_genauth_app_id="app")
        block = await stream.content.readuntil(b"\n\n")
    told = json.loads(block.partition(b"data: ")[2])
    assert told["userEvent"]["eventData"] == [1]
