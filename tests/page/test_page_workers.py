"""The page before four workers on one Redis: whichever does something, it shows at once, and the page acts on all.

The look that the page takes every 5 s is switched off here: what shows was told by an event.
"""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.page.support import Mock
from tests.support.redis_server import redis_in
from tests.support.redis_workers import crew_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext, Page

    from tests.page.support import Complaints
    from tests.support.redis_workers import Crew

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEVER_LOOK_AGAIN = """
const every = window.setInterval;
window.setInterval = (act, ms) => (ms >= 5000 ? 0 : every(act, ms));
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crew(redis_url: str) -> AsyncIterator[Crew]:
    """Give a server of four processes."""
    async with crew_on(redis_url) as crew:
        yield crew


@pytest_asyncio.fixture(loop_scope="session")
async def mock(crew: Crew) -> AsyncIterator[Mock]:
    """Give an app that nobody else uses; every call to it comes with a connection of its own."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield Mock(crew.url, http, f"app-{uuid4()}")


@pytest_asyncio.fixture(loop_scope="session")
async def page(window: BrowserContext, mock: Mock, complaints: Complaints) -> AsyncIterator[Page]:
    """Give the page, which only hears of what happens; it may not complain."""
    page = await window.new_page()
    complaints.listen_to(page)
    await page.add_init_script(NEVER_LOOK_AGAIN)
    await page.goto(f"{mock.url}/?appId={mock.app_id}")
    await expect(page.locator("#connection")).to_have_text("Live")
    yield page
    await page.close()
    assert complaints.said == []


async def test_code_appears_whichever_worker_sent_it(crew: Crew, mock: Mock, page: Page) -> None:
    for count, worker in enumerate(crew.workers(), start=1):
        with crew.only(worker):
            code = await mock.send_sms(f"1860000000{count}")
        await expect(page.locator(".message")).to_have_count(count)
        await expect(page.locator(".digits").first).to_have_text(code)


async def test_code_is_shown_used_whichever_worker_took_it(
    crew: Crew, mock: Mock, page: Page
) -> None:
    for count, worker in enumerate(crew.workers(), start=1):
        number = f"1860000000{count}"
        token, code = await mock.new_user(), await mock.send_sms(number)
        await expect(page.locator(".state")).to_have_text(["Active", *["Used"] * (count - 1)])
        with crew.only(worker):
            bind = {"phoneNumber": number, "passCode": code}
            await mock.post("/api/v3/bind-phone", bind, token)
        await expect(page.locator(".state")).to_have_text(["Used"] * count)


async def test_users_and_journal_show_what_every_worker_did(
    crew: Crew, mock: Mock, page: Page
) -> None:
    await page.get_by_role("link", name="Users").click()
    names: list[str] = []
    for worker in crew.workers():
        names.insert(0, f"user-{worker}")
        with crew.only(worker):
            await mock.new_user(username=names[0])
        await expect(page.locator(".user .name")).to_have_text(names)

    await page.get_by_role("link", name="Journal").click()
    for count, worker in enumerate(crew.workers(), start=1):
        with crew.only(worker):
            await mock.post("/api/v3/bind-phone", {})
        await expect(page.locator(".request")).to_have_count(count)


async def test_clock_is_one_for_all_workers(crew: Crew, mock: Mock, page: Page) -> None:
    await page.get_by_role("button", name="Freeze").click()
    await expect(page.get_by_role("button", name="Resume")).to_be_visible()
    await mock.send_sms("18600000001")
    for count, worker in enumerate(crew.workers(), start=1):
        with crew.only(worker):
            await mock.post("/_mock/clock", {"advanceSeconds": 10})
        await expect(page.locator(".left")).to_have_text(
            f"4 min {60 - 10 * count} s left, clock stopped"
        )

    await page.get_by_role("button", name="+5 min 1 s").click()

    await expect(page.locator(".state")).to_have_text("Expired")
    for worker in crew.workers():
        with crew.only(worker):
            messages = await mock.get("/_mock/messages")
        assert [message["state"] for message in messages["messages"]] == ["expired"]


async def test_fault_armed_on_the_page_strikes_in_every_worker(
    crew: Crew, mock: Mock, page: Page
) -> None:
    await page.get_by_role("link", name="Faults").click()
    await page.get_by_label("What goes wrong").select_option(label="An outcome of GenAuth")
    await page.get_by_role("combobox", name="Outcome").fill("PHONE_TAKEN")
    await page.get_by_role("button", name="Arm the fault").click()
    await expect(page.locator(".fault .what")).to_have_text("Answers PHONE_TAKEN")
    for count, worker in enumerate(crew.workers(), start=1):
        with crew.only(worker):
            await mock.post("/api/v3/bind-phone", {})
        await expect(page.locator(".fault .about")).to_contain_text(
            "applied once" if count == 1 else f"applied {count} times"
        )

    await page.get_by_role("button", name="Switch off: Answers PHONE_TAKEN").click()

    await expect(page.locator(".fault")).to_have_count(0)
    for worker in crew.workers():
        with crew.only(worker):
            await mock.post("/api/v3/bind-phone", {})
    requests = (await mock.get("/_mock/requests"))["requests"]
    assert [bool(request["faults"]) for request in requests] == [False] * 4 + [True] * 4


async def test_page_that_is_opened_while_redis_is_away_comes_to_life(
    tab: Page, complaints: Complaints
) -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="redis-")))
        with redis_in(folder) as store:
            server = await stack.enter_async_context(running(Options(store=store)))
        await tab.goto(server.url)
        await expect(tab.locator("#connection")).to_have_text("Reconnecting")
        stack.enter_context(redis_in(folder))
        await expect(tab.locator("#connection")).to_have_text("Live")
        await tab.goto("about:blank")
    complaints.forget("503 (Service Unavailable)")
    assert complaints.said == []
