"""Tests that stop or move time: the app shows the time that they see, and waits end by real time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final
from unittest import mock

import jwt
import pytest
import time_machine
from freezegun import freeze_time

from aiogenauth import AuthenticationClient, ReadOutcomeUnknown
from genauth_mock.control.request import ControlError
from genauth_mock.engine.clock import stopwatch
from genauth_mock.http.messages import HttpRequest
from genauth_mock.server.launch import running_in_thread
from genauth_mock.testing import GenAuthServer, NoPassCode
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.plugin.support import send_sms

MOMENT: Final = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
PHONE: Final = "18812348888"
STANDS: Final = False

SLOW: Final = 5.0
"""Seconds of real time within which a wait of a fraction of one has ended, on a busy machine too."""

Library = Callable[[bool], AbstractContextManager[object]]


@contextmanager
def with_freezegun(tick: bool) -> Generator[None]:
    with freeze_time(MOMENT, tick=tick):
        yield


@contextmanager
def with_time_machine(tick: bool) -> Generator[None]:
    with time_machine.travel(MOMENT, tick=tick):
        yield


@pytest.fixture(params=[with_freezegun, with_time_machine], ids=["freezegun", "time-machine"])
def library(request: pytest.FixtureRequest) -> Library:
    """A library that moves the time of a process."""
    given: Library = request.param
    return given


@pytest.fixture(params=[False, True], ids=["frozen", "ticking"])
def moved(request: pytest.FixtureRequest, library: Library) -> Generator[bool]:
    """Time is moved, and stands still or goes on; tells which."""
    with library(request.param):
        yield request.param


def shown(server: GenAuthServer) -> datetime:
    """Read the app's time."""
    return server.advance(0)


def test_the_app_shows_the_time_that_the_test_sees(
    genauth_server: GenAuthServer, moved: bool
) -> None:
    first = shown(genauth_server)
    time.sleep(0.05)
    second = shown(genauth_server)
    assert MOMENT <= first < MOMENT + timedelta(seconds=SLOW)
    assert (second > first) is moved


def test_a_clock_that_was_advanced_is_ahead_of_it(
    genauth_server: GenAuthServer, library: Library
) -> None:
    genauth_server.advance(3600)
    with library(STANDS):
        assert shown(genauth_server) == MOMENT + timedelta(hours=1)
    assert shown(genauth_server) < MOMENT


@pytest.mark.usefixtures("moved")
def test_a_wait_ends_when_it_should(genauth_server: GenAuthServer) -> None:
    began = stopwatch()
    with pytest.raises(NoPassCode):
        genauth_server.pass_code(PHONE, wait_seconds=0.2)
    assert 0.2 <= stopwatch() - began < SLOW


@pytest.mark.usefixtures("moved")
def test_a_wait_for_a_request_ends_when_it_should(genauth_server: GenAuthServer) -> None:
    began = stopwatch()
    assert genauth_server.requests(route="send-sms", wait=0.2) == []
    assert 0.2 <= stopwatch() - began < SLOW


@pytest.mark.usefixtures("moved")
def test_a_delay_ends_when_it_should(genauth_server: GenAuthServer) -> None:
    genauth_server.inject(route="send-sms", delay_seconds=0.2)
    began = stopwatch()
    assert send_sms(genauth_server, PHONE)["statusCode"] == 200
    assert 0.2 <= stopwatch() - began < SLOW


@pytest.mark.usefixtures("moved")
def test_a_server_starts_and_stops_while_time_stands() -> None:
    began = stopwatch()
    with running_in_thread() as server:
        GenAuthServer(server.url, "app").new_user()
    assert stopwatch() - began < 2 * SLOW


def test_in_process_waits_and_delays_end_too(library: Library) -> None:
    async def play() -> None:
        genauth = InProcessGenAuth()
        await genauth.inject(route="send-sms", delay_seconds=0.2)
        body = b'{"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}'
        answer = await genauth.answer(HttpRequest("POST", "/api/v3/send-sms", body=body))
        assert answer.status == 200
        with pytest.raises(ControlError):
            await genauth.pass_code("13912345678", wait_seconds=0.2)

    began = stopwatch()
    with library(STANDS):
        asyncio.run(play())
    assert 0.4 <= stopwatch() - began < 2 * SLOW


def test_a_code_expires_as_the_test_lets_time_pass(genauth_server: GenAuthServer) -> None:
    with freeze_time(MOMENT) as frozen:
        send_sms(genauth_server, PHONE)
        frozen.tick(61)
        assert send_sms(genauth_server, PHONE)["statusCode"] == 200
    with time_machine.travel(MOMENT, tick=False) as traveller:
        genauth_server.reset()
        send_sms(genauth_server, PHONE)
        assert send_sms(genauth_server, PHONE)["statusCode"] != 200
        traveller.shift(61)
        assert send_sms(genauth_server, PHONE)["statusCode"] == 200


@pytest.mark.usefixtures("moved")
def test_a_token_is_valid_for_a_verifier_in_the_test(genauth_server: GenAuthServer) -> None:
    token = genauth_server.new_user().access_token
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["iat"] - time.time() <= 0
    assert claims["exp"] > time.time()


@pytest.fixture
def _nothing_is_logged() -> Iterator[None]:
    """A log record asks for the time, and other tools in this process may log what is sent."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("_nothing_is_logged")
def test_what_a_test_puts_in_the_place_of_time_is_left_to_it(genauth_server: GenAuthServer) -> None:
    with mock.patch("time.time", side_effect=[100.0, 200.0, 300.0]):
        genauth_server.advance(1)
        genauth_server.new_user()
        genauth_server.requests()
        genauth_server.inject(route="send-sms", http_status=503)
        send_sms(genauth_server, PHONE)
        genauth_server.reset()
        send_sms(genauth_server, PHONE)
        assert [time.time() for _ in range(3)] == [100.0, 200.0, 300.0]


def test_a_call_of_the_sdk_ends_in_time_where_the_loop_keeps_its_timers(
    genauth_server: GenAuthServer,
) -> None:
    """Freezegun stops them unless told otherwise; what the SDK imports late is imported under it."""
    genauth_server.inject(route="system", kind="delay", delay_seconds=60)

    async def call() -> None:
        async with AuthenticationClient(
            genauth_server.app_id, genauth_server.app_host, timeout=0.2, deadline=0.3
        ) as client:
            with pytest.raises(ReadOutcomeUnknown):
                await client.get_system_info()

    with freeze_time(MOMENT, real_asyncio=True):
        asyncio.run(call())
