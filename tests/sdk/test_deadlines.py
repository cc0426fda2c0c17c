"""Time: one deadline over everything that a call does."""

from __future__ import annotations

import asyncio
import socket

import pytest

from aiogenauth import (
    BindOutcomeUnknown,
    ConfigurationError,
    GenAuthError,
    NotDelivered,
    OutcomeUnknown,
    ReadOutcomeUnknown,
    TransportError,
)
from benchmarks.fuzz.loop_stalls import stalls_of
from tests.sdk.support.answers import (
    answer,
    hang_up,
    page,
    silence,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    connected,
)


@pytest.mark.parametrize("name", ["bind", "profile"])
async def test_a_server_that_never_answers_ends_the_call_at_its_deadline(
    genauth: FakeServer, kind: Kind, name: str
) -> None:
    """Within 10 %, whatever is retried or looked up meanwhile. Takes a second: it is the promise."""
    genauth.on("*", silence)
    loop = asyncio.get_running_loop()
    async with connected(genauth.url, kind, timeout=10.0, deadline=1.0) as client:
        with stalls_of(loop) as stalls:
            began = loop.time()
            with pytest.raises(OutcomeUnknown):
                await (client.bind_phone(CODE, NUMBER) if name == "bind" else client.get_profile())
            elapsed = loop.time() - began
            assert 0.9 <= elapsed <= 1.1 + stalls.so_far()


async def test_the_deadline_covers_all_attempts(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("*", silence)
    async with connected(genauth.url, kind, timeout=0.1, deadline=0.25, retries=9) as client:
        # The last attempt may have too little time to connect.
        with pytest.raises(TransportError) as lost:
            await client.get_profile()
    assert lost.value.attempts is not None
    assert lost.value.attempts < 5


@pytest.mark.parametrize("name", ["bind", "profile"])
async def test_waits_between_attempts_end_at_the_deadline_too(
    genauth: FakeServer, kind: Kind, name: str
) -> None:
    """Failures that come at once leave all of the time to waits, which grow; so do many retries."""
    genauth.on("get-profile", page(502))
    loop = asyncio.get_running_loop()
    url = genauth.url if name == "profile" else "http://127.0.0.1:1"

    async with connected(url, kind, deadline=0.5, retries=10) as client:
        began = loop.time()
        calls = (
            client.bind_phone(CODE, NUMBER) if name == "bind" else client.get_profile()
            for _ in range(8)
        )  # fmt: skip
        with stalls_of(loop) as stalls:
            ended = await asyncio.gather(*calls, return_exceptions=True)
            assert loop.time() - began <= 0.55 + stalls.so_far()
    assert all(isinstance(each, GenAuthError) for each in ended)


async def test_the_timeout_is_for_one_attempt(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("get-profile", silence, answer(PROFILE))
    async with connected(genauth.url, kind, timeout=0.1, deadline=9.0) as client:
        assert (await client.get_profile()).phone == NUMBER


async def test_time_to_look_is_set_aside_from_the_deadline(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("bind-phone", silence)
    genauth.on("get-profile", answer(PROFILE))
    async with connected(genauth.url, kind, timeout=10.0, deadline=2.0) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"


async def test_a_connection_that_never_opens_was_not_used(kind: Kind) -> None:
    """A full backlog of a listener that nobody accepts from looks like a black hole."""
    holes: list[socket.socket] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            hole = socket.socket()
            hole.setblocking(False)  # noqa: FBT003 - as sockets take it
            hole.connect_ex(listener.getsockname())
            holes.append(hole)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with connected(url, kind, timeout=0.2, deadline=0.3) as client:
            with pytest.raises(NotDelivered) as lost:
                await client.bind_phone(CODE, NUMBER)
            for hole in holes:
                hole.close()
    assert lost.value.phase == "connect"


async def test_options_of_a_view_do_not_touch_the_client(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("*", hang_up)
    async with connected(genauth.url, kind) as client:
        view = client.with_options(retries=0, lang="en-US", timeout=1.0, deadline=2.0)
        with pytest.raises(ReadOutcomeUnknown):
            await view.get_profile()
        assert view.with_options().options == view.options
    assert client.options.retries == 2
    assert genauth.received[0].headers["x-genauth-lang"] == "en-US"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timeout", 0),
        ("timeout", -1),
        ("timeout", 10_000),
        ("timeout", "10"),
        ("timeout", True),
        ("timeout", float("nan")),
        ("deadline", 0),
        ("retries", -1),
        ("retries", 11),
        ("retries", 1.5),
        ("lang", "en US"),
    ],
)
async def test_options_that_cannot_be_meant_are_refused(
    genauth: FakeServer, field: str, value: object
) -> None:
    async with connected(genauth.url) as client:
        with pytest.raises(ConfigurationError) as refused:
            client.with_options(**{field: value})  # type: ignore[arg-type]
    assert refused.value.field == field


async def test_a_cancelled_bind_is_not_looked_up(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("*", silence)
    async with connected(genauth.url, kind) as client:
        task = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await genauth.is_asked(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert len(genauth.received) == 1


async def test_a_deadline_too_short_for_one_attempt_is_kept(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("*", silence)
    async with connected(genauth.url, kind, deadline=0.01) as client:
        with pytest.raises((BindOutcomeUnknown, NotDelivered)) as lost:
            await client.bind_phone(CODE, NUMBER)
    assert lost.value.elapsed is not None
    assert lost.value.elapsed < 1
