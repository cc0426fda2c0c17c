"""What the fixture's server, and the one without a socket, do besides users and codes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genauth_mock.control.client import ControlRefused
from genauth_mock.control.request import ControlError
from genauth_mock.testing import GenAuthMockServer, GenAuthServer, NoPassCode
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.plugin.support import send_sms

PHONE: Final = "18812348888"
MOMENT: Final = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_settings_change_and_are_shown(genauth_server: GenAuthServer) -> None:
    assert genauth_server.settings()["resendGapSeconds"] == 60
    assert genauth_server.settings(resend_gap_seconds=0)["resendGapSeconds"] == 0
    for _ in range(2):
        assert send_sms(genauth_server, PHONE)["statusCode"] == 200
    with pytest.raises(ControlRefused, match="unknown setting 'resendGap'"):
        genauth_server.settings(resend_gap=0)


def test_users_are_listed_and_found(genauth_server: GenAuthServer) -> None:
    genauth_server.new_user(username="ada", phone_number=PHONE)
    genauth_server.new_user(username="bob")
    assert [user["username"] for user in genauth_server.users()] == ["ada", "bob"]
    for written in (PHONE, f"+86{PHONE}", f"86{PHONE}", "188-1234-8888", f"0086 {PHONE}"):
        assert [user["username"] for user in genauth_server.users(phone_number=written)] == ["ada"]


def test_the_clock_is_set_stopped_and_let_go(genauth_server: GenAuthServer) -> None:
    assert genauth_server.freeze(MOMENT) == MOMENT
    assert genauth_server.advance(61) == MOMENT + timedelta(seconds=61)
    assert genauth_server.freeze() == MOMENT + timedelta(seconds=61)
    assert genauth_server.set_clock("2031-01-01T00:00:00Z") == datetime(2031, 1, 1, tzinfo=UTC)
    assert genauth_server.unfreeze() >= datetime(2031, 1, 1, tzinfo=UTC)
    assert genauth_server.set_clock(MOMENT.replace(tzinfo=None), frozen=True) == MOMENT


def test_a_reset_touches_no_other_app(
    genauth_server: GenAuthServer, genauth_mock_server: GenAuthMockServer
) -> None:
    other = genauth_mock_server.app()
    for server in (genauth_server, other):
        server.new_user(username="ada")
        server.freeze(MOMENT)
        server.settings(pass_code_length=4)
        server.inject(route="send-sms", http_status=503)
    genauth_server.reset()
    assert genauth_server.users() == []
    assert genauth_server.settings()["passCodeLength"] == 6
    assert genauth_server.advance(0) != MOMENT
    assert genauth_server.clear_faults() == 0
    assert [user["username"] for user in other.users()] == ["ada"]
    assert other.clear_faults() == 1


def test_requests_wait_longer_than_a_call_may_take(
    genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(genauth_server._control, "_seconds", 0.2)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - ten seconds else
    assert genauth_server.requests(route="bind-phone", wait=0.6) == []


def test_requests_are_counted_by_their_length(genauth_server: GenAuthServer) -> None:
    with pytest.raises(TypeError, match="len"):
        genauth_server.requests(count=True)


def test_more_than_a_thousand_requests_are_kept(genauth_server: GenAuthServer) -> None:
    genauth_server.settings(resend_gap_seconds=0)
    for _ in range(1_010):
        send_sms(genauth_server, PHONE)
    assert len(genauth_server.requests()) == 1_010


def test_a_request_is_waited_for_while_the_loop_goes_on(genauth_server: GenAuthServer) -> None:
    async def play() -> None:
        waiting = asyncio.create_task(genauth_server.wait_for_requests(route="send-sms"))
        await asyncio.to_thread(send_sms, genauth_server, PHONE)
        assert len(await waiting) == 1

    asyncio.run(play())


def test_a_delayed_request_is_listed_at_once(genauth_server: GenAuthServer) -> None:
    genauth_server.inject(route="send-sms", delay_seconds=1, times=1)
    with pytest.raises(TimeoutError):
        send_sms(genauth_server, PHONE, seconds=0.2)
    send_sms(genauth_server, "13912345678")
    first, second = genauth_server.requests(route="send-sms")
    assert (first["pending"], first["outcome"], first["httpStatus"]) == (True, None, None)
    assert [fault["id"] for fault in first["faults"]] == ["1"]  # type: ignore[attr-defined]  # JSON
    assert (second["pending"], second["outcome"]) == (False, "OK")
    answered = genauth_server.requests(id=first["id"], outcome="OK", wait=10)
    assert [(each["pending"], each["httpStatus"]) for each in answered] == [(False, 200)]
    assert len(genauth_server.requests(route="send-sms")) == 2


def test_an_answer_that_is_held_back_is_pending(genauth_server: GenAuthServer) -> None:
    genauth_server.inject(route="send-sms", delay_seconds=30, when="after")
    with pytest.raises(TimeoutError):
        send_sms(genauth_server, PHONE, seconds=0.5)
    (request,) = genauth_server.requests()
    assert (request["pending"], request["effect"]) == (True, "OK")
    assert "-> pending; OK; fault 1 (delay, after)" in genauth_server.exchanges()


@settings(max_examples=5, database=None, deadline=None)
@given(number=st.integers(0, 10**6))
def test_every_example_has_an_app(genauth_mock_server: GenAuthMockServer, number: int) -> None:
    app = genauth_mock_server.app()
    app.new_user(username=f"user-{number}")
    assert [user["username"] for user in app.users()] == [f"user-{number}"]


async def test_without_a_socket_they_are_the_same() -> None:
    genauth = InProcessGenAuth()
    assert (await genauth.settings(resend_gap_seconds=0))["resendGapSeconds"] == 0
    assert (await genauth.settings())["resendGapSeconds"] == 0
    assert await genauth.freeze(MOMENT) == MOMENT
    assert await genauth.unfreeze() >= MOMENT
    await genauth.new_user(username="ada")
    assert [user["username"] for user in await genauth.users(username="ada")] == ["ada"]
    await genauth.inject(route="send-sms", http_status=503)
    assert await genauth.clear_faults() == 1
    await genauth.reset()
    assert await genauth.users() == []
    assert await genauth.requests(route="bind-phone") == []
    with pytest.raises(ControlError, match="unknown filter 'rout'"):
        await genauth.requests(rout="bind-phone")
    with pytest.raises(TypeError, match="len"):
        await genauth.requests(count=True)


def test_a_wrong_channel_is_refused_not_waited_for(genauth_server: GenAuthServer) -> None:
    with pytest.raises(ControlRefused, match="channel must be one of CHANNEL_LOGIN"):
        genauth_server.pass_code(PHONE, "CHANNEL_BIND_PHON")
    with pytest.raises(NoPassCode):
        genauth_server.pass_code(PHONE, "bind_phone", wait_seconds=0)
