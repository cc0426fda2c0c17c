"""What a Redis that drops, moves or forgets what was stored is told apart by; apps in memory are bounded."""

from __future__ import annotations

import asyncio
import logging

import pytest

from genauth_mock.cli.exit_codes import CannotServe
from genauth_mock.cli.serve import _check_eviction  # pyright: ignore[reportPrivateUsage] - else each case needs a server
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from genauth_mock.storage.interfaces import StoreUnreachable
from genauth_mock.storage.opening import open_storage
from tests.mock.support.http import Http, get, send_sms


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost:6379/abc",
        "redis://localhost:6379/0?unknown_option=1",
        "redis://localhost:port/0",
        "redis://[::1/0",
    ],
)
def test_a_url_that_cannot_be_used_names_the_option(url: str) -> None:
    with pytest.raises(ValueError, match="--store"):
        open_storage(url, outbox_size=10)


async def test_a_database_that_does_not_exist_is_named(redis_url: str) -> None:
    storage = open_storage(f"{redis_url}?db=9999", outbox_size=10)
    with pytest.raises(StoreUnreachable, match="--store"):
        await storage.store.check()
    await storage.close()


class _Dropping:
    async def evicting_policy(self) -> str:
        return "allkeys-lru"


@pytest.mark.parametrize("allowed", [None, "volatile-ttl"])
async def test_a_store_that_drops_is_refused(allowed: str | None) -> None:
    deployment = Deployment(Options(allowed_eviction=allowed))
    deployment.store = _Dropping()  # type: ignore[assignment]
    with pytest.raises(CannotServe, match="--allow-eviction allkeys-lru"):
        await _check_eviction(deployment)


async def test_a_store_that_drops_is_taken_where_that_is_allowed() -> None:
    deployment = Deployment(Options(allowed_eviction="allkeys-lru"))
    deployment.store = _Dropping()  # type: ignore[assignment]
    await _check_eviction(deployment)


async def test_a_redis_that_keeps_all_is_taken(redis_url: str) -> None:
    deployment = Deployment(Options(store=redis_url))
    await _check_eviction(deployment)
    await deployment.close()


def test_an_unreachable_store_is_said_once_a_second(caplog: pytest.LogCaptureFixture) -> None:
    deployment = Deployment()
    with caplog.at_level(logging.ERROR):
        for _ in range(1000):
            deployment.say_unreachable(StoreUnreachable("gone"))
    assert len(caplog.records) <= 2


async def test_the_app_unused_the_longest_is_forgotten_and_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    options = Options(most_apps=3, known_apps=("named",))
    async with running(options) as server, Http(server.url) as http:
        for app_id in ("named", "genauth-mock-app", "a", "b", "c"):
            await send_sms(http, x_genauth_app_id=app_id)
        await asyncio.sleep(0)
        kept = [app["appId"] for app in (await get(http, "/_mock/apps"))["apps"]]
        assert set(kept) == {"named", "genauth-mock-app", "c"}
        assert (await get(http, "/_mock/requests", appId="a"))["count"] == 0
    assert "--most-apps" in caplog.text
