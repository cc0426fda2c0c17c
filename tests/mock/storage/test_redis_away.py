"""A Redis that is away, or is there and will not serve: what is answered and logged."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner
from redis.asyncio import Redis
from redis.exceptions import (
    BusyLoadingError,
    ClusterCrossSlotError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as NoConnection

from genauth_mock.cli.main import main
from genauth_mock.control.client import ControlRefused
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running, running_in_thread
from genauth_mock.storage.interfaces import StoreUnreachable
from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.testing.session import served_url
from tests.mock.support.http import SMS, Http
from tests.support.redis_server import redis_in, redis_server

PASSWORD = "hunter2-of-redis"


@asynccontextmanager
async def redis_at(url: str) -> AsyncGenerator[Redis]:
    """Talk to Redis beside the server."""
    async with Redis.from_url(url) as redis:  # pyright: ignore[reportUnknownMemberType]  # untyped options
        yield redis


@asynccontextmanager
async def served(store: str) -> AsyncGenerator[Http]:
    """Serve with a store; give a client."""
    async with running(Options(store=store)) as server, Http(server.url) as http:
        yield http


async def health(http: Http) -> tuple[int, str]:
    """Give the HTTP status of the health, and what it says."""
    async with http.get("/_mock/health") as reply:
        answer: dict[str, str] = await reply.json()
        return reply.status, answer.get("error") or answer["status"]


async def healthcheck(url: str) -> tuple[int, str]:
    """Give the exit code of the command, and everything that it says."""
    command = ["healthcheck", "--url", url]
    result = await asyncio.to_thread(CliRunner().invoke, main, command)
    return result.exit_code, result.output


async def tell(redis: Redis, *commands: str) -> None:
    for command in commands:
        await redis.execute_command(*command.split())  # type: ignore[no-untyped-call]  # pyright: ignore[reportUnknownMemberType]  # as redis-py has it


@pytest.mark.parametrize(
    ("commands", "kind", "way_out"),
    [
        (["CONFIG SET maxmemory 1"], "OOM", "maxmemory"),
        (["REPLICAOF 127.0.0.1 1"], "READONLY", "name the primary"),
        (["CONFIG SET min-replicas-to-write 1"], "NOREPLICAS", "min-replicas-to-write"),
        (["ACL SETUSER default -evalsha"], "NOPERM", "ACL"),
        (
            [f"CONFIG SET requirepass {PASSWORD}", "CLIENT KILL TYPE normal SKIPME yes"],
            "NOAUTH",
            "redis://:PASSWORD@HOST",
        ),
    ],
    ids=["full", "replica", "alone", "not allowed", "no password"],
)
async def test_a_redis_that_will_not_serve_is_said_with_the_way_out(
    commands: list[str], kind: str, way_out: str, caplog: pytest.LogCaptureFixture
) -> None:
    with redis_server() as url:
        async with redis_at(url) as redis, served(url) as http:
            await tell(redis, *commands)
            async with http.post("/api/v3/send-sms", json=SMS) as reply:
                assert reply.status == 503
                said = (await reply.json())["message"]
            async with http.post("/_mock/users", json={}) as reply:
                assert reply.status == 503
                assert (await reply.json())["error"] == said
    assert said.startswith(f"the store at {url} cannot be used: it answers {kind}; ")
    assert way_out in said
    logged = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in logged] == [said]
    assert not any(record.exc_info for record in logged)


async def test_a_wrong_password_is_said_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    with redis_server() as url:
        async with redis_at(url) as redis:
            await tell(redis, "CONFIG SET requirepass right")
            async with (
                served(url.replace("//", f"//:{PASSWORD}@")) as http,
                http.get("/_mock/users") as reply,
            ):
                said = (await reply.json())["error"]
    assert f"{url} cannot be used: it answers WRONGPASS; " in said
    assert PASSWORD not in said + caplog.text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NoConnection("Error 111 connecting"), "cannot be reached: ConnectionError; "),
        (BusyLoadingError("Redis is loading the dataset in memory"), "it answers LOADING; "),
        (ResponseError("MISCONF Redis is configured to save"), "it answers MISCONF; "),
        (
            ResponseError("Command # 2 (DEL a) of pipeline caused error: MISCONF Redis is"),
            "it answers MISCONF; ",
        ),
        (ResponseError("Error running script: @user_script: 9: -OOM command"), "it answers OOM; "),
        (ClusterCrossSlotError("Keys in request"), "it answers CROSSSLOT; "),
    ],
    ids=["gone", "loading", "unsaved", "in a pipeline", "in a script of Redis 6", "cluster"],
)
def test_every_way_in_which_redis_py_tells_it_is_understood(error: RedisError, said: str) -> None:
    with pytest.raises(StoreUnreachable, match=said), translate_errors("redis://here"):
        raise error


async def test_more_calls_at_once_than_redis_py_would_connect_for_are_answered(
    redis_url: str,
) -> None:
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
        running(Options(store=redis_url)) as server,
    ):

        async def status(_: int) -> int:
            async with http.get(server.url + "/api/v3/get-profile") as reply:
                return reply.status

        assert set(await asyncio.gather(*map(status, range(150)))) == {200}


def test_a_reply_to_a_mistake_of_ours_stays_what_it_is() -> None:
    error = ResponseError("value is not an integer or out of range")
    with pytest.raises(ResponseError) as raised, translate_errors("redis://here"):
        raise error
    assert raised.value is error


async def test_health_follows_the_store() -> None:
    with tempfile.TemporaryDirectory(prefix="redis-") as folder, ExitStack() as redis:
        store = redis.enter_context(redis_in(Path(folder)))
        async with running(Options(store=store)) as server, Http(server.url) as http:
            assert await health(http) == (200, "ok")
            assert await healthcheck(server.url) == (0, f"{server.url}: ok\n")
            redis.close()
            status, said = await health(http)
            assert status == 503
            assert said.startswith(f"the store at {store} cannot be reached")
            assert await healthcheck(server.url) == (1, f"Error: {said}\n")
            redis.enter_context(redis_in(Path(folder)))
            assert await health(http) == (200, "ok")
            assert await healthcheck(server.url) == (0, f"{server.url}: ok\n")


def test_the_fixture_takes_no_other_mock_where_the_store_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with redis_server() as store:
        pass
    with running_in_thread(Options(store=store)) as server:
        monkeypatch.setenv("GENAUTH_APP_HOST", server.url)
        with pytest.raises(ControlRefused, match="cannot be reached"), served_url():
            pass


async def test_health_tells_of_a_redis_that_answers_and_takes_nothing() -> None:
    with redis_server() as url:
        async with redis_at(url) as redis, served(url) as http:
            await tell(redis, "CONFIG SET maxmemory 1")
            status, said = await health(http)
            assert status == 503
            assert "it answers OOM" in said
            await tell(redis, "CONFIG SET maxmemory 0")
            assert await health(http) == (200, "ok")
