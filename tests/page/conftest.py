"""What the page's tests are given: one Chromium for all; for each test a server, and pages that may not complain."""

from __future__ import annotations

import os
import shutil
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running
from tests.page.support import Complaints, Mock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from playwright.async_api import BrowserContext, Page

    from tests.page.support import OpenPage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",  # containers run tests as root; only our own page is opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window() -> AsyncIterator[BrowserContext]:
    """Give one window of one Chromium for every test: starting them is the slow part.

    Each test's server has a port, and with it an origin and a storage, of its own.
    """
    if CHROMIUM is None:
        reason = "the page's tests need Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = await chromium.new_context(
            reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
        )
        yield context
        await chromium.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Give the tabs that earlier tests are done with: to open another takes as long as to load the page."""
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def mock() -> AsyncIterator[Mock]:
    """Give a running server that answers in English."""
    async with running(Options(language="en-US")) as serving, aiohttp.ClientSession() as http:
        yield Mock(serving.url, http)


@pytest.fixture
def complaints() -> Complaints:
    """Give the complaints of the test's pages."""
    return Complaints()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(
    window: BrowserContext, tabs: list[Page], complaints: Complaints
) -> AsyncIterator[Page]:
    """Give a tab with nothing in it, whose complaints are noted."""
    async with _tab(window, tabs, complaints) as page:
        await _look(page)
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(
    window: BrowserContext, tabs: list[Page], mock: Mock, complaints: Complaints
) -> AsyncIterator[OpenPage]:
    """Give what opens the page; by the end of the test no page may have complained."""
    async with AsyncExitStack() as stack:

        async def open_one(
            path: str = "/", *, scheme: str = "light", width: int = 1280, app_id: str = ""
        ) -> Page:
            page = await stack.enter_async_context(_tab(window, tabs, complaints))
            await _look(page, scheme, width)
            query = f"?{urlencode({'appId': app_id})}" if app_id else ""
            await page.goto(f"{mock.url}/{query}{path.removeprefix('/')}")
            await expect(page.locator("#connection")).to_have_text("Live")
            return page

        yield open_one
    assert complaints.said == []
    assert complaints.hosts <= {mock.url.removeprefix("http://")}


async def _look(page: Page, scheme: str = "light", width: int = 1280) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.set_viewport_size({"width": width, "height": 800})


@asynccontextmanager
async def _tab(
    window: BrowserContext, tabs: list[Page], complaints: Complaints
) -> AsyncGenerator[Page]:
    page = tabs.pop() if tabs else await window.new_page()
    complaints.listen_to(page)
    yield page
    complaints.stop_listening_to(page)
    if not page.is_closed():
        await page.goto("about:blank")
        tabs.append(page)
