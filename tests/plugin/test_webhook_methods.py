"""Webhooks as a test sees them: with the fixture, without a socket, and where the test itself is the receiver."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from genauth_mock.control.client import ControlRefused
from genauth_mock.control.request import ControlError
from genauth_mock.testing import GenAuthServer
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.webhook_receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver on loopback."""
    with receiving() as seen:
        yield seen


def test_webhooks_are_listed_oldest_first_and_waited_for(
    genauth_server: GenAuthServer, receiver: Receiver
) -> None:
    receiver.statuses = [503]
    hook = {"url": receiver.url, "secret": "hidden", "retrySeconds": [0]}
    genauth_server.settings(webhooks=[hook])
    genauth_server.new_user(username="ada")
    [created] = genauth_server.webhooks(event="user:created", wait=10)
    assert (created["state"], created["attempts"], created["httpStatus"]) == ("delivered", 1, 200)
    every = genauth_server.webhooks()
    assert [(each["event"], each["attempts"]) for each in every] == [
        ("register", 2),
        ("user:created", 1),
    ]
    assert "hidden" not in json.dumps(every)
    assert genauth_server.webhooks(state="failed") == []
    with pytest.raises(ControlRefused, match="user:updated"):
        genauth_server.webhooks(event="user:update")


def test_fault_loses_a_webhook(genauth_server: GenAuthServer, receiver: Receiver) -> None:
    genauth_server.settings(webhooks=[{"url": receiver.url, "events": ["register"]}])
    genauth_server.inject(delivery="never", webhook="register", times=1)
    for name in ("ada", "bob"):
        genauth_server.new_user(username=name)
    receiver.wait_for(1)
    assert receiver.got[0][2]["data"]["username"] == "bob"
    [lost] = genauth_server.webhooks(state="lost")
    assert (lost["attempts"], lost["error"]) == (0, "a fault lost it")


async def test_receiver_in_the_loop_of_the_test_is_reached(genauth_server: GenAuthServer) -> None:
    got: list[object] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response()

    application = web.Application()
    application.router.add_post("/hook", take)
    async with TestServer(application) as server:
        hook = {"url": str(server.make_url("/hook")), "events": ["register"]}
        await asyncio.to_thread(genauth_server.settings, webhooks=[hook])
        await asyncio.to_thread(genauth_server.new_user, username="ada")
        [told] = await genauth_server.wait_for_webhooks(state="delivered")
    assert told["event"] == "register"
    assert len(got) == 1


async def test_without_a_socket_they_are_the_same(receiver: Receiver) -> None:
    genauth = InProcessGenAuth()
    await genauth.settings(webhooks=[{"url": receiver.url}])
    await genauth.new_user(username="ada")
    await genauth.webhooks(event="user:created", wait=10)
    assert [each["event"] for each in await genauth.webhooks()] == ["register", "user:created"]
    with pytest.raises(ControlError, match="unknown filter 'evnt'"):
        await genauth.webhooks(evnt="register")
