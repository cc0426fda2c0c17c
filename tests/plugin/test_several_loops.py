"""One engine without a socket, asked from several event loops and threads, and by synchronous clients."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread
from typing import Final

import httpx
import pytest

from genauth_mock.control.request import ControlError
from genauth_mock.testing.in_process import InProcessGenAuth
from genauth_mock.testing.respx import genauth_router

PATIENCE: Final = 60
"""Seconds that a request may take on a busy machine."""

NUMBERS: Final = ("18812348888", "18812348889", "18812348890")


@pytest.fixture
def genauth() -> InProcessGenAuth:
    """A deployment in this process."""
    return InProcessGenAuth()


@pytest.fixture
def client(genauth: InProcessGenAuth) -> Iterator[httpx.Client]:
    """A synchronous client of it."""
    with (
        genauth_router(genauth),
        httpx.Client(base_url=genauth.app_host, timeout=PATIENCE) as client,
    ):
        yield client


def send(client: httpx.Client, number: str) -> int:
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    status: int = client.post("/api/v3/send-sms", json=body).json()["statusCode"]
    return status


def test_each_loop_waits_for_itself(genauth: InProcessGenAuth) -> None:
    for _ in range(3):
        with pytest.raises(ControlError, match="no CHANNEL_BIND_PHONE message"):
            asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=0.05))
        assert asyncio.run(genauth.requests(route="bind-phone", wait=0.05)) == []


def test_a_delay_holds_up_every_request(genauth: InProcessGenAuth, client: httpx.Client) -> None:
    asyncio.run(genauth.inject(route="send-sms", delay_seconds=0.05))
    assert [send(client, number) for number in NUMBERS] == [200, 200, 200]


async def test_a_synchronous_client_works_while_a_loop_runs(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    await genauth.inject(route="send-sms", delay_seconds=0.05)
    assert [send(client, number) for number in NUMBERS] == [200, 200, 200]
    async with httpx.AsyncClient(base_url=genauth.app_host) as other:
        body = {"channel": "CHANNEL_LOGIN", "phoneNumber": NUMBERS[0]}
        assert (await other.post("/api/v3/send-sms", json=body)).json()["statusCode"] == 200


def test_clients_in_several_threads_are_served(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    asyncio.run(genauth.inject(route="send-sms", delay_seconds=0.02))
    numbers = [f"188123400{number:02d}" for number in range(20)]
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(partial(send, client), numbers)) == {200}
    assert len(asyncio.run(genauth.requests())) == len(numbers)


def test_a_wait_hears_of_a_message_from_another_loop(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    codes: list[str] = []
    waiting = Thread(
        target=lambda: codes.append(asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=30)))
    )
    waiting.start()
    send(client, NUMBERS[0])
    waiting.join()
    assert codes == [asyncio.run(genauth.pass_code(NUMBERS[0]))]


def test_a_reset_from_another_loop_ends_a_delay(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    asyncio.run(genauth.inject(route="send-sms", delay_seconds=600))
    asking = Thread(target=send, args=(client, NUMBERS[0]))
    asking.start()
    asyncio.run(genauth.requests(wait=30))
    asyncio.run(genauth.reset())
    asking.join(PATIENCE)
    assert not asking.is_alive()


@pytest.mark.parametrize("seconds", [2, 10])
def test_a_late_message_of_a_synchronous_client_comes(
    genauth: InProcessGenAuth, client: httpx.Client, seconds: float
) -> None:
    asyncio.run(genauth.inject(route="send-sms", delivery="late", delay_seconds=2))
    send(client, NUMBERS[0])
    with pytest.raises(ControlError):
        asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=0))
    asyncio.run(genauth.advance(seconds))
    code = asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=0))
    assert len(code) == 6


def test_a_late_message_is_waited_for_in_another_loop(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    asyncio.run(genauth.inject(route="send-sms", delivery="late", delay_seconds=0.3))
    send(client, NUMBERS[0])
    assert len(asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=30))) == 6


def test_a_late_message_is_forgotten_by_a_reset(
    genauth: InProcessGenAuth, client: httpx.Client
) -> None:
    asyncio.run(genauth.inject(route="send-sms", delivery="late", delay_seconds=2))
    send(client, NUMBERS[0])
    asyncio.run(genauth.reset())
    asyncio.run(genauth.advance(10))
    with pytest.raises(ControlError):
        asyncio.run(genauth.pass_code(NUMBERS[0], wait_seconds=0))


def test_an_app_host_without_a_scheme_is_named(genauth: InProcessGenAuth) -> None:
    with pytest.raises(ValueError, match="app_host must be a URL such as https://"):
        genauth_router(genauth, app_host="example.genauth.ai")
