"""Webhooks: what a receiver is sent, how often again, what is shown of it, and how one is lost."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.seeds.seed_file import read_seed
from genauth_mock.server.launch import running
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.control import call, messages, send
from tests.mock.support.http import Http
from tests.mock.support.webhook_receiver import Receiver, receiving

SECRET = "a-secret-of-the-receiver"

SEED = """
[[settings.webhooks]]
url = "{url}"
events = ["register"]

[[users]]
username = "ada"
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver on loopback."""
    with receiving() as seen:
        yield seen


async def hooked(http: aiohttp.ClientSession, **hook: object) -> None:
    status, answer = await call(http, "POST /_mock/settings", {"webhooks": [hook]})
    assert status == 200, answer


async def listed(http: aiohttp.ClientSession, query: str = "") -> list[dict[str, Any]]:
    _, answer = await call(http, f"GET /_mock/webhooks?{query}")
    found: list[dict[str, Any]] = answer["webhooks"]
    return found


async def ended(http: aiohttp.ClientSession, event: str, state: str) -> dict[str, Any]:
    [delivery] = await listed(http, f"event={event}&state={state}&wait=10")
    return delivery


async def bind(http: aiohttp.ClientSession, token: str) -> None:
    await send(http)
    [message] = await messages(http)
    headers = {"x-genauth-app-id": "app", "authorization": token}
    body = {"phoneNumber": "18812348888", "passCode": message["passCode"]}
    async with http.post("/api/v3/bind-phone", json=body, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200


async def test_bound_phone_is_told_with_the_secret(http: Http, receiver: Receiver) -> None:
    _, user = await call(http, "POST /_mock/users", {"username": "ada"})
    await hooked(http, url=f"{receiver.url}?key=hidden", secret=SECRET, events=["user:updated"])
    await bind(http, user["accessToken"])
    shown = await ended(http, "user:updated", "delivered")
    [(path, headers, body)] = receiver.got
    assert path == "/hook?key=hidden"
    assert headers["x-genauth-token"] == SECRET
    assert headers["content-type"] == "application/json"
    assert body["eventName"] == "user:updated"
    assert body["data"]["user"]["id"] == user["userId"]
    assert body["data"]["updates"] == {
        "phone": "18812348888",
        "phoneCountryCode": "+86",
        "phoneVerified": True,
    }
    assert (shown["attempts"], shown["httpStatus"], shown["error"]) == (1, 200, None)
    assert shown["url"] == receiver.url
    assert shown["body"]["data"]["updates"]["phone"] == "188****8888"
    assert not {SECRET, "hidden", "18812348888"} & {*json.dumps(shown).split('"')}


async def test_new_user_sign_in_password_and_deletion_are_told_in_order(
    http: Http, receiver: Receiver
) -> None:
    await hooked(http, url=receiver.url)
    _, user = await call(http, "POST /_mock/users", {"username": "ada", "password": "one"})
    payload = {"username": "ada", "password": "one"}
    body = {"connection": "PASSWORD", "passwordPayload": payload}
    assert (await call(http, "POST /api/v3/signin", body))[1]["statusCode"] == 200
    path = f"/_mock/users/{user['userId']}"
    await call(http, f"PATCH {path}", {"password": "two"})
    await call(http, f"DELETE {path}")
    await ended(http, "user:deleted", "delivered")
    assert receiver.events == [
        "register",
        "user:created",
        "login",
        "user:password-changed",
        "user:deleted",
    ]
    assert receiver.got[0][2]["data"]["username"] == "ada"
    assert receiver.got[3][2]["data"] == {"userId": user["userId"]}
    assert [each["id"] for each in receiver.got[4][2]["data"]["users"]] == [user["userId"]]
    assert "x-genauth-token" not in receiver.got[0][1]


async def test_refused_webhook_is_tried_again_and_no_redirect_is_followed(
    http: Http, receiver: Receiver
) -> None:
    receiver.statuses = [500, 302]
    await hooked(http, url=receiver.url, events=["register"], retrySeconds=[0, 0])
    await call(http, "POST /_mock/users", {"username": "ada"})
    assert (await ended(http, "register", "delivered"))["attempts"] == 3
    assert [path for path, _, _ in receiver.got] == ["/hook"] * 3


@pytest.mark.parametrize(("statuses", "error"), [([500, 503], "HTTP 503"), (None, "Refused")])
async def test_webhook_that_nobody_takes_has_failed(
    http: Http, receiver: Receiver, statuses: list[int] | None, error: str
) -> None:
    receiver.statuses = statuses or []
    url = "http://127.0.0.1:1/" if statuses is None else receiver.url
    await hooked(http, url=url, events=["register"], retrySeconds=[0])
    await call(http, "POST /_mock/users", {"username": "ada"})
    shown = await ended(http, "register", "failed")
    assert shown["attempts"] == 2
    assert error in shown["error"]


async def test_silent_receiver_holds_no_call_up(http: Http, receiver: Receiver) -> None:
    receiver.answering.clear()
    await hooked(http, url=receiver.url, events=["register"])
    async with asyncio.timeout(3):
        await call(http, "POST /_mock/users", {"username": "ada"})
        [waiting] = await listed(http)
    assert (waiting["state"], waiting["attempts"]) == ("pending", 0)
    await call(http, "POST /_mock/reset", {"appId": "app"})
    assert await listed(http) == []


async def test_fault_loses_one_webhook_or_sends_it_twice(http: Http, receiver: Receiver) -> None:
    await hooked(http, url=receiver.url, events=["register", "login"])
    for delivery in ("never", "twice"):
        fault = {"delivery": delivery, "webhook": "register", "times": 1}
        assert (await call(http, "POST /_mock/faults", fault))[0] == 200
    await send(http)  # a message is no webhook: it comes
    assert len(await messages(http)) == 1
    for name in ("ada", "bob", "eve"):
        await call(http, "POST /_mock/users", {"username": name})
    lost = await ended(http, "register", "lost")
    assert (lost["attempts"], lost["body"]["data"]["username"]) == (0, "ada")
    await asyncio.to_thread(receiver.wait_for, 3)
    names = [body["data"]["username"] for _, _, body in receiver.got]
    assert names == ["bob", "bob", "eve"]
    assert (await call(http, "GET /_mock/faults"))[1]["faults"] == []


async def test_settings_show_webhooks_as_they_are_given(http: Http) -> None:
    hook = {"url": "https://localhost/x", "secret": None, "events": ["login"], "retrySeconds": [2]}
    await hooked(http, **hook)
    _, settings = await call(http, "GET /_mock/settings")
    assert settings["webhooks"] == [hook]
    assert (await call(http, "POST /_mock/settings", settings))[0] == 200


async def test_end_of_a_delivery_is_an_event(http: Http, receiver: Receiver) -> None:
    receiver.statuses = [500]
    await hooked(http, url=receiver.url, secret=SECRET, events=["register"], retrySeconds=[])
    events = "webhook.delivered,webhook.failed"
    async with (
        asyncio.timeout(10),
        http.get("/_mock/events", params={"events": events}) as stream,
    ):
        await stream.content.readuntil(b"\n\n")
        for name, event in (("ada", "webhook.failed"), ("bob", "webhook.delivered")):
            await call(http, "POST /_mock/users", {"username": name})
            block = (await stream.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
            assert fields["event"] == event
            assert json.loads(fields["data"])["webhook"]["event"] == "register"
            assert SECRET not in block


async def test_no_user_of_a_seed_is_told(receiver: Receiver, tmp_path: Path) -> None:
    file = tmp_path / "seed.toml"
    file.write_text(SEED.format(url=receiver.url))
    seed = read_seed(file, "app")
    options = Options(settings=seed.settings, seeded_apps=seed.apps)
    async with running(options) as serving, Http(serving.url) as http:
        assert len((await call(http, "GET /_mock/users"))[1]["users"]) == 1
        await call(http, "POST /_mock/users", {"username": "bob"})
        shown = await ended(http, "register", "delivered")
    assert shown["body"]["data"]["username"] == "bob"
    assert len(receiver.got) == 1


async def test_second_process_reads_settings_and_hears_the_end(
    servers: tuple[Http, Http], receiver: Receiver
) -> None:
    first, second = servers
    hook = {"url": receiver.url, "secret": SECRET, "events": ["register"]}
    async with first.post("/_mock/settings", json={"webhooks": [hook]}) as reply:
        assert reply.status == 200
    query = {"events": "webhook.delivered"}
    async with asyncio.timeout(20), first.get("/_mock/events", params=query) as stream:
        await stream.content.readuntil(b"\n\n")
        async with second.post("/_mock/users", json={"username": "ada"}) as reply:
            assert reply.status == 200
        block = (await stream.content.readuntil(b"\n\n")).decode()
    assert '"event":"register"' in block.replace(" ", "")
    assert receiver.got[0][1]["x-genauth-token"] == SECRET


def test_webhook_outlives_the_event_loop_of_its_call(receiver: Receiver) -> None:
    receiver.statuses = [500]
    genauth = InProcessGenAuth()
    hook = {"url": receiver.url, "events": ["register"], "retrySeconds": [0.2]}
    asyncio.run(genauth.settings(webhooks=[hook]))
    asyncio.run(genauth.new_user(username="ada"))

    receiver.wait_for(2)
    assert receiver.events == ["register", "register"]


def test_threads_send_each_webhook_once(receiver: Receiver) -> None:
    genauth = InProcessGenAuth()
    asyncio.run(genauth.settings(webhooks=[{"url": receiver.url, "events": ["register"]}]))
    threads = [threading.Thread(target=lambda: asyncio.run(genauth.new_user())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    receiver.wait_for(20)
    assert len({body["data"]["id"] for _, _, body in receiver.got}) == 20
