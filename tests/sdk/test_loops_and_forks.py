"""Connections in other event loops, threads and processes: each has its own, and takes none away."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from aiogenauth import AuthenticationClient, ConfigurationError, HttpxTransport
from tests.sdk.support.answers import Connection, Received, answer
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    TOKEN,
    ThreadedStage,
)


@contextmanager
def loops_that_end() -> Generator[None]:
    """Let no warning pass about a socket or transport of a loop that has ended."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", ResourceWarning)
        yield
        gc.collect()
    assert [str(each.message) for each in heard] == []


def test_a_client_made_without_a_loop_works_in_one_loop_after_another() -> None:
    with ThreadedStage() as genauth:
        client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN)

        async def bind() -> None:
            await asyncio.gather(*(client.bind_phone(CODE, NUMBER) for _ in range(3)))

        with loops_that_end():
            asyncio.run(bind())
            asyncio.run(bind())
            asyncio.run(client.aclose())
        assert len(genauth.received) == 6


def _bind_in_child(client: AuthenticationClient, results: SimpleQueue[str]) -> None:
    try:
        result = asyncio.run(client.bind_phone(CODE, NUMBER))
        results.put(result.confirmed_by)
    except BaseException as exc:
        results.put(repr(exc))
        raise


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
def test_a_forked_child_makes_connections_of_its_own_and_leaves_the_parents_alone() -> None:
    context = multiprocessing.get_context("fork")
    with ThreadedStage() as genauth, asyncio.Runner() as runner:
        client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN)
        runner.run(client.bind_phone(CODE, NUMBER))
        results = context.SimpleQueue()
        child = context.Process(target=_bind_in_child, args=(client, results))
        child.start()
        child.join()
        assert results.get() == "answer"
        runner.run(client.bind_phone(CODE, NUMBER))
        runner.run(client.aclose())
        assert (len(genauth.received), genauth.connections) == (3, 2)


def test_threads_with_event_loops_of_their_own_share_a_client() -> None:
    """A new loop must not take the connections away on which another one is waiting."""

    async def slowly(connection: Connection, request: Received) -> None:
        await asyncio.sleep(0.02)
        await answer()(connection, request)

    with ThreadedStage() as genauth, loops_that_end(), ThreadPoolExecutor(4) as threads:
        genauth.on("*", slowly)
        client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN)

        async def bind() -> list[str]:
            binds = [await client.bind_phone(CODE, NUMBER, on_unknown="raise") for _ in range(5)]
            return [each.confirmed_by for each in binds]

        binds = [threads.submit(asyncio.run, bind()) for _ in range(4)]
        assert [each.result() for each in binds] == [["answer"] * 5] * 4
        assert genauth.connections == 4
        asyncio.run(client.aclose())


def test_closing_reaches_the_connections_of_a_loop_in_another_thread() -> None:
    with ThreadedStage() as genauth, ThreadPoolExecutor(1) as threads, asyncio.Runner() as there:
        client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN)
        is_closed, has_bound = asyncio.Event(), threading.Event()

        async def bind_twice() -> None:
            await client.bind_phone(CODE, NUMBER)
            has_bound.set()
            await is_closed.wait()
            await client.bind_phone(CODE, NUMBER)

        second = threads.submit(there.run, bind_twice())
        has_bound.wait()
        asyncio.run(client.aclose())
        there.get_loop().call_soon_threadsafe(is_closed.set)
        with pytest.raises(ConfigurationError, match="closed"):
            second.result()
    assert len(genauth.received) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.parametrize("way", ["binds", "closes", "drops"])
def test_a_child_that_ends_leaves_the_connections_of_the_parent_alone(way: str) -> None:
    """Parent and child share sockets and epoll. In a process of its own, which forks as it likes."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", Path(__file__).parent / "forking.py", way],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("library", [httpx, httpx2], ids=lambda each: each.__name__)
def test_an_httpx_client_that_outlives_its_loop_never_makes_a_bind_look_rejected(
    library: Any,  # noqa: ANN401 - a module
) -> None:
    """It fails on the connections of the loop that ended, perhaps after the bind has arrived."""
    with ThreadedStage() as genauth, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of httpx, which the caller has to close
        genauth.on("get-profile", answer(PROFILE))
        client = AuthenticationClient(
            "app-1",
            genauth.url,
            access_token=TOKEN,
            transport=HttpxTransport(library.AsyncClient()),
        )
        asyncio.run(client.bind_phone(CODE, NUMBER))
        assert asyncio.run(client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"
        assert len(genauth.asked("bind-phone")) <= 2
        del client
        gc.collect()
